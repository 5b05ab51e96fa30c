package io.qiki.dtmp.model;

import java.util.Objects;
import java.util.function.Supplier;

/** Constructor checks whose failure text states the value, the bound and the unit. */
public final class Check {
    /** Beyond it a number is easier to read with an exponent. */
    private static final double LARGEST_PLAIN = 1e12;

    private Check() {}

    /**
     * A number that is neither NaN nor infinite.
     *
     * @throws IllegalArgumentException when it is
     */
    public static double finite(double value, String name, String unit) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    name
                            + " must be finite"
                            + (pure(unit) ? "" : ", in " + unit)
                            + ", was "
                            + value);
        }
        return value;
    }

    /**
     * A finite number within [min, max].
     *
     * @throws IllegalArgumentException outside of it
     */
    public static double range(double value, double min, double max, String name, String unit) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    name
                            + " must be "
                            + plain(min)
                            + ".."
                            + plain(max)
                            + (pure(unit) ? "" : " " + unit)
                            + ", was "
                            + plain(value));
        }
        return value;
    }

    private static boolean pure(String unit) {
        return unit.equals("1");
    }

    /** A number as a person writes it: a whole one without a fraction or an exponent. */
    public static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /**
     * A whole number within [min, max].
     *
     * @throws IllegalArgumentException outside of it
     */
    public static long range(long value, long min, long max, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " must be " + min + ".." + max + ", was " + value);
        }
        return value;
    }

    /**
     * A text that is not blank.
     *
     * @throws IllegalArgumentException when it is
     */
    public static String text(String value, String name) {
        if (present(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return value;
    }

    /**
     * A value that is there.
     *
     * @throws NullPointerException naming what is missing
     */
    public static <T> T present(T value, String name) {
        return Objects.requireNonNull(value, () -> name + " must not be null");
    }

    /**
     * A condition between several fields.
     *
     * @throws IllegalArgumentException with the sentence when it does not hold
     */
    public static void that(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /**
     * A condition between several fields, in a place that runs often: the sentence is made only
     * when it is needed.
     *
     * @throws IllegalArgumentException with the sentence when it does not hold
     */
    public static void that(boolean holds, Supplier<String> sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence.get());
        }
    }
}
