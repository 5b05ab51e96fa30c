package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.AgentOrders;
import io.qiki.dtmp.model.AgentStanding;
import java.util.List;

/**
 * What the agents of a shard command after a tick.
 *
 * @param shard which
 * @param turn counts the ticks of the shard's agents
 * @param orders one per twin, in the shard's order
 * @param standings where the agents stand after the tick, one per twin that has seen its world
 */
public record CommandBatch(
        int shard, long turn, List<AgentOrders> orders, List<AgentStanding> standings) {
    /** Copies. */
    public CommandBatch {
        orders = List.copyOf(orders);
        standings = List.copyOf(standings);
    }
}
