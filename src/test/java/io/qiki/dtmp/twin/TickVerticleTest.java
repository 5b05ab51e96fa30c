package io.qiki.dtmp.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.ReferenceCodec;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.journal.EventLog;
import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.journal.EventLogVerticle;
import io.qiki.dtmp.journal.EventQuery;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.SimClient;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.telemetry.Metrics;
import io.qiki.dtmp.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The verticle against two shards made by hand; its clock stands unless the test moves it. */
@Timeout(30)
class TickVerticleTest {
    private static final long MS = 1_000_000;
    private static final TwinId TWIN = new TwinId("qiki-1");

    private final AtomicLong clock = new AtomicLong(1_000 * MS);
    private final AtomicInteger[] advances = {new AtomicInteger(), new AtomicInteger()};
    private final AtomicInteger resets = new AtomicInteger();
    private final Deque<Message<?>> held = new ArrayDeque<>();
    private volatile boolean holding;
    private MessageConsumer<?> secondReset;
    private Vertx vertx;
    private TickClient client;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        ReferenceCodec.install(vertx.eventBus());
        for (int shard = 0; shard < 2; shard++) {
            int index = shard;
            vertx.eventBus().localConsumer(Addresses.simAdvance(shard), m -> onAdvance(index, m));
            secondReset = vertx.eventBus().localConsumer(Addresses.simReset(shard), this::onReset);
        }
        get(
                vertx.deployVerticle(
                        new TickVerticle(
                                new TickConfig(100 * MS, 5, 1, List.of(0, 1), List.of(TWIN)),
                                new Telemetry(new HealthRegistry(Clock.systemUTC()), new Metrics()),
                                new PaceVault(),
                                clock::get)));
        client = new TickClient(vertx);
    }

    @AfterEach
    void close() throws Exception {
        holding = false;
        release();
        get(vertx.close());
    }

    @Test
    void shouldStandUntilStartedAndThenTickOncePerPeriod() throws Exception {
        // Given
        assertThat(get(client.status()).runState()).isEqualTo(RunState.STOPPED);

        // When: the first tick is due at once
        get(client.control(new ControlCommand.Start()));
        await().until(() -> advances[0].get() == 1 && advances[1].get() == 1);
        // Then: the next one when the clock has moved
        clock.addAndGet(100 * MS);
        await().until(() -> advances[0].get() == 2 && advances[1].get() == 2);
        assertThat(get(client.status()).slips()).isZero();
    }

    @Test
    void shouldRunTheTicksOfAStepWhenPausedOnly() throws Exception {
        assertThatThrownBy(() -> get(client.control(new ControlCommand.Step(3))))
                .hasRootCauseMessage("sim.step needs PAUSED; it is STOPPED");
        pause();
        int before = advances[0].get();

        RunStatus status = get(client.control(new ControlCommand.Step(3)));

        assertThat(advances[0].get()).isEqualTo(before + 3);
        assertThat(advances[1].get()).isEqualTo(before + 3);
        assertThat(status.runState()).isEqualTo(RunState.PAUSED);
    }

    @Test
    void shouldNotCallAStepDoneThatWasCutShort() throws Exception {
        // Given a step of many ticks of which the first is under way
        pause();
        holding = true;
        Future<RunStatus> step = client.control(new ControlCommand.Step(1000));
        await().until(() -> heldCount() == 2);

        // When somebody starts
        get(client.control(new ControlCommand.Start()));
        holding = false;
        release();

        // Then
        assertThatThrownBy(() -> get(step))
                .hasRootCauseMessage("sim.step made 1 of 1000 ticks: the run state became RUNNING");
    }

    @Test
    void shouldLetOnlySoManyCommandsWait() throws Exception {
        // Given
        pause();
        holding = true;
        List<Future<RunStatus>> steps = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            steps.add(client.control(new ControlCommand.Step(1)));
        }
        await().until(() -> heldCount() == 2);

        // When, then
        assertThatThrownBy(() -> get(client.control(new ControlCommand.Reset())))
                .rootCause()
                .hasMessageContaining("16 control commands wait already");
        holding = false;
        release();
        for (Future<RunStatus> step : steps) {
            get(step);
        }
        get(client.control(new ControlCommand.Reset()));
    }

    @Test
    void shouldPauseOnlyWhenRunningAndWithNoTickUnderWay() throws Exception {
        // Given: a tick that does not end
        assertThatThrownBy(() -> get(client.control(new ControlCommand.Pause())))
                .hasRootCauseMessage("sim.pause needs RUNNING; it is STOPPED");
        holding = true;
        get(client.control(new ControlCommand.Start()));
        await().until(() -> heldCount() == 2);

        // When
        Future<RunStatus> paused = client.control(new ControlCommand.Pause());
        RunStatus meanwhile = get(client.status());

        // Then
        assertThat(meanwhile.runState()).isEqualTo(RunState.PAUSED);
        assertThat(paused.isComplete()).isFalse();
        holding = false;
        release();
        assertThat(get(paused).ticks()).isEqualTo(1);
    }

    @Test
    void shouldNotOverlapTicksAndCountASlip() throws Exception {
        // Given: a tick under way for three and a half periods
        holding = true;
        get(client.control(new ControlCommand.Start()));
        await().until(() -> heldCount() == 2);
        clock.addAndGet(350 * MS);

        // When
        holding = false;
        release();
        await().until(() -> advances[0].get() == 2);

        // Then: one slip, no burst
        assertThat(get(client.status()).slips()).isEqualTo(1);
        assertThat(advances[0].get()).isEqualTo(2);
    }

    @Test
    void shouldKeepRunStateAndSpeedOverAReset() throws Exception {
        get(client.control(new ControlCommand.Speed(5)));
        get(client.control(new ControlCommand.Start()));

        RunStatus status = get(client.control(new ControlCommand.Reset()));

        assertThat(resets.get()).isEqualTo(2);
        assertThat(status.runState()).isEqualTo(RunState.RUNNING);
        assertThat(status.speed()).isEqualTo(5);
    }

    @Test
    void shouldResetAShardOnceItIsBackWhileTicksGoOn() throws Exception {
        // Given a shard that is just being restarted
        get(client.control(new ControlCommand.Start()));
        await().until(() -> advances[0].get() == 1);
        get(secondReset.unregister());

        // When
        Future<RunStatus> reset = client.control(new ControlCommand.Reset());
        await().until(() -> resets.get() == 1);
        clock.addAndGet(100 * MS);
        await().until(() -> advances[0].get() == 2);

        // Then
        assertThat(reset.isComplete()).isFalse();
        vertx.eventBus().localConsumer(Addresses.simReset(1), this::onReset);
        assertThat(get(reset).runState()).isEqualTo(RunState.RUNNING);
        assertThat(resets.get()).isEqualTo(2);
    }

    @Test
    void shouldNotRepeatAResetThatWasRefused() throws Exception {
        // Given
        get(secondReset.unregister());
        vertx.eventBus()
                .<Object>localConsumer(
                        Addresses.simReset(1),
                        message -> {
                            resets.incrementAndGet();
                            Replies.fail(
                                    message, new RequestFailed(FailureCode.WRONG_STATE, "not now"));
                        });

        // When, then
        assertThatThrownBy(() -> get(client.control(new ControlCommand.Reset())))
                .hasRootCauseMessage("shard 1 is not reset: not now");
        assertThat(resets.get()).isEqualTo(2);
    }

    @Test
    void shouldRunSeveralTicksPerFiringAtHighSpeed() throws Exception {
        get(client.control(new ControlCommand.StartAt(100)));

        await().until(() -> advances[0].get() == 10);

        assertThat(get(client.status()).slips()).isZero();
    }

    @Test
    void shouldGoOnWithoutAShardThatDoesNotAnswer() throws Exception {
        // Given: both shards silent
        holding = true;
        get(client.control(new ControlCommand.Start()));
        await().until(() -> heldCount() == 2);

        // When: the limit of an advance passes
        await().atMost(SimClient.ADVANCE_LIMIT_MILLIS + 5_000, TimeUnit.MILLISECONDS)
                .until(() -> get(client.status()).failedAdvances() == 2);

        // Then
        holding = false;
        clock.addAndGet(100 * MS);
        await().until(() -> advances[0].get() == 2);
    }

    @Test
    void shouldWriteControlCommandsDown() throws Exception {
        // Given
        get(vertx.deployVerticle(new EventLogVerticle(new EventLog(10))));
        get(client.control(new ControlCommand.Start()));
        await().until(() -> advances[0].get() == 1);

        // When
        get(client.control(new ControlCommand.Pause()));

        // Then
        EventLogClient log = new EventLogClient(vertx);
        await().until(() -> get(log.read(EventQuery.newest(10))).events().size() == 2);
        TwinEvent paused = get(log.read(EventQuery.newest(1))).events().get(0).event();
        assertThat(paused.type()).isEqualTo("command");
        assertThat(paused.twin()).isEqualTo(TWIN);
        assertThat(paused.reason()).isEqualTo("sim.pause");
        assertThat(paused.data()).containsEntry("run_state", "PAUSED");
        assertThat(paused.tick()).isEqualTo(1);
        assertThat(paused.step()).isEqualTo(5);
    }

    private void pause() throws Exception {
        get(client.control(new ControlCommand.Start()));
        get(client.control(new ControlCommand.Pause()));
    }

    private void onAdvance(int shard, Message<Object> message) {
        advances[shard].incrementAndGet();
        if (holding) {
            synchronized (held) {
                held.add(message);
            }
        } else {
            answer(message);
        }
    }

    private void onReset(Message<Object> message) {
        resets.incrementAndGet();
        message.reply("");
    }

    private int heldCount() {
        synchronized (held) {
            return held.size();
        }
    }

    private void release() {
        synchronized (held) {
            held.forEach(TickVerticleTest::answer);
            held.clear();
        }
    }

    private static void answer(Message<?> message) {
        message.reply(new SimClient.Advanced(0, 1, false));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
