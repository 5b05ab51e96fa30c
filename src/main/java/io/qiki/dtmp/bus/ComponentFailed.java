package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.Check;

/**
 * Somebody noticed that a component does not do its work.
 *
 * @param component its lower-case name
 * @param shard which one; -1: there is one per process
 * @param cause what was noticed, one sentence
 */
public record ComponentFailed(String component, int shard, String cause) {
    /** The shard of a component that is there once per process. */
    public static final int NO_SHARD = -1;

    /** Refuses missing parts. */
    public ComponentFailed {
        Check.text(component, "component");
        Check.text(cause, "cause");
    }
}
