package io.qiki.dtmp.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A document with what stands between its fences. */
public final class Page {
    private static final String FENCE = "```";

    private final List<Block> blocks = new ArrayList<>();

    /**
     * What stands between two fences.
     *
     * @param section heading of the second level that it stands under; empty: before the first
     * @param language after the first fence; empty: commands
     */
    public record Block(String section, String language, String text) {
        /** The commands, one each; a line that ends with a backslash goes on. */
        public List<String> commands() {
            return Arrays.stream(text.replaceAll("\\\\\n\\s*", "").split("\n"))
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }

    private Page(List<String> lines) {
        String section = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("## ")) {
                section = line.substring("## ".length());
            } else if (line.startsWith(FENCE)) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
                String text = String.join("\n", lines.subList(i + 1, end));
                blocks.add(new Block(section, line.substring(FENCE.length()), text));
                i = end;
            }
        }
    }

    /** Reads a document. */
    public static Page read(Path file) throws IOException {
        return new Page(Files.readAllLines(file));
    }

    /** What is written in a language under a heading of the second level. */
    public List<String> texts(String section, String language) {
        return blocks.stream()
                .filter(one -> one.section().equals(section) && one.language().equals(language))
                .map(Block::text)
                .toList();
    }

    /** The commands under a heading of the second level. */
    public List<String> commands(String section) {
        return blocks.stream()
                .filter(one -> one.section().equals(section) && one.language().isEmpty())
                .flatMap(one -> one.commands().stream())
                .toList();
    }

    /** Every command of the document. */
    public List<String> commands() {
        return blocks.stream()
                .filter(one -> one.language().isEmpty())
                .flatMap(one -> one.commands().stream())
                .toList();
    }
}
