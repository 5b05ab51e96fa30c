package io.qiki.dtmp.signal;

import io.qiki.dtmp.model.Check;

/**
 * Where a number stops being normal, in the unit of its signal; NaN where there is no such limit.
 *
 * @param lowCritical critical at and below
 * @param lowWarning warns at and below
 * @param highWarning warns at and above
 * @param highCritical critical at and above
 */
public record SignalLimits(
        double lowCritical, double lowWarning, double highWarning, double highCritical) {
    /** A number that is always normal. */
    public static final SignalLimits NONE =
            new SignalLimits(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** How a number stands to its limits. */
    public enum Level {
        /** Within them. */
        NORMAL,
        /** At or below the low warning. */
        LOW_WARNING,
        /** At or below the critical low limit. */
        LOW_CRITICAL,
        /** At or above the high warning. */
        HIGH_WARNING,
        /** At or above the critical high limit. */
        HIGH_CRITICAL
    }

    /** Refuses limits in the wrong order; a limit that is not there is in no order. */
    public SignalLimits {
        double[] rising = {lowCritical, lowWarning, highWarning, highCritical};
        double last = Double.NEGATIVE_INFINITY;
        for (double limit : rising) {
            Check.that(
                    Double.isNaN(limit) || limit >= last,
                    () -> "signal limits must rise, were " + java.util.Arrays.toString(rising));
            last = Double.isNaN(limit) ? last : limit;
        }
    }

    /** Limits at the low end only. */
    public static SignalLimits low(double critical, double warning) {
        return new SignalLimits(critical, warning, Double.NaN, Double.NaN);
    }

    /** Limits at the high end only. */
    public static SignalLimits high(double warning, double critical) {
        return new SignalLimits(Double.NaN, Double.NaN, warning, critical);
    }

    /** How a number stands to these limits. */
    public Level level(double value) {
        if (value <= lowCritical) {
            return Level.LOW_CRITICAL;
        } else if (value >= highCritical) {
            return Level.HIGH_CRITICAL;
        } else if (value <= lowWarning) {
            return Level.LOW_WARNING;
        }
        return value >= highWarning ? Level.HIGH_WARNING : Level.NORMAL;
    }
}
