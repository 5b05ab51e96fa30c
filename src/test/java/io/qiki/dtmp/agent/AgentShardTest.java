package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.EngineAnswer;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.store.StoreLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Commits before commands; conflicts, fencing, late answers, and twins that do not disturb others.
 */
@Timeout(30)
class AgentShardTest {
    private static final TwinId A = new TwinId("a");
    private static final TwinId B = new TwinId("b");
    private final StateStore store = new StateStore(new StoreLimits(4, 64, 4));
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<StateCommit> commits = new ArrayList<>();
    private boolean late;
    private boolean losesAnswer;
    private final World world = new World(WorldSettings.of(1), List.of(A, B));
    private final AgentShard shard =
            new AgentShard(
                    Flight.settings(Mission.standard()),
                    1,
                    List.of(A, B),
                    "test",
                    port(),
                    twin -> PhaseListener.NONE);
    private AgentBatch last;
    private long tick = -1;

    private CommitPort port() {
        return new CommitPort() {
            @Override
            public void acquire(
                    TwinId twin,
                    String writer,
                    long floor,
                    Consumer<Optional<StoredState>> answer) {
                answer.accept(Optional.of(store.acquire(twin, writer, floor)));
            }

            @Override
            public void commit(List<StateCommit> batch, Consumer<List<StateAck>> answer) {
                commits.addAll(batch);
                List<StateAck> acks = store.commit(batch);
                if (late) {
                    waiting.add(() -> answer.accept(acks));
                } else {
                    answer.accept(losesAnswer ? List.of() : acks);
                }
            }
        };
    }

    private SensedBatch look() {
        tick++;
        if (tick > 0) {
            world.advance(WorldSettings.DEFAULT_STEPS_PER_TICK);
        }
        return new SensedBatch(
                tick + 1,
                List.of(
                        new SensedInput.Seen(world.observe(0, tick)),
                        new SensedInput.Seen(world.observe(1, tick))));
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            shard.tick(look(), batch -> last = batch);
            act();
        }
    }

    private void act() {
        for (int i = 0; i < 2; i++) {
            TwinTick one = last.twins().get(i);
            if (one.epoch() > 0) {
                world.agentBatch(i, one.epoch(), one.commands());
            }
        }
    }

    @Test
    void shouldCommitEveryTwinEachTickWithItsEpochAndVersion() {
        ticks(10);
        assertThat(commits).hasSize(20);
        assertThat(last.twins()).allMatch(TwinTick::committed);
        for (TwinTick one : last.twins()) {
            assertThat(one.stored()).isEqualTo(store.get(one.twin()));
            assertThat(one.epoch()).isEqualTo(1);
            assertThat(one.output().snapshot().state()).isEqualTo(FsmState.ACTIVE);
        }
    }

    @Test
    void shouldHandNothingOutBeforeTheAnswer() {
        ticks(5);
        late = true;
        AgentBatch before = last;
        shard.tick(look(), batch -> last = batch);
        assertThat(last).isSameAs(before);
        assertThatThrownBy(() -> shard.tick(new SensedBatch(1, List.of()), batch -> {}))
                .hasMessageContaining("must wait");
        waiting.remove(0).run();
        assertThat(last.turn()).isEqualTo(tick + 1);
        assertThat(last.twins()).allMatch(TwinTick::committed);
    }

    @Test
    void shouldCorrectTheVersionAfterALostAnswer() {
        // Given an answer that got lost after the store had accepted a change
        shard.tick(look(), batch -> last = batch);
        act();
        losesAnswer = true;
        shard.tick(look(), batch -> last = batch);
        act();
        assertThat(last.twins()).noneMatch(TwinTick::committed);
        losesAnswer = false;

        // When the agent ticks on
        ticks(1);

        // Then the commit is accepted, and the agent flies
        assertThat(last.twins()).allMatch(TwinTick::committed);
        ticks(5);
        assertThat(last.twins().get(0).output().snapshot().state()).isEqualTo(FsmState.ACTIVE);
    }

    @Test
    void shouldStandDownWhenSomebodyNewerWrites() {
        ticks(5);
        store.acquire(A, "newer", 0);
        ticks(6);
        TwinTick fenced = last.twins().get(0);
        assertThat(fenced.committed()).isFalse();
        assertThat(fenced.epoch()).isZero();
        assertThat(fenced.commands()).isEmpty();
        assertThat(fenced.output().snapshot().reason()).isEqualTo(SafeModeReason.STORE_UNAVAILABLE);
        assertThat(store.writer(A)).contains("newer");
        assertThat(last.twins().get(1).committed()).isTrue();
        assertThat(last.twins().get(1).output().snapshot().state()).isEqualTo(FsmState.ACTIVE);
    }

    @Test
    void shouldTakeAForeignObservationForNone() {
        ticks(5);
        List<SensedInput> inputs = look().sensed();
        shard.tick(
                new SensedBatch(9, List.of(inputs.get(1), inputs.get(1))), batch -> last = batch);
        assertThat(last.twins().get(0).output().events())
                .anyMatch(
                        event ->
                                event.type().equals("provider")
                                        && event.data().get("cause").contains("wanted a"));
        assertThat(last.twins().get(1).output().snapshot().state()).isEqualTo(FsmState.ACTIVE);
    }

    @Test
    void shouldBoundTheRequestsOfTheOperator() {
        assertThat(shard.request(new TwinId("nobody"), OperatorRequest.IDLE)).isFalse();
        for (int i = 0; i < AgentShard.MAX_REQUESTS; i++) {
            assertThat(shard.request(A, OperatorRequest.IDLE)).isTrue();
        }
        assertThat(shard.request(A, OperatorRequest.IDLE)).isFalse();
        ticks(1);
        assertThat(shard.request(A, OperatorRequest.IDLE)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(OperatorRequest.class)
    void shouldDropWhatWasAskedInALifeThatIsOver(OperatorRequest request) {
        // Given a request that waits for the next tick
        ticks(5);
        shard.request(A, request);

        // When the worlds begin anew before that tick
        world.reset(0);
        world.reset(1);
        tick = -1;
        ticks(10);

        // Then the new life is that of its neighbour, whom nobody asked for anything
        assertThat(last.twins().get(0).output().snapshot())
                .isEqualTo(last.twins().get(1).output().snapshot());
        assertThat(shard.state(A).memory()).isEqualTo(shard.state(B).memory());
    }

    @Test
    void shouldKeepARequestForALifeThatIsToCome() {
        // Given an agent that has not seen the incarnation in which an operator asks
        ticks(5);
        shard.request(A, OperatorRequest.SAFE_MODE, 1);
        ticks(1);
        assertThat(shard.state(A).memory().held()).isFalse();

        // When it sees it
        world.reset(0);
        world.reset(1);
        tick = -1;
        ticks(1);

        // Then
        assertThat(shard.state(A).memory().held()).isTrue();
        assertThat(shard.state(B).memory().held()).isFalse();
    }

    @Test
    void shouldDropAnswersOfEnginesToALifeThatIsOver() {
        // Given an answer that would be told as improper when it is heard
        EngineAnswer foreign = new EngineAnswer("guest", 1, List.of(proposalOf("somebody-else")));
        ticks(5);
        assertThat(shard.answer(A, foreign)).isTrue();
        assertThat(shard.answer(B, foreign)).isTrue();

        // When only one of the worlds begins anew
        world.reset(0);
        SensedBatch next = look();
        shard.tick(
                new SensedBatch(
                        next.number(),
                        List.of(new SensedInput.Seen(world.observe(0, 0)), next.sensed().get(1))),
                batch -> last = batch);

        // Then
        assertThat(refusedOf(0)).isFalse();
        assertThat(refusedOf(1)).isTrue();
    }

    private static Proposal proposalOf(String source) {
        return new Proposal(
                new UUID(1, 1),
                source,
                Proposal.Type.PLANNING,
                0.5,
                0.5,
                List.of(),
                "test",
                10,
                List.of(),
                List.of(),
                Activity.NONE);
    }

    private boolean refusedOf(int place) {
        return last.twins().get(place).output().events().stream()
                .anyMatch(event -> event.type().equals("engine"));
    }

    @Test
    void shouldSendTheAnswerOfARefusalToTheAgent() {
        ticks(3);
        store.acquire(A, "newer", 0);
        ticks(2);
        assertThat(last.twins().get(0).output().events())
                .anyMatch(
                        event ->
                                event.type().equals("store")
                                        && event.data()
                                                .get("cause")
                                                .equals(FailureCode.STORE_FENCED.text()));
    }
}
