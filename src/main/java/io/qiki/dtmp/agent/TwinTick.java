package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import java.util.List;
import java.util.Optional;

/**
 * A finished tick of one agent.
 *
 * @param twin whose
 * @param output of the tick
 * @param stored the state the store acknowledged last; empty before the first acknowledgement
 * @param committed whether the store acknowledged this tick
 * @param epoch of the writer; 0 when it has none
 * @param commands to hand to the vehicle with that epoch: the output's when the tick is committed,
 *     the safe set when not
 * @param hash fingerprint of the agent after the tick
 */
public record TwinTick(
        TwinId twin,
        TickOutput output,
        Optional<StoredState> stored,
        boolean committed,
        long epoch,
        List<ActuatorCommand> commands,
        long hash) {
    /** Copies; refuses missing parts. */
    public TwinTick {
        Check.present(twin, "twin");
        Check.present(output, "output");
        Check.present(stored, "stored state");
        Check.range(epoch, 0, Long.MAX_VALUE, "epoch");
        commands = List.copyOf(commands);
    }

    /**
     * Where the agent stands after the tick.
     *
     * @param incarnation of the world that it flies, as it knows it
     */
    public AgentStanding standing(int incarnation) {
        return new AgentStanding(
                twin, incarnation, Math.max(0, output.tick()), epoch, hash, stored);
    }
}
