package io.qiki.dtmp.wire;

import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FsmState;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A state machine as the original tells of it.
 *
 * @param snapshotId names the snapshot
 * @param at date of its last change
 * @param state now
 * @param history newest transitions, oldest first
 * @param context free texts of the agent
 * @param instanceId which state machine
 * @param metadata free texts; a key may begin with anything
 * @param source who produced it
 * @param attempts at least 0
 * @param version of the stored state, at least 0; empty when not told
 * @param reason why it is where it is; empty when not told
 * @param previous state before; empty when not told
 * @param monoNanos simulation time of the change, ns; empty when not told
 * @param activity what an ACTIVE agent does; empty when not told
 */
public record FsmReport(
        Optional<UUID> snapshotId,
        Optional<Timestamp> at,
        FsmState state,
        List<Step> history,
        SortedMap<String, String> context,
        Optional<UUID> instanceId,
        SortedMap<String, String> metadata,
        String source,
        int attempts,
        OptionalLong version,
        Optional<String> reason,
        Optional<FsmState> previous,
        OptionalLong monoNanos,
        Optional<Activity> activity) {
    /** How a transition went. */
    public enum Outcome {
        /** Not stated. */
        UNSPECIFIED,
        /** It was made. */
        SUCCESS,
        /** It was not. */
        FAILED,
        /** Nobody knows yet. */
        PENDING
    }

    /**
     * A transition.
     *
     * @param at date; empty when not told
     * @param from before
     * @param to after
     * @param trigger what caused it
     * @param outcome how it went
     * @param error why it failed; else empty
     */
    public record Step(
            Optional<Timestamp> at,
            FsmState from,
            FsmState to,
            String trigger,
            Outcome outcome,
            String error) {
        /** Refuses missing parts. */
        public Step {
            Check.present(at, "date");
            Check.present(from, "from state");
            Check.present(to, "to state");
            Check.present(trigger, "trigger");
            Check.present(outcome, "outcome");
            Check.present(error, "error");
        }
    }

    /** Copies; refuses missing parts and numbers below 0. */
    public FsmReport {
        Check.present(state, "state");
        history = List.copyOf(history);
        context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        Check.range(attempts, 0, Integer.MAX_VALUE, "attempt_count");
        version.ifPresent(value -> Check.range(value, 0, Long.MAX_VALUE, "version"));
    }
}
