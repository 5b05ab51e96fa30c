package io.qiki.dtmp.model;

import java.util.List;

/**
 * What an agent hands to its vehicle after a tick.
 *
 * @param twin whose vehicle
 * @param epoch of the writer; 0 when the agent could not acquire one
 * @param commands possibly none
 * @param hash fingerprint of the agent after the tick
 */
public record AgentOrders(TwinId twin, long epoch, List<ActuatorCommand> commands, long hash) {
    /** Copies; refuses missing parts. */
    public AgentOrders {
        Check.present(twin, "twin");
        Check.range(epoch, 0, Long.MAX_VALUE, "epoch");
        commands = List.copyOf(commands);
    }
}
