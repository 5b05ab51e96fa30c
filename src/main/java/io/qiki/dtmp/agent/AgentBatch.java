package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import java.util.List;

/**
 * A finished tick of the agents of a shard.
 *
 * @param tick number of the agent cycle
 * @param twins one per agent, in the shard's order
 */
public record AgentBatch(long tick, List<TwinTick> twins) {
    /** Copies. */
    public AgentBatch {
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
        twins = List.copyOf(twins);
    }
}
