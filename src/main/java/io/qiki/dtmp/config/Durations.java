package io.qiki.dtmp.config;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a number and its unit without a space, as in {@code 100ms}. */
public final class Durations {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(ns|us|ms|s|min|h)");
    private static final String[] UNITS = {"h", "min", "s", "ms", "us", "ns"};
    private static final long[] NANOS = {
        3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
    };

    private Durations() {}

    /** The nanoseconds of a text; empty when it is no duration or no whole number of them. */
    public static OptionalLong parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            BigDecimal unit = BigDecimal.valueOf(unitNanos(matcher.group(2)));
            return OptionalLong.of(
                    new BigDecimal(matcher.group(1)).multiply(unit).longValueExact());
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** Nanoseconds in the largest unit that needs no fraction. */
    public static String text(long nanos) {
        for (int i = 0; i < UNITS.length; i++) {
            if (nanos != 0 && nanos % NANOS[i] == 0) {
                return nanos / NANOS[i] + UNITS[i];
            }
        }
        return nanos + "ns";
    }

    private static long unitNanos(String unit) {
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return NANOS[i];
            }
        }
        throw new IllegalArgumentException(
                "a unit of time is one of h, min, s, ms, us, ns, was " + unit);
    }
}
