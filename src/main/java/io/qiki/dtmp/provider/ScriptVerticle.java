package io.qiki.dtmp.provider;

import io.qiki.dtmp.agent.AgentClient;
import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.CommandBatch;
import io.qiki.dtmp.bus.ObservationBatch;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.AgentOrders;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.sim.SimClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands on the bus where the simulator of a shard would, and shows scripted observations. Whatever
 * the agents command counts as executed at the next tick; nothing comes of it.
 *
 * <p>Owns: a provider per twin.
 *
 * <p>Consumes: {@link Addresses#simAdvance}.
 *
 * <p>Emits: an observation batch per tick to its shard's agents.
 *
 * <p>Runs on: an event loop, one instance per shard.
 */
public final class ScriptVerticle extends VerticleBase {
    private static final List<CommandStage> STAGES =
            List.of(CommandStage.ACCEPTED, CommandStage.EXECUTING, CommandStage.EXECUTED);

    private final int shard;
    private final List<DataProvider> providers;
    private final long ticks;
    private final Runnable over;
    private List<AgentOrders> orders = List.of();
    private AgentClient agents;
    private long tick;

    /**
     * A verticle.
     *
     * @param providers one per twin, in the shard's order
     * @param ticks after which nothing more is shown, at least 1
     * @param over is told once they are over
     */
    public ScriptVerticle(int shard, List<DataProvider> providers, long ticks, Runnable over) {
        this.shard = shard;
        this.providers = List.copyOf(providers);
        this.ticks = ticks;
        this.over = over;
    }

    @Override
    public Future<?> start() {
        agents = new AgentClient(vertx, shard);
        return vertx.eventBus()
                .localConsumer(Addresses.simAdvance(shard), this::onAdvance)
                .completion();
    }

    private void onAdvance(Message<SimClient.Advance> message) {
        if (tick == ticks) {
            message.reply(new SimClient.Advanced(shard, tick, false));
            return;
        }
        tick++;
        List<SensedInput> sensed = new ArrayList<>(providers.size());
        for (int i = 0; i < providers.size(); i++) {
            SensedInput shown = providers.get(i).observe(tick);
            sensed.add(i < orders.size() ? answered(shown, orders.get(i)) : shown);
        }
        Future<CommandBatch> asked =
                agents.tick(new ObservationBatch(shard, new SensedBatch(tick, sensed)));
        Replies.answerLater(
                message,
                asked.onSuccess(batch -> orders = batch.orders())
                        .transform(done -> advanced(done.failed())));
    }

    private Future<SimClient.Advanced> advanced(boolean missed) {
        if (tick == ticks) {
            over.run();
        }
        return Future.succeededFuture(new SimClient.Advanced(shard, tick, missed));
    }

    private static SensedInput answered(SensedInput shown, AgentOrders given) {
        if (!(shown instanceof SensedInput.Seen seen)) {
            return shown;
        }
        Observation script = seen.observation();
        List<CommandOutcome> outcomes = new ArrayList<>();
        for (ActuatorCommand command : given.commands()) {
            for (CommandStage stage : STAGES) {
                outcomes.add(
                        new CommandOutcome(
                                command.id(),
                                command.actuator(),
                                stage,
                                FailureCode.NONE,
                                script.step()));
            }
        }
        return new SensedInput.Seen(
                new Observation(
                        script.twin(),
                        script.incarnation(),
                        script.tick(),
                        script.step(),
                        script.readings(),
                        script.probes(),
                        outcomes,
                        script.status(),
                        Math.max(script.epochSeen(), given.epoch()),
                        script.worldHash()));
    }
}
