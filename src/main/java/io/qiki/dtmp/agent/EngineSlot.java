package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;

/**
 * An engine's place in the state of an agent.
 *
 * @param state what the engine remembers
 * @param failures ticks in a row in which it failed
 */
public record EngineSlot(EngineState state, int failures) {
    /** Refuses missing parts. */
    public EngineSlot {
        Check.present(state, "engine state");
        Check.range(failures, 0, Integer.MAX_VALUE, "failures");
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        return state.addTo(hash).add((long) failures);
    }
}
