package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.TwinId;
import java.util.List;

/**
 * What the agents of a shard command after a tick.
 *
 * @param shard which
 * @param orders one per twin, in the shard's order
 */
public record CommandBatch(int shard, List<Orders> orders) {
    /** Copies. */
    public CommandBatch {
        orders = List.copyOf(orders);
    }

    /**
     * The commands of one agent.
     *
     * @param twin whose
     * @param epoch of the writer; 0 when it could not acquire one
     * @param commands possibly none
     */
    public record Orders(TwinId twin, long epoch, List<ActuatorCommand> commands) {
        /** Copies. */
        public Orders {
            commands = List.copyOf(commands);
        }
    }
}
