package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.SimShard;
import io.qiki.dtmp.sim.SimVault;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.store.StoreLimits;
import io.qiki.dtmp.telemetry.Metrics;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Engines on workers: whatever they do, the agents tick on, and only their own proposals suffer.
 */
@Timeout(30)
class GuestClientTest {
    private static final TwinId ONE = new TwinId("qiki-1");
    private static final TwinId TWO = new TwinId("qiki-2");
    private static final List<TwinId> TWINS = List.of(ONE, TWO);
    private static final Drafts.Purpose PURPOSE =
            new Drafts.Purpose("guest", Proposal.Type.EXPLORATION, 0.2, 0.9);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Metrics metrics = new Metrics();
    private final StateStore store = new StateStore(new StoreLimits(4, 64, 4));
    private final List<TwinEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final SimShard worlds =
            new SimShard(0, new World(WorldSettings.of(4), TWINS), new SimVault(), InputSink.NONE);
    private final AgentShard agents =
            new AgentShard(
                    Flight.settings(Mission.standard()),
                    4,
                    TWINS,
                    "test",
                    new Port(),
                    twin -> PhaseListener.NONE);
    private volatile GuestEngineBody body = GuestClientTest::look;
    private GuestClient guests;
    private AgentBatch last;

    /** What the guest does. */
    private interface GuestEngineBody {
        List<Proposal> propose(Observation seen, Drafts drafts) throws Exception;
    }

    private final class Guest implements GuestEngine {
        @Override
        public String id() {
            return "guest";
        }

        @Override
        public List<Proposal> propose(Observation seen, FsmSnapshot state, Drafts drafts)
                throws Exception {
            asked.incrementAndGet();
            return body.propose(seen, drafts);
        }
    }

    private final class Port implements CommitPort {
        @Override
        public void acquire(
                TwinId twin, String writer, long floor, Consumer<Optional<StoredState>> answer) {
            answer.accept(Optional.of(store.acquire(twin, writer, floor)));
        }

        @Override
        public void commit(List<StateCommit> batch, Consumer<List<StateAck>> answer) {
            answer.accept(store.commit(batch));
        }
    }

    @BeforeEach
    void open() throws Exception {
        guests =
                on(
                        () ->
                                new GuestClient(
                                        vertx,
                                        agents,
                                        new GuestClient.Guests(4, List.of(new Guest())),
                                        metrics,
                                        events::addAll));
    }

    @AfterEach
    void close() throws Exception {
        on(
                () -> {
                    guests.close();
                    return 0;
                });
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        metrics.close();
    }

    private static List<Proposal> look(Observation seen, Drafts drafts) {
        return List.of(
                drafts.proposal(PURPOSE, List.of(), "look at tick " + seen.tick(), Activity.NONE));
    }

    @Test
    void shouldCountAnAnswerAtTheTickItArrivesFor() throws Exception {
        // Given
        tickUntilActive();

        // When
        int before = asked.get();
        tick();
        await().until(() -> asked.get() >= before + TWINS.size());
        await().until(() -> waiting() == 0);
        tick();

        // Then each twin has its own, under an id of its own
        List<Proposal> one = proposals(0);
        List<Proposal> two = proposals(1);
        assertThat(one).hasSize(1);
        assertThat(two).hasSize(1);
        assertThat(one.get(0).id()).isNotEqualTo(two.get(0).id());
        assertThat(one.get(0).justification()).isEqualTo(two.get(0).justification());
    }

    @Test
    void shouldTickOnWhileAnEngineHangsAndDropItsAnswer() throws Exception {
        // Given an engine that does not return
        tickUntilActive();
        await().until(() -> waiting() == 0);
        CountDownLatch release = new CountDownLatch(1);
        body =
                (seen, drafts) -> {
                    release.await();
                    return look(seen, drafts);
                };

        // When
        for (int i = 0; i < GuestClient.QUARANTINE_TICKS + 10; i++) {
            tick();
        }

        // Then
        assertThat(last.twins()).allMatch(TwinTick::committed);
        assertThat(state()).isEqualTo(FsmState.ACTIVE);
        assertThat(events)
                .extracting(TwinEvent::reason)
                .containsExactly("quarantined", "quarantined");
        assertThat(metrics.scrape())
                .contains("qiki_agent_guest_quarantined_total{engine=\"guest\"} 1.0");

        // And when it comes back its answer is dropped, and it is asked again
        body = GuestClientTest::look;
        release.countDown();
        await().until(() -> waiting() == 0);
        assertThat(events).extracting(TwinEvent::reason).contains("answers-again");
        tick();
        assertThat(proposals(0)).isEmpty();
        await().until(() -> waiting() == 0);
        tick();
        assertThat(proposals(0)).hasSize(1);
    }

    @Test
    void shouldTellOnceOfAnEngineThatThrowsAndAskTheOtherTwins() throws Exception {
        // Given
        tickUntilActive();
        await().until(() -> waiting() == 0);
        body =
                (seen, drafts) -> {
                    if (seen.twin().equals(ONE)) {
                        throw new StackOverflowError("on purpose");
                    }
                    return look(seen, drafts);
                };
        tick();
        await().until(() -> waiting() == 0);

        // When
        for (int i = 0; i < 5; i++) {
            tick();
            await().until(() -> waiting() == 0);
        }

        // Then
        tick();
        assertThat(proposals(0)).isEmpty();
        assertThat(proposals(1)).hasSize(1);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).reason()).isEqualTo("failed");
        assertThat(events.get(0).data().get("cause")).contains("on purpose");
    }

    @Test
    void shouldTakeNoMoreThanItsShareAndNothingUnderAForeignName() throws Exception {
        tickUntilActive();
        await().until(() -> waiting() == 0);
        body =
                (seen, drafts) -> {
                    List<Proposal> many = new ArrayList<>();
                    for (int i = 0; i < 200; i++) {
                        many.addAll(look(seen, drafts));
                    }
                    return many;
                };
        tick();
        await().until(() -> waiting() == 0);
        body =
                (seen, drafts) ->
                        List.of(
                                drafts.proposal(
                                        new Drafts.Purpose("mission", Proposal.Type.PLANNING, 1, 1),
                                        List.of(),
                                        "not mine",
                                        Activity.NONE));
        tick();
        assertThat(proposals(0)).hasSize(EngineRound.MAX_PROPOSALS);
        await().until(() -> waiting() == 0);
        tick();
        assertThat(last.twins().get(0).output().decision().proposals())
                .extracting(judged -> judged.proposal().justification())
                .doesNotContain("not mine");
        assertThat(state()).isEqualTo(FsmState.ACTIVE);
    }

    private void tickUntilActive() throws Exception {
        body = (seen, drafts) -> List.of();
        for (int i = 0; i < 20; i++) {
            tick();
        }
        await().until(() -> waiting() == 0);
        body = GuestClientTest::look;
        assertThat(state()).isEqualTo(FsmState.ACTIVE);
    }

    private FsmState state() {
        return last.twins().get(0).output().snapshot().state();
    }

    private List<Proposal> proposals(int place) {
        return last.twins().get(place).output().decision().proposals().stream()
                .map(JudgedProposal::proposal)
                .filter(proposal -> proposal.source().equals("guest"))
                .toList();
    }

    private void tick() throws Exception {
        on(
                () -> {
                    SensedBatch seen = worlds.advance();
                    agents.tick(seen, batch -> last = batch);
                    worlds.take(last.turn(), last.orders());
                    worlds.finish(false);
                    guests.ask(seen.sensed(), last);
                    return 0;
                });
    }

    /** Engines that have not answered. */
    private int waiting() throws Exception {
        return on(guests::waiting);
    }

    private <T> T on(Callable<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(
                turn -> {
                    try {
                        done.complete(work.call());
                    } catch (Exception e) {
                        done.completeExceptionally(e);
                    }
                });
        return done.get(10, TimeUnit.SECONDS);
    }
}
