package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.AgentSettings;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.store.StoreLimits;
import java.util.List;

/**
 * What a lockstep is made of.
 *
 * @param world of every twin
 * @param agent of every twin; its step, steps per tick and profile are the world's
 * @param faults known from the start; those of twins that are not there are left out
 * @param store bounds of the state store
 */
public record TwinSetup(
        WorldSettings world, AgentSettings agent, List<TwinFault> faults, StoreLimits store) {
    /** Copies; refuses an agent made for another world. */
    public TwinSetup {
        Check.present(world, "world settings");
        Check.present(agent, "agent settings");
        faults = List.copyOf(faults);
        Check.present(store, "store limits");
        Check.that(
                world.stepNanos() == agent.stepNanos()
                        && world.stepsPerTick() == agent.stepsPerTick(),
                "world and agent must have the same step and tick, were "
                        + world.stepNanos()
                        + " ns x "
                        + world.stepsPerTick()
                        + " and "
                        + agent.stepNanos()
                        + " ns x "
                        + agent.stepsPerTick());
        Check.that(
                world.profile().equals(agent.profile()),
                "world and agent must have the same vehicle profile");
    }

    /** The default vehicle, scene and mission without faults. */
    public static TwinSetup of(long seed) {
        WorldSettings world = WorldSettings.of(seed);
        AgentSettings agent =
                AgentSettings.of(
                        world.profile(),
                        Mission.standard(),
                        world.stepNanos(),
                        world.stepsPerTick());
        return new TwinSetup(world, agent, List.of(), StoreLimits.DEFAULT);
    }
}
