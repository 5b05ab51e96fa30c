package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.AgentState;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.WorldSnapshot;
import java.util.Optional;

/**
 * A whole twin between two ticks.
 *
 * @param twin which
 * @param tick finished last
 * @param world its vehicle and surroundings
 * @param agent what its agent remembers
 * @param stored its state in the store; empty before the first tick
 * @param hash its chain up to here
 */
public record TwinSnapshot(
        TwinId twin,
        long tick,
        WorldSnapshot world,
        AgentState agent,
        Optional<StoredState> stored,
        long hash) {
    /** Refuses missing parts. */
    public TwinSnapshot {
        Check.present(twin, "twin");
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
        Check.present(world, "world");
        Check.present(agent, "agent");
        Check.present(stored, "stored state");
    }
}
