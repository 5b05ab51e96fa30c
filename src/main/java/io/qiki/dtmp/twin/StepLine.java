package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.TwinId;

/**
 * What became of a twin in a lockstep run.
 *
 * @param twin which
 * @param ticks it ran
 * @param state of its agent
 * @param version of its stored state
 * @param hash of its chain
 */
public record StepLine(TwinId twin, long ticks, FsmState state, long version, long hash) {
    /** Refuses missing parts. */
    public StepLine {
        Check.present(twin, "twin");
        Check.range(ticks, 0, Long.MAX_VALUE, "ticks");
        Check.present(state, "state");
        Check.range(version, 0, Long.MAX_VALUE, "version");
    }

    /** The line as the command line prints it. */
    public String text() {
        return "twin "
                + twin
                + " ticks "
                + ticks
                + " state "
                + state
                + " version "
                + version
                + " hash "
                + Hash64.hex(hash);
    }
}
