package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.AgentOrders;
import io.qiki.dtmp.model.Check;
import java.util.List;

/**
 * A finished tick of the agents of a shard.
 *
 * @param turn counts the ticks of the shard's agents, from 1
 * @param twins one per agent, in the shard's order
 */
public record AgentBatch(long turn, List<TwinTick> twins) {
    /** Copies. */
    public AgentBatch {
        Check.range(turn, 0, Long.MAX_VALUE, "turn");
        twins = List.copyOf(twins);
    }

    /** What goes to the vehicles. */
    public List<AgentOrders> orders() {
        return twins.stream()
                .map(one -> new AgentOrders(one.twin(), one.epoch(), one.commands(), one.hash()))
                .toList();
    }
}
