package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.Check;
import java.util.List;

/**
 * Whether agents of another process find a world that they can go on in: (incarnation, tick) must
 * never name two ticks of theirs.
 */
final class Rejoin {
    /** Lives that a world may have missed of its agents'. */
    static final int MOST_LIVES = 1_000;

    private Rejoin() {}

    /**
     * Whether the worlds have to go on in another incarnation.
     *
     * @throws IllegalArgumentException for a twin that is not here, or for an incarnation more than
     *     {@value #MOST_LIVES} ahead
     */
    static boolean needed(SimShard worlds, List<AgentStanding> agents) {
        boolean needed = false;
        for (AgentStanding agent : agents) {
            int vehicle =
                    worlds.vehicle(agent.twin())
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "twin must live in the shard, "
                                                            + agent.twin()
                                                            + " does not"));
            int now = worlds.world().incarnation(vehicle);
            Check.range(agent.incarnation(), 0, now + (long) MOST_LIVES, "incarnation of an agent");
            boolean ahead = agent.incarnation() == now && agent.tick() > worlds.tick(vehicle);
            needed |= ahead || agent.incarnation() > now;
        }
        return needed;
    }
}
