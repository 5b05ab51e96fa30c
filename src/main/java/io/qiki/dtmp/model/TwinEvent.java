package io.qiki.dtmp.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened to a twin and that somebody may want to read later.
 *
 * @param type dotted, for example {@code fsm.transition}, {@code safe_mode}, {@code fault}
 * @param twin to whom
 * @param tick when
 * @param step simulation step when
 * @param severity how grave
 * @param truth what the statement is worth
 * @param reason machine-readable cause
 * @param data details, names to texts
 */
public record TwinEvent(
        String type,
        TwinId twin,
        long tick,
        long step,
        Severity severity,
        TruthState truth,
        String reason,
        SortedMap<String, String> data) {
    /** How grave an event is. */
    public enum Severity {
        /** Ordinary. */
        INFO,
        /** Somebody should know. */
        WARNING,
        /** Somebody should act. */
        CRITICAL
    }

    /** Copies; refuses blanks. */
    public TwinEvent {
        Check.text(type, "event type");
        Check.present(twin, "twin");
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
        Check.range(step, 0, Long.MAX_VALUE, "step");
        Check.present(severity, "severity");
        Check.present(truth, "truth state");
        Check.text(reason, "reason");
        data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    }
}
