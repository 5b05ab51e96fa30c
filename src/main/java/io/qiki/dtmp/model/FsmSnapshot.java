package io.qiki.dtmp.model;

/**
 * The state of an agent's state machine; the store adds version and epoch.
 *
 * @param state where it is
 * @param activity what it does; NONE exactly when not ACTIVE
 * @param reason why it is in SAFE_MODE; NONE otherwise
 * @param last the transition that led here; at the start BOOTING to BOOTING with COLD_START
 * @param transitions how many transitions have been made since the start
 */
public record FsmSnapshot(
        FsmState state,
        Activity activity,
        SafeModeReason reason,
        Transition last,
        long transitions) {
    /** The trigger of the snapshot an agent is born with. */
    public static final String COLD_START = "COLD_START";

    /** Refuses what contradicts itself. */
    public FsmSnapshot {
        Check.present(state, "state");
        Check.present(activity, "activity");
        Check.present(reason, "safe-mode reason");
        Check.present(last, "last transition");
        Check.range(transitions, 0, Long.MAX_VALUE, "transitions");
        Check.that(
                (state == FsmState.ACTIVE) == (activity != Activity.NONE),
                () ->
                        "an activity belongs to ACTIVE and to no other state, was "
                                + state
                                + " "
                                + activity);
        Check.that(
                (state == FsmState.SAFE_MODE) == (reason != SafeModeReason.NONE),
                () ->
                        "a reason belongs to SAFE_MODE and to no other state, was "
                                + state
                                + " "
                                + reason);
        Check.that(
                last.to() == state && last.toActivity() == activity,
                () -> "the last transition must lead to " + state + " " + activity);
    }

    /** The snapshot an agent is born with. */
    public static FsmSnapshot coldStart() {
        Transition born =
                new Transition(
                        FsmState.BOOTING,
                        Activity.NONE,
                        FsmState.BOOTING,
                        Activity.NONE,
                        COLD_START,
                        0);
        return new FsmSnapshot(FsmState.BOOTING, Activity.NONE, SafeModeReason.NONE, born, 0);
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add(state).add(activity).add(reason);
        return last.addTo(hash).add(transitions);
    }
}
