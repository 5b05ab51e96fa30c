package io.qiki.dtmp.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A fault to inject: what breaks, where, how and when.
 *
 * @param id names this injection, for clearing it
 * @param type what happens
 * @param target the id of the part it happens to
 * @param parameters numbers the type asks for, by name
 * @param fromTick first tick at which it acts
 * @param untilTick first tick at which it acts no more; Long.MAX_VALUE: until cleared
 */
public record FaultSpec(
        String id,
        Type type,
        String target,
        SortedMap<String, Double> parameters,
        long fromTick,
        long untilTick) {
    /** Faults that one vehicle takes at a time. */
    public static final int MOST_AT_A_TIME = 8;

    /** Faults that the simulator can act out. */
    public enum Type {
        /** A sensor is off and says so. */
        SENSOR_OFF("sensor.off");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** The dotted name used on every interface. */
        public String text() {
            return text;
        }
    }

    /** Copies; refuses blanks and an end before the beginning. */
    public FaultSpec {
        Check.text(id, "fault id");
        Check.present(type, "fault type");
        Check.text(target, "fault target");
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        Check.range(fromTick, 0, Long.MAX_VALUE, "from_tick");
        Check.range(untilTick, fromTick, Long.MAX_VALUE, "until_tick");
    }
}
