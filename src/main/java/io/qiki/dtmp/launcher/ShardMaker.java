package io.qiki.dtmp.launcher;

import io.qiki.dtmp.agent.AgentVault;
import io.qiki.dtmp.agent.AgentVerticle;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.SimShard;
import io.qiki.dtmp.sim.SimVault;
import io.qiki.dtmp.sim.SimVerticle;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.telemetry.Telemetry;
import io.qiki.dtmp.twin.Replay;
import io.qiki.dtmp.twin.TwinSnapshot;
import java.util.List;

/**
 * Makes the simulator and the agents of one shard: at the start of the process, of a run that goes
 * on, and again after a failure. What outlives them is kept here.
 */
final class ShardMaker {
    private final Plan plan;
    private final int shard;
    private final List<TwinId> twins;
    private final RunLog log;
    private final Telemetry telemetry;
    private final SimVault worlds = new SimVault();
    private final AgentVault agents = new AgentVault();
    private boolean born;

    ShardMaker(Plan plan, int shard, RunLog log, Telemetry telemetry) {
        this.plan = plan;
        this.shard = shard;
        this.twins = plan.shards().members(shard, plan.twins());
        this.log = log;
        this.telemetry = telemetry;
        log.past()
                .ifPresent(
                        past ->
                                agents.deposit(
                                        agents.claim(),
                                        new AgentVault.Past(
                                                twins.stream()
                                                        .map(twin -> past.snapshot(twin).agent())
                                                        .toList(),
                                                past.turn(shard))));
    }

    /** The twins of the shard. */
    List<TwinId> twins() {
        return twins;
    }

    /** A simulator that is not deployed yet. */
    SimVerticle sim() {
        return new SimVerticle(this::simShard, shard, telemetry);
    }

    /** Agents that are not deployed yet. */
    AgentVerticle agents() {
        AgentVerticle.Home home =
                new AgentVerticle.Home(
                        agents,
                        () -> log.open("agents-" + shard),
                        plan.world().seed(),
                        plan.guests(),
                        plan.role().lockstep());
        return new AgentVerticle(shard, twins, plan.agents(), home, telemetry);
    }

    private synchronized SimShard simShard() {
        World world = new World(plan.world(), twins);
        SimShard made = new SimShard(shard, world, worlds, log.open("sim-" + shard));
        if (born) {
            made.restart(true);
        } else if (log.past().isPresent()) {
            resume(made, log.past().get());
        } else {
            for (TwinId twin : twins) {
                for (FaultSpec fault : plan.faults()) {
                    made.inject(twin, fault).ifPresent(ShardMaker::refuse);
                }
            }
        }
        born = true;
        return made;
    }

    private void resume(SimShard made, Replay past) {
        for (int i = 0; i < twins.size(); i++) {
            TwinSnapshot snapshot = past.snapshot(twins.get(i));
            long agentHash = snapshot.agent().addTo(new Hash64()).value();
            made.resume(i, snapshot.world(), agentHash, snapshot.hash());
        }
        made.rememberFaults(past.faults(shard));
        made.restart(false);
    }

    private static void refuse(Failure failure) {
        throw new RequestFailed(failure);
    }
}
