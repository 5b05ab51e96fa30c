package io.qiki.dtmp.signal;

import io.qiki.dtmp.model.Check;

/**
 * What a signal is.
 *
 * @param name stable, dotted, ends in the unit where it has one
 * @param unit symbol, "1" for none
 * @param kind of its values
 * @param min least value that can be; NaN where there is no such thing
 * @param max greatest value that can be; NaN where there is no such thing
 * @param rateHertz how often its source gives a new value, 1/s; 0 when it is not built
 * @param source id of the sensor, or "status", "agent" or "none"
 * @param limits where its numbers stop being normal
 */
public record SignalDefinition(
        String name,
        String unit,
        Kind kind,
        double min,
        double max,
        double rateHertz,
        String source,
        SignalLimits limits) {
    /** Kinds of values. */
    public enum Kind {
        /** A number. */
        NUMBER,
        /** A whole number. */
        COUNT,
        /** Yes or no. */
        FLAG,
        /** A word. */
        TEXT,
        /** [x, y, z]. */
        VECTOR,
        /** [w, x, y, z]. */
        QUATERNION,
        /** A list of words. */
        LIST
    }

    /** Refuses blanks. */
    public SignalDefinition {
        Check.text(name, "signal name");
        Check.text(unit, "unit");
        Check.present(kind, "kind");
        Check.text(source, "source");
        Check.present(limits, "limits");
    }
}
