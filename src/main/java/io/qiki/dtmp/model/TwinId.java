package io.qiki.dtmp.model;

import java.util.regex.Pattern;

/**
 * The name of a twin: one simulated vehicle and its agent.
 *
 * @param value matches {@code [a-z0-9-]{1,64}}
 */
public record TwinId(String value) implements Comparable<TwinId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,64}");

    /** Refuses any other form. */
    public TwinId {
        Check.present(value, "twin id");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "twin id must match [a-z0-9-]{1,64}, was \"" + value + "\"");
        }
    }

    /** A hash that is the same on every machine and in every run. */
    public long stableHash() {
        return new Hash64().add(value).value();
    }

    @Override
    public int compareTo(TwinId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
