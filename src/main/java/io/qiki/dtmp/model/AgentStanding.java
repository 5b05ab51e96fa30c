package io.qiki.dtmp.model;

import java.util.Optional;

/**
 * Where an agent stands after its tick, told to the simulator of another process.
 *
 * @param twin whose
 * @param incarnation of the world that it flies, as it knows it
 * @param tick of the agent
 * @param epoch of the writer; 0: it could not acquire one
 * @param hash fingerprint of the agent after the tick
 * @param stored the committed state; empty before the first commit
 */
public record AgentStanding(
        TwinId twin,
        int incarnation,
        long tick,
        long epoch,
        long hash,
        Optional<StoredState> stored) {
    /** Refuses missing parts and numbers below 0. */
    public AgentStanding {
        Check.present(twin, "twin");
        Check.range(incarnation, 0, Integer.MAX_VALUE, "incarnation");
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
        Check.range(epoch, 0, Long.MAX_VALUE, "writer epoch");
        Check.present(stored, "stored state");
    }
}
