package io.qiki.dtmp.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.CreditInlet;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.sim.SimClient;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Metrics;
import io.qiki.dtmp.twin.CommandClient;
import io.qiki.dtmp.twin.TickClient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import qiki.twin.v1.CommandReply;

/**
 * Bridges the process to NATS.
 *
 * <p>Owns: the connection, the ways out and what waits on them ({@link Outboxes}, which outlive
 * it), the desks that take what comes in.
 *
 * <p>Consumes: the reports of every shard (credit streams), the event log, {@link
 * Addresses#TICK_CHANGED}; control commands and orders from NATS.
 *
 * <p>Emits: messages on the subjects of {@link Subjects}; requests through the clients of tick, sim
 * and commands; an event when NATS is lost and when it is back.
 *
 * <p>Runs on: an event loop of its own, one instance per process. Nobody waits for it, and it waits
 * for no server: that happens on threads of {@link NatsLink}.
 */
public final class NatsBridgeVerticle extends VerticleBase
        implements NatsLink.Owner<Map<String, Long>> {
    private static final String HEALTH = "nats";

    /** The part of the bridge that is judged by itself, beside its deployment. */
    private static final int CONNECTION = 1;

    /** What may be sent is looked for so often, ms: the pause of a lane that had to wait. */
    private static final long PUMP_MILLIS = 10;

    private static final long SECOND_MILLIS = 1_000;

    /** Reports under way to the bridge, of all twins of a shard together. */
    private static final int REPORTS = 8_192;

    private static final int LEAST_WINDOW = 8;
    private static final int LARGEST_WINDOW = 1_024;

    private final NatsConfig config;
    private final NatsSources sources;
    private final Outboxes boxes;
    private final List<CreditInlet<?>> inlets = new ArrayList<>();
    private Context own;
    private NatsLink<Map<String, Long>> link;
    private Lanes lanes;
    private ReportFeed reports;
    private EventFeed events;
    private StatusBeat beat;
    private ControlDesk control;
    private OrderDesk orders;
    private EventLogClient journal;
    private Optional<StreamPublisher> publisher = Optional.empty();
    private final List<Long> timers = new ArrayList<>();
    private boolean told;
    private long connects;

    /** A verticle. */
    public NatsBridgeVerticle(NatsConfig config, NatsSources sources, Outboxes boxes) {
        this.config = config;
        this.sources = sources;
        this.boxes = boxes;
    }

    @Override
    public Future<?> start() {
        own = vertx.getOrCreateContext();
        link = new NatsLink<>(vertx, config, sources.source(), this);
        lanes =
                new Lanes(
                        sources.source(),
                        boxes,
                        this::compare,
                        link::renew,
                        work -> vertx.setTimer(1, id -> work.run()));
        Composer composer = new Composer(sources, boxes);
        reports =
                new ReportFeed(
                        sources,
                        config,
                        boxes,
                        composer,
                        lanes.states(),
                        lanes.decisions(),
                        lanes.newest());
        events =
                new EventFeed(
                        vertx,
                        config,
                        boxes,
                        composer,
                        lanes.events(),
                        lanes.commands(),
                        lanes.newest());
        TickClient tick = new TickClient(vertx);
        beat = new StatusBeat(sources, tick, composer, lanes.newest());
        Rates rates = new Rates(config.ratePerSecond(), System.nanoTime());
        control = new ControlDesk(tick, rates, Clock.systemUTC());
        orders = new OrderDesk(sources, new CommandClient(vertx), simulators(), rates);
        journal = new EventLogClient(vertx);
        addGauges(sources.telemetry().metrics());
        sources.telemetry().health().down(HEALTH, CONNECTION, "not connected yet");
        return openInlets().onSuccess(open -> begin());
    }

    @Override
    public Future<?> stop() {
        timers.forEach(vertx::cancelTimer);
        events.close();
        List<Future<?>> closing = new ArrayList<>();
        inlets.forEach(inlet -> closing.add(inlet.close()));
        closing.add(link.close());
        return Future.join(closing);
    }

    private List<SimClient> simulators() {
        return IntStream.range(0, sources.shards().count())
                .mapToObj(shard -> new SimClient(vertx, shard))
                .toList();
    }

    private Future<?> openInlets() {
        int twins = Math.max(1, sources.twins().size() / sources.shards().count());
        int window = Math.max(LEAST_WINDOW, Math.min(LARGEST_WINDOW, REPORTS / twins));
        IntStream.range(0, sources.shards().count())
                .mapToObj(Addresses::agentReports)
                .map(
                        address ->
                                new CreditInlet<>(
                                        vertx, address, TickReport.class, window, reports::onTick))
                .forEach(inlets::add);
        vertx.eventBus().localConsumer(Addresses.TICK_CHANGED, changed -> beat.beat());
        return Future.all(inlets.stream().map(CreditInlet::open).toList());
    }

    private void begin() {
        events.open();
        timers.add(vertx.setPeriodic(PUMP_MILLIS, id -> lanes.check()));
        timers.add(vertx.setPeriodic(SECOND_MILLIS, id -> onSecond()));
        link.open();
    }

    private void onSecond() {
        beat.beat();
        reports.onSecond();
        if (publisher.isPresent()) {
            lanes.trouble()
                    .ifPresentOrElse(
                            why -> sources.telemetry().health().down(HEALTH, CONNECTION, why),
                            () -> sources.telemetry().health().up(HEALTH, CONNECTION));
        }
    }

    @Override
    public Map<String, Long> prepare(Connection fresh) throws Exception {
        return Streams.ensure(fresh, config.streams());
    }

    @Override
    public void onUp(Connection fresh, Map<String, Long> last) {
        connects++;
        StreamPublisher out = new StreamPublisher(fresh, own);
        publisher = Optional.of(out);
        listen(fresh);
        lanes.up(out, last);
        beat.beat();
        sources.telemetry().health().up(HEALTH, CONNECTION);
        tell("back", "connected to " + fresh.getConnectedUrl());
    }

    @Override
    public void onDown(String reason) {
        publisher = Optional.empty();
        lanes.down();
        String given = boxes.dropped() == 0 ? "" : "; " + boxes.dropped() + " messages given up";
        sources.telemetry().health().down(HEALTH, CONNECTION, reason + given);
        tell("lost", reason);
    }

    /** An outage is told once, and its end; a connection at the start is no event. */
    private void tell(String what, String why) {
        boolean lost = what.equals("lost");
        if (told == lost) {
            return;
        }
        told = lost;
        SortedMap<String, String> data = new TreeMap<>();
        data.put("detail", why);
        data.put("given_up", Long.toString(boxes.dropped()));
        Outboxes.Told at = boxes.told(sources.first());
        journal.record(
                List.of(
                        new TwinEvent(
                                HEALTH,
                                sources.first(),
                                at.tick(),
                                at.tick() * sources.plan().stepsPerTick(),
                                lost ? TwinEvent.Severity.WARNING : TwinEvent.Severity.INFO,
                                TruthState.OK,
                                what,
                                data)));
    }

    private void compare(String stream, long floor, Set<String> ids, StreamLane.Verdict verdict) {
        Connection connection = publisher.orElseThrow().connection();
        Set<String> asked = new HashSet<>(ids);
        link.blocking(() -> StreamAudit.arrived(connection, stream, floor, asked))
                .onSuccess(verdict::arrived)
                .onFailure(cause -> verdict.unknown(String.valueOf(cause.getMessage())));
    }

    private void listen(Connection fresh) {
        if (sources.paces()) {
            new Inlet(own, this::onControl, message -> answer(message, control.full()))
                    .listen(fresh, List.of(Subjects.CONTROL));
        }
        if (sources.simulator()) {
            new Inlet(own, this::onOrder, message -> reply(message, OrderDesk.full()))
                    .listen(fresh, sources.twins().stream().map(Subjects::orders).toList());
        }
    }

    private void onControl(Message message) {
        received();
        control.take(new String(message.getData(), StandardCharsets.UTF_8), System.nanoTime())
                .onSuccess(done -> answer(message, done));
    }

    private void onOrder(Message message) {
        received();
        String source =
                Optional.ofNullable(message.getHeaders())
                        .map(headers -> headers.getFirst(OutMessage.SOURCE))
                        .orElse("unknown");
        orders.take(message.getSubject(), source, message.getData(), System.nanoTime())
                .onSuccess(done -> reply(message, done));
    }

    /** To whoever asked for a reply, and to everybody when the command could be read. */
    private void answer(Message message, ControlDesk.Answer answer) {
        answer.failure().ifPresent(failure -> refused(failure.code()));
        byte[] body = answer.body().encode().getBytes(StandardCharsets.UTF_8);
        Optional.ofNullable(message.getReplyTo()).ifPresent(to -> send(message, to, body));
        if (answer.readable()) {
            send(message, Subjects.CONTROL_RESPONSES, body);
        }
    }

    private void reply(Message message, CommandReply reply) {
        if (!reply.getOk()) {
            FailureCode.named(reply.getCode()).ifPresent(this::refused);
        }
        Optional.ofNullable(message.getReplyTo())
                .ifPresent(to -> send(message, to, reply.toByteArray()));
    }

    /** Through the connection that the message came by; gone with it, the asker asks again. */
    private void send(Message message, String subject, byte[] body) {
        Headers headers = new Headers().put(OutMessage.SOURCE, sources.source());
        Optional.ofNullable(message.getConnection())
                .filter(way -> way.getStatus() == Connection.Status.CONNECTED)
                .ifPresent(way -> publish(way, subject, headers, body));
    }

    private static void publish(Connection way, String subject, Headers headers, byte[] body) {
        try {
            way.publish(subject, headers, body);
        } catch (IllegalStateException gone) {
            return; // the connection has just ended
        }
    }

    private void received() {
        sources.telemetry().metrics().counter(MetricNames.NATS_RECEIVED).accept(1);
    }

    private void refused(FailureCode code) {
        sources.telemetry()
                .metrics()
                .counter(MetricNames.NATS_REFUSALS, "code", code.text())
                .accept(1);
    }

    private void addGauges(Metrics metrics) {
        lanes.addTo(metrics);
        metrics.gauge(MetricNames.NATS_CONNECTED, this, one -> one.publisher.isPresent() ? 1 : 0);
        metrics.rising(MetricNames.NATS_CONNECTS, this, one -> one.connects);
    }
}
