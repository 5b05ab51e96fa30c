package io.qiki.dtmp.nats;

import io.nats.client.Connection;
import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.CreditOutlet;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.bus.TwinRoster;
import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Metrics;
import io.qiki.dtmp.wire.ProcessReport;
import io.qiki.dtmp.wire.TwinReportPart;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for simulators, agents, store, pacing and commands of other processes: tells what they
 * tell over NATS, and hands on what is asked of them.
 *
 * <p>Owns: the {@link MirrorMemory}, which outlives it, and the connection to NATS.
 *
 * <p>Consumes: what {@link MirrorDesk} answers; the subjects of reports, status, states and events.
 *
 * <p>Emits: the ticks of all twins as those of shard 0 and {@link Addresses#STORE_CHANGES} (credit
 * streams), {@link Addresses#TICK_CHANGED}, {@link Addresses#TWINS}, events to the log of this
 * process; orders over NATS.
 *
 * <p>Runs on: an event loop, one instance per process.
 */
public final class MirrorVerticle extends VerticleBase {
    private static final int SHARD = 0;
    private static final long BEAT_MILLIS = 500;
    private static final String NATS = "nats";
    private static final String SIM = "sim";
    private static final String AGENT = "agent";

    private static final Logger LOG = LoggerFactory.getLogger(MirrorVerticle.class);

    private final NatsConfig config;
    private final MirrorSources sources;
    private final MirroredFleet fleet;
    private final MirroredProcesses processes;
    private final MirroredCommands commands;
    private final MirrorMemory memory;
    private final List<TwinEvent> unwritten = new ArrayList<>();
    private NatsLink<Void> link;
    private MirrorEars ears;
    private MirrorCalls calls;
    private CreditOutlet<TwinId, TickReport> ticks;
    private CreditOutlet<TwinId, StoredState> states;
    private EventLogClient journal;
    private RunStatus told = MirroredProcesses.NOBODY_PACES;
    private List<TwinId> roster = List.of();
    private boolean full;
    private long timer = -1;

    /** A mirror that has heard what its memory holds. */
    public MirrorVerticle(NatsConfig config, MirrorSources sources, MirrorMemory memory) {
        this.config = config;
        this.sources = sources;
        this.memory = memory;
        this.fleet = memory.fleet();
        this.processes = memory.processes();
        this.commands = memory.commands();
    }

    @Override
    public Future<?> start() {
        journal = new EventLogClient(vertx);
        link = new NatsLink<>(vertx, config, sources.source(), new Link());
        ears = new MirrorEars(vertx, new Work(), memory, sources.stepNanos(), new Heard());
        calls = new MirrorCalls(vertx, sources.source());
        MirrorOrders orders = new MirrorOrders(calls, sources.source());
        ticks =
                new CreditOutlet<TwinId, TickReport>(vertx, Addresses.agentReports(SHARD))
                        .greetingWith(this::newestTicks);
        states =
                new CreditOutlet<TwinId, StoredState>(vertx, Addresses.STORE_CHANGES)
                        .greetingWith(this::newestStates);
        told = processes.run().orElse(MirroredProcesses.NOBODY_PACES);
        bindGauges();
        timer = vertx.setPeriodic(BEAT_MILLIS, id -> beat());
        link.open();
        MirrorDesk desk = new MirrorDesk(memory, orders);
        return desk.open(vertx.eventBus()).compose(done -> Future.all(ticks.open(), states.open()));
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        ears.close();
        return Future.join(ticks.close(), states.close(), link.close());
    }

    /** What the connection does. */
    private final class Link implements NatsLink.Owner<Void> {
        @Override
        public Void prepare(Connection fresh) {
            return null;
        }

        @Override
        public void onUp(Connection fresh, Void nothing) {
            sources.telemetry().health().up(NATS);
            calls.up(fresh);
            ears.open(fresh);
        }

        @Override
        public void onDown(String reason) {
            sources.telemetry().health().down(NATS, reason);
            calls.down(reason);
            ears.close();
        }
    }

    /** What waits for the server. */
    private final class Work implements StreamReader.Blocking {
        @Override
        public <R> Future<R> run(Callable<R> work) {
            return link.blocking(work);
        }
    }

    /** What comes in. */
    private final class Heard implements MirrorEars.Owner {
        @Override
        public void onPart(TwinReportPart part) {
            tell(fleet.accept(part, System.nanoTime()));
        }

        @Override
        public void onProcess(ProcessReport report) {
            long now = System.nanoTime();
            processes.accept(report, now);
            List<StoredState> found = fleet.named(report.twins(), now);
            tellRoster();
            found.forEach(state -> states.offer(state.twin(), state));
            tellRun();
            judgeHealth(now);
        }

        @Override
        public void onState(StoredState state) {
            tell(fleet.accept(state));
        }

        @Override
        public void onEvent(TwinEvent event) {
            commands.accept(event);
            if (unwritten.isEmpty()) {
                context.runOnContext(turn -> write());
            }
            unwritten.add(event);
        }
    }

    /** What came in one turn is written down at once. */
    private void write() {
        journal.record(List.copyOf(unwritten));
        unwritten.clear();
    }

    private void tell(MirroredFleet.News news) {
        tellRoster();
        news.state().ifPresent(state -> states.offer(state.twin(), state));
        news.tick()
                .ifPresent(tick -> ticks.offer(tick.twin(), new TickReport(SHARD, List.of(tick))));
    }

    private void tellRoster() {
        if (!roster.equals(fleet.roster())) {
            roster = fleet.roster();
            vertx.eventBus().publish(Addresses.TWINS, new TwinRoster(roster));
        }
    }

    private void tellRun() {
        RunStatus now = processes.run().orElse(MirroredProcesses.NOBODY_PACES);
        boolean changed =
                now.runState() != told.runState()
                        || now.speed() != told.speed()
                        || now.slips() != told.slips();
        told = now;
        if (changed) {
            vertx.eventBus().publish(Addresses.TICK_CHANGED, now);
        }
    }

    /** Who came late learns of the twins; who is silent is noticed. */
    private void beat() {
        long now = System.nanoTime();
        fleet.expire(now);
        roster = fleet.roster();
        vertx.eventBus().publish(Addresses.TWINS, new TwinRoster(roster));
        judgeHealth(now);
        if (fleet.leftOut() > 0 && !full) {
            full = true;
            LOG.warn(
                    "more than {} twins are told of, the bound; the others are left out",
                    MirroredFleet.MOST_TWINS);
        }
    }

    private void judgeHealth(long nowNanos) {
        judge(SIM, processes.simulatorTrouble(nowNanos));
        judge(AGENT, processes.agentTrouble(nowNanos));
    }

    private void judge(String component, Optional<String> trouble) {
        HealthRegistry health = sources.telemetry().health();
        trouble.ifPresentOrElse(
                reason -> health.down(component, reason), () -> health.up(component));
    }

    private Map<TwinId, TickReport> newestTicks() {
        Map<TwinId, TickReport> all = new LinkedHashMap<>();
        for (TwinReport tick : fleet.ticks()) {
            all.put(tick.twin(), new TickReport(SHARD, List.of(tick)));
        }
        return all;
    }

    private Map<TwinId, StoredState> newestStates() {
        Map<TwinId, StoredState> all = new LinkedHashMap<>();
        fleet.states().forEach(state -> all.put(state.twin(), state));
        return all;
    }

    private void bindGauges() {
        Metrics metrics = sources.telemetry().metrics();
        metrics.gauge(MetricNames.MIRROR_TWINS, fleet, one -> one.roster().size());
        metrics.rising(MetricNames.MIRROR_LEFT_OUT, fleet, MirroredFleet::leftOut);
        metrics.rising(
                MetricNames.MIRROR_UNREADABLE, memory, one -> one.unreadable().doubleValue());
    }
}
