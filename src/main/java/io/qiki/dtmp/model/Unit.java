package io.qiki.dtmp.model;

/** Units of values that cross the border; the first ten have the original's numbers. */
public enum Unit {
    /** Without a unit. */
    UNSPECIFIED("1"),
    /** Metre. */
    METERS("m"),
    /** Degree. */
    DEGREES("deg"),
    /** Hundredth. */
    PERCENT("%"),
    /** Volt. */
    VOLTS("V"),
    /** Ampere. */
    AMPS("A"),
    /** Watt. */
    WATTS("W"),
    /** Millisecond. */
    MILLISECONDS("ms"),
    /** Kelvin. */
    KELVIN("K"),
    /** Bar. */
    BAR("bar"),
    /** Metre per second. */
    METERS_PER_SECOND("m/s"),
    /** Radian. */
    RADIANS("rad"),
    /** Radian per second. */
    RADIANS_PER_SECOND("rad/s"),
    /** Kilogram. */
    KILOGRAMS("kg"),
    /** Tesla. */
    TESLA("T");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    /** The symbol of the unit, "1" for none. */
    public String symbol() {
        return symbol;
    }
}
