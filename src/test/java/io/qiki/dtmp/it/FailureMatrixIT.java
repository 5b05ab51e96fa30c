package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.CommandBatch;
import io.qiki.dtmp.bus.ComponentFailed;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.journal.EventPage;
import io.qiki.dtmp.journal.EventQuery;
import io.qiki.dtmp.journal.InputLogReader;
import io.qiki.dtmp.journal.LoggedEvent;
import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.InputRecord;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.SafeSet;
import io.qiki.dtmp.testkit.WebHarness;
import io.qiki.dtmp.twin.Replay;
import io.qiki.dtmp.twin.ReplayDifference;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The part of the failure matrix that needs the bus: verticles that fail, hang, throw, answer
 * garbage or late, and come back. What they are asked is caught on its way; each run is written
 * down and done again, so that a tick or a state that was lost would show.
 */
@Timeout(60)
class FailureMatrixIT {
    private static final TwinId TWIN = new TwinId("qiki-1");
    private static final String POISON = "poison";
    private static final int SPEED = 10;
    private static final long SHORT_MILLIS = 1_000;
    private static final long HANGING_MILLIS = 3_600;
    private static final Map<String, String> MEASURED = new TreeMap<>();

    @TempDir private Path folder;

    /** How a verticle breaks. */
    private enum Kind {
        FAILS,
        HANGS,
        THROWS,
        GARBAGE,
        LATE,
        COMES_BACK
    }

    /** The expected rows: what, how, reason of SAFE_MODE, whether it is deployed anew. */
    static Stream<Arguments> cells() {
        String lost = "PROVIDER_UNAVAILABLE";
        String store = "STORE_UNAVAILABLE";
        return Stream.of(
                Arguments.of("simulator", Kind.FAILS, lost, true),
                Arguments.of("simulator", Kind.HANGS, lost, true),
                Arguments.of("simulator", Kind.THROWS, lost, true),
                Arguments.of("simulator", Kind.GARBAGE, lost, true),
                Arguments.of("simulator", Kind.LATE, lost, false),
                Arguments.of("simulator", Kind.COMES_BACK, lost, true),
                Arguments.of("agent", Kind.FAILS, lost, true),
                Arguments.of("agent", Kind.HANGS, lost, true),
                Arguments.of("agent", Kind.THROWS, lost, true),
                Arguments.of("agent", Kind.GARBAGE, lost, true),
                Arguments.of("agent", Kind.LATE, "none", false),
                Arguments.of("agent", Kind.COMES_BACK, lost, true),
                Arguments.of("store", Kind.FAILS, store, false),
                Arguments.of("store", Kind.HANGS, store, false),
                Arguments.of("store", Kind.THROWS, store, false),
                Arguments.of("store", Kind.GARBAGE, store, false),
                Arguments.of("store", Kind.LATE, store, false),
                Arguments.of("store", Kind.COMES_BACK, store, false),
                Arguments.of("web", Kind.FAILS, "none", true),
                Arguments.of("web", Kind.HANGS, "none", false),
                Arguments.of("web", Kind.THROWS, "none", true),
                Arguments.of("web", Kind.GARBAGE, "none", true),
                Arguments.of("web", Kind.LATE, "none", false),
                Arguments.of("web", Kind.COMES_BACK, "none", true));
    }

    /** What is asked of it, by the beginning of the address. */
    private static List<String> addresses(String subject) {
        return switch (subject) {
            case "simulator" -> List.of(Addresses.simAdvance(0));
            case "agent" -> List.of(Addresses.agentTick(0), Addresses.agentBlind(0));
            case "store" -> List.of(Addresses.STORE_COMMIT, Addresses.STORE_ACQUIRE);
            default ->
                    List.of(
                            Addresses.agentReports(0) + ".to.",
                            Addresses.STORE_CHANGES + ".to.",
                            Addresses.TICK_CHANGED);
        };
    }

    @ParameterizedTest(name = "{0} {1}: {2}, deployed anew {3}")
    @MethodSource("cells")
    void shouldCostWhatTheTableSays(String subject, Kind kind, String reason, boolean anew)
            throws Exception {
        Path file = folder.resolve("run.log");
        Vertx vertx = Vertx.vertx();
        Sabotage sabotage = new Sabotage(vertx, addresses(subject), kind);
        vertx.eventBus().addInboundInterceptor(sabotage::pass);
        Topology topology =
                WebHarness.get(Topology.start(Plans.logged(1, new Shards(1), file, false), vertx));
        List<TwinEvent> events;
        StoredState held;
        try {
            await().ignoreExceptions().until(() -> state(topology) == FsmState.ACTIVE);
            WebHarness.get(topology.control(new ControlCommand.Speed(SPEED)));

            // When it breaks, and is well again
            breakIt(vertx, subject, kind, sabotage);

            // Then the agent comes back by itself
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(
                            () ->
                                    state(topology) == FsmState.ACTIVE
                                            && (reason.equals("none") || hasLeftSafeMode(vertx)));
            await().atMost(Duration.ofSeconds(10)).until(() -> topology.health().ready());
            WebHarness.get(topology.control(new ControlCommand.Pause()));
            events = events(vertx);
            held = WebHarness.get(new StateStoreClient(vertx).state(TWIN, 1)).state();
        } finally {
            WebHarness.get(topology.close());
        }
        String row = row(subject, kind, events, file, held, sabotage);
        MEASURED.put(subject + kind.ordinal(), row);
        assertThat(row)
                .isEqualTo(
                        String.join(
                                " | ",
                                subject,
                                kind.name(),
                                reason,
                                reason.equals("none") ? "-" : "<= 3",
                                reason.equals("none") ? "-" : "19..22",
                                anew ? "deployed anew" : "goes on",
                                "0 | 0 | 0"));
    }

    private static void breakIt(Vertx vertx, String subject, Kind kind, Sabotage sabotage)
            throws InterruptedException {
        if (subject.equals("web") && kind != Kind.HANGS && kind != Kind.LATE) {
            breakWeb(vertx, kind);
            return;
        }
        int times = kind == Kind.COMES_BACK ? 2 : 1;
        long millis = kind == Kind.HANGS ? HANGING_MILLIS : SHORT_MILLIS;
        for (int i = 0; i < times; i++) {
            sabotage.broken = true;
            await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
            sabotage.broken = false;
            await().pollDelay(Duration.ofMillis(50)).until(() -> true);
        }
    }

    private static void breakWeb(Vertx vertx, Kind kind) {
        ComponentFailed reported =
                new ComponentFailed("web", ComponentFailed.NO_SHARD, "broken on purpose");
        int times = kind == Kind.FAILS ? 1 : kind == Kind.COMES_BACK ? 2 : 3;
        for (int i = 0; i < times; i++) {
            if (times < 3) {
                vertx.eventBus().publish(Addresses.COMPONENT_FAILED, reported);
                await().pollDelay(Duration.ofMillis(SHORT_MILLIS)).until(() -> true);
            } else {
                vertx.eventBus().publish(Addresses.TICK_CHANGED, kind.name());
            }
        }
        await().pollDelay(Duration.ofMillis(SHORT_MILLIS)).until(() -> true);
    }

    @AfterAll
    static void print() {
        System.out.println(
                "what | how | reason | ticks from detectable to SAFE_MODE | ticks to recovery |"
                        + " verticle | unsafe actions | ticks lost | state lost");
        MEASURED.values().forEach(System.out::println);
    }

    private static FsmState state(Topology topology) throws Exception {
        return WebHarness.get(topology.twins()).get(0).state();
    }

    private static String row(
            String subject,
            Kind kind,
            List<TwinEvent> events,
            Path file,
            StoredState held,
            Sabotage sabotage)
            throws IOException {
        List<InputRecord> records = records(file);
        Replay replay = new Replay(Plans.setup(), List.of(TWIN), List.of(List.of(TWIN)));
        long differences =
                records.stream()
                        .map(replay::apply)
                        .flatMap(Optional::stream)
                        .map(ReplayDifference::text)
                        .count();
        long stateLost = differences + (replay.store().get(TWIN).equals(Optional.of(held)) ? 0 : 1);
        String reason = "none";
        long sign = -1;
        long entered = -1;
        long left = -1;
        long firstBack = -1;
        long back = -1;
        for (TwinEvent event : events) {
            boolean entry =
                    event.type().equals("safe_mode") && "entered".equals(event.data().get("phase"));
            if (entry && entered < 0) {
                reason = event.reason();
                entered = event.tick();
            } else if (event.type().equals("safe_mode")
                    && "left".equals(event.data().get("phase"))) {
                left = event.tick();
            } else if (sign < 0 && isSign(event)) {
                sign = event.tick();
            } else if (event.type().equals("agent.reborn")
                    || event.reason().equals("back")
                    || event.reason().equals("committed-again")) {
                firstBack = firstBack < 0 ? event.tick() : firstBack;
                back = event.tick();
            }
        }
        // what has been dead itself can tell from its first tick on; it may be restarted once more
        sign = subject.equals("agent") ? firstBack : sign;
        boolean inTime = sign >= 0 && Math.abs(entered - sign) <= 3;
        boolean recovered = left - back <= 22 && left - back >= 19;
        boolean anew = events.stream().anyMatch(event -> event.type().equals("restart"));
        return String.join(
                " | ",
                subject,
                kind.name(),
                reason,
                entered < 0 ? "-" : inTime ? "<= 3" : "sign " + sign + " entered " + entered,
                entered < 0 ? "-" : recovered ? "19..22" : "back " + back + " left " + left,
                anew ? "deployed anew" : "goes on",
                unsafe(events, sabotage.sent) + " | " + ticksLost(records) + " | " + stateLost);
    }

    /** Everything that was noted; the agent's own commands come page by page. */
    private static List<TwinEvent> events(Vertx vertx) throws Exception {
        List<LoggedEvent> all = new ArrayList<>();
        OptionalLong before = OptionalLong.of(Long.MAX_VALUE);
        while (before.isPresent()) {
            EventQuery query = EventQuery.newest(EventQuery.MAX_LIMIT).before(before.getAsLong());
            EventPage page = WebHarness.get(new EventLogClient(vertx).read(query));
            all.addAll(0, page.events());
            before = page.next();
        }
        return all.stream().map(LoggedEvent::event).toList();
    }

    private static boolean hasLeftSafeMode(Vertx vertx) throws Exception {
        return events(vertx).stream()
                .anyMatch(
                        event ->
                                event.type().equals("safe_mode")
                                        && "left".equals(event.data().get("phase")));
    }

    private static boolean isSign(TwinEvent event) {
        return event.type().equals("provider") && event.reason().equals("lost")
                || event.type().equals("store") && event.reason().equals("not-committed");
    }

    /**
     * Commands beyond the safe set that left while in SAFE_MODE. Ticks may go back on a restart:
     * the order of the log counts, but for what was decided just before and told late.
     */
    private static long unsafe(List<TwinEvent> events, Map<String, ActuatorCommand> sent) {
        boolean safe = false;
        boolean reborn = false;
        long entered = 0;
        long checked = 0;
        long unsafe = 0;
        for (TwinEvent event : events) {
            if (event.type().equals("safe_mode")) {
                boolean entry = "entered".equals(event.data().get("phase"));
                entered = entry ? event.tick() : entered;
                reborn = reborn && !entry;
                safe = entry || safe && !"left".equals(event.data().get("phase"));
            }
            reborn |= event.type().equals("agent.reborn");
            ActuatorCommand command = sent.get(event.data().getOrDefault("command_id", ""));
            if (safe
                    && command != null
                    && event.reason().equals("REQUESTED")
                    && (reborn || event.tick() >= entered)) {
                checked++;
                unsafe += SafeSet.holds(command) ? 0 : 1;
            }
        }
        assertThat(checked)
                .as("commands that left in SAFE_MODE")
                .isGreaterThanOrEqualTo(entered > 0 ? 3 : 0);
        return unsafe;
    }

    /** Ticks of the worlds that were neither answered nor noted as missed, and gaps. */
    private static long ticksLost(List<InputRecord> records) {
        long lost = 0;
        long tick = 0;
        boolean open = false;
        boolean answered = false;
        for (InputRecord record : records) {
            if (record instanceof InputRecord.Advanced advanced) {
                long next = advanced.ticks().get(0);
                lost += open ? 1 : 0;
                lost += next > tick + 1 ? next - tick - 1 : 0;
                tick = next;
                open = true;
                answered = false;
            } else if (record instanceof InputRecord.Answered) {
                answered = true;
            } else if (record instanceof InputRecord.WorldsRestarted) {
                open = false;
            } else if (record instanceof InputRecord.Finished finished) {
                lost += finished.missed() || answered ? 0 : 1;
                open = false;
            }
        }
        return lost;
    }

    private static List<InputRecord> records(Path file) throws IOException {
        List<InputRecord> all = new ArrayList<>();
        try (InputLogReader reader = new InputLogReader(file)) {
            Optional<InputRecord> next = reader.next();
            while (next.isPresent()) {
                all.add(next.get());
                next = reader.next();
            }
        }
        return all;
    }

    /** Catches what a verticle is asked. */
    private static final class Sabotage {
        private static final long LATE_MILLIS = 600;

        private final Vertx vertx;
        private final List<String> addresses;
        private final Kind kind;
        private final Map<String, ActuatorCommand> sent = new ConcurrentHashMap<>();
        private volatile boolean broken;

        Sabotage(Vertx vertx, List<String> addresses, Kind kind) {
            this.vertx = vertx;
            this.addresses = addresses;
            this.kind = kind;
        }

        void pass(DeliveryContext<Object> delivery) {
            var message = delivery.message();
            if (message.body() instanceof CommandBatch batch) {
                batch.orders().forEach(one -> one.commands().forEach(this::note));
            }
            if (!broken
                    || addresses.stream().noneMatch(message.address()::startsWith)
                    || message.headers().contains(POISON)) {
                delivery.next();
                return;
            }
            switch (kind) {
                case FAILS, COMES_BACK -> message.fail(1, "broken on purpose");
                case HANGS -> {
                    // Nobody answers.
                }
                case THROWS -> poison(delivery);
                case GARBAGE -> message.reply("garbage");
                case LATE -> vertx.setTimer(LATE_MILLIS, id -> delivery.next());
            }
        }

        private void note(ActuatorCommand command) {
            sent.put(command.id().toString(), command);
        }

        /** The verticle gets something that makes its turn throw. */
        private void poison(DeliveryContext<Object> delivery) {
            vertx.eventBus()
                    .request(
                            delivery.message().address(),
                            POISON,
                            new DeliveryOptions()
                                    .setLocalOnly(true)
                                    .setSendTimeout(250)
                                    .addHeader(POISON, "true"))
                    .onFailure(cause -> delivery.message().fail(1, "threw"));
        }
    }
}
