package io.qiki.dtmp.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path of the key, with dots; in a file that the configuration names, the file comes first
 * @param found what stands there; empty when the sentence in {@code wanted} says it all
 * @param wanted what would be right
 */
public record ConfigFault(String path, String found, String wanted) {
    static final String UNKNOWN_KEY = "an unknown key";

    /** One line: path, what was found, what would be right. */
    @Override
    public String toString() {
        return found.isEmpty()
                ? path + ": " + wanted
                : path + ": found " + found + ", wanted " + wanted;
    }
}
