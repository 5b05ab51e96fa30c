package io.qiki.dtmp.model;

/**
 * A step of the state machine from one state or activity to another.
 *
 * @param from state before
 * @param fromActivity activity before
 * @param to state after
 * @param toActivity activity after
 * @param trigger machine-readable cause, for example {@code BOOT_COMPLETE}
 * @param tick at which it was made
 */
public record Transition(
        FsmState from,
        Activity fromActivity,
        FsmState to,
        Activity toActivity,
        String trigger,
        long tick) {
    /** Refuses missing parts. */
    public Transition {
        Check.present(from, "from");
        Check.present(fromActivity, "from activity");
        Check.present(to, "to");
        Check.present(toActivity, "to activity");
        Check.text(trigger, "trigger");
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        return hash.add(from).add(fromActivity).add(to).add(toActivity).add(trigger).add(tick);
    }
}
