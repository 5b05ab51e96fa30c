package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.testkit.GrpcCaller;
import io.qiki.dtmp.testkit.GrpcCaller.Stream;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream.Builder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import qiki.agent.v1.Answer;
import qiki.agent.v1.EngineMessage;
import qiki.agent.v1.EngineServiceGrpcClient;
import qiki.agent.v1.Hello;
import qiki.mind.Proposal.ProposalType;
import qiki.twin.v1.Activity;
import qiki.twin.v1.Decision;
import qiki.twin.v1.JudgedProposal;
import qiki.twin.v1.Observation;
import qiki.twin.v1.Proposal;
import qiki.twin.v1.TwinServiceGrpcClient;
import qiki.twin.v1.WatchRequest;

/** Engines of other processes: good ones are heard, all others cost their own proposals only. */
@Timeout(60)
class EngineServiceIT {
    private Topology topology;
    private Vertx client;
    private GrpcCaller caller;

    @BeforeEach
    void start() throws Exception {
        topology = WebHarness.get(Topology.start(Plans.demo(1)));
        client = Vertx.vertx();
        caller = new GrpcCaller(client, topology.grpcPort());
        await().ignoreExceptions().until(() -> state() == FsmState.ACTIVE);
    }

    @AfterEach
    void stop() throws Exception {
        caller.close();
        WebHarness.get(client.close());
        WebHarness.get(topology.close());
    }

    @Test
    void shouldHearAGoodEngineAmongBadOnes() throws Exception {
        // Given one that answers, one that hangs, one that floods and one that vanishes
        Stream<EngineMessage, Observation> good = attach("good");
        Stream<EngineMessage, Observation> hanging = attach("hanging");
        Vertx other = Vertx.vertx();
        GrpcCaller flood = new GrpcCaller(other, topology.grpcPort());
        Stream<EngineMessage, Observation> flooding =
                flood.stream(EngineServiceGrpcClient.Attach, hello("flooding"));
        Stream<EngineMessage, Observation> vanishing = attach("vanishing");
        var decisions =
                caller.stream(
                        TwinServiceGrpcClient.WatchDecisions, WatchRequest.getDefaultInstance());
        await().until(() -> !flooding.messages().isEmpty() && !vanishing.messages().isEmpty());
        vanishing.cancel();

        // When
        long flooded = flooding.messages().get(0).getTick();
        for (int i = 0; i < 20_000; i++) {
            flooding.send(answer(flooded, proposal("flooding", 0.2)));
        }
        answerFor(good, "good", Duration.ofSeconds(4));

        // Then
        WebHarness.get(other.close());
        List<Decision> made = decisions.messages();
        assertThat(proposals(made, "good")).isGreaterThan(25);
        assertThat(accepted(made, "good")).isEqualTo(proposals(made, "good"));
        assertThat(proposals(made, "hanging")).isZero();
        assertThat(made).allMatch(one -> perSource(one, "flooding") <= 1);
        assertThat(state()).isEqualTo(FsmState.ACTIVE);
        assertThat(hanging.over()).isFalse();
        for (int i = 1; i < made.size(); i++) {
            assertThat(made.get(i).getTick() - made.get(i - 1).getTick())
                    .isEqualTo(1 + made.get(i).getMissed());
        }
    }

    /** Answers every observation for a while. */
    private static void answerFor(
            Stream<EngineMessage, Observation> engine, String id, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        int[] answered = {engine.messages().size()};
        await().atMost(time.plusSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> {
                            List<Observation> seen = engine.messages();
                            for (; answered[0] < seen.size(); answered[0]++) {
                                engine.send(
                                        answer(seen.get(answered[0]).getTick(), proposal(id, 0.2)));
                            }
                            return System.nanoTime() > end;
                        });
    }

    @Test
    void shouldShowWhatTheVehicleToldAndWhereTheAgentStands() throws Exception {
        Stream<EngineMessage, Observation> engine = attach("watcher");
        await().until(() -> engine.messages().size() > 3);
        Observation seen = engine.messages().get(3);
        assertThat(seen.getReadingsCount()).isEqualTo(13);
        assertThat(seen.getAgent().getState()).isEqualTo(qiki.fsm.FSMStateEnum.ACTIVE);
        assertThat(seen.getTick()).isEqualTo(engine.messages().get(2).getTick() + 1);
    }

    @Test
    void shouldLetAnEngineThatComesBackTakeItsPlace() throws Exception {
        Stream<EngineMessage, Observation> first = attach("same");
        await().until(() -> !first.messages().isEmpty());
        Stream<EngineMessage, Observation> second = attach("same");
        await().until(() -> !second.messages().isEmpty());
        await().until(first::over);
        assertThat(first.sentence()).contains("another engine same");
    }

    @Test
    void shouldDropAnswersThatComeTooLate() throws Exception {
        Stream<EngineMessage, Observation> engine = attach("late");
        var decisions =
                caller.stream(
                        TwinServiceGrpcClient.WatchDecisions, WatchRequest.getDefaultInstance());
        await().until(() -> engine.messages().size() > 25);
        engine.send(answer(engine.messages().get(0).getTick(), proposal("late", 0.2)));
        long now = engine.messages().get(engine.messages().size() - 1).getTick();
        await().until(() -> decisions.messages().stream().anyMatch(one -> one.getTick() > now + 5));
        assertThat(proposals(decisions.messages(), "late")).isZero();
        assertThat(engine.over()).isFalse();
    }

    static java.util.stream.Stream<Arguments> nonsense() {
        Builder<Arguments> all = java.util.stream.Stream.builder();
        all.add(Arguments.of(EngineMessage.getDefaultInstance(), "hello or answer"));
        all.add(Arguments.of(hello("again"), "hello comes once"));
        all.add(Arguments.of(answer(Long.MAX_VALUE, proposal("bad", 0.5)), "asked_tick"));
        all.add(Arguments.of(answer(1, proposal("bad", 7)), "proposals[0]"));
        all.add(Arguments.of(answer(1, proposal("bad", Double.NaN)), "priority"));
        all.add(
                Arguments.of(
                        answer(1, proposal("bad", 0.5).toBuilder().setId("x").build()),
                        "proposals[0].id"));
        all.add(
                Arguments.of(
                        EngineMessage.newBuilder()
                                .setAnswer(Answer.newBuilder().setTwin("qiki-9"))
                                .build(),
                        "qiki-9"));
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void shouldRefuseNonsenseWithASentence(EngineMessage message, String words) throws Exception {
        Stream<EngineMessage, Observation> engine = attach("bad");
        await().until(() -> !engine.messages().isEmpty());

        engine.send(message);

        await().until(engine::over);
        assertThat(engine.status()).isIn(GrpcStatus.INVALID_ARGUMENT, GrpcStatus.NOT_FOUND);
        assertThat(engine.sentence()).contains(words);
        assertThat(state()).isEqualTo(FsmState.ACTIVE);
    }

    @Test
    void shouldWantANameFirst() throws Exception {
        var engine = caller.stream(EngineServiceGrpcClient.Attach, answer(1, proposal("bad", 0.5)));
        await().until(engine::over);
        assertThat(engine.sentence()).contains("first message is hello");

        var unnamed = caller.stream(EngineServiceGrpcClient.Attach, hello("No Such Name!"));
        await().until(unnamed::over);
        assertThat(unnamed.sentence()).contains("engine_id");
    }

    private FsmState state() throws Exception {
        return WebHarness.get(topology.twins()).get(0).state();
    }

    private Stream<EngineMessage, Observation> attach(String id) throws Exception {
        return caller.stream(EngineServiceGrpcClient.Attach, hello(id));
    }

    private static EngineMessage hello(String id) {
        return EngineMessage.newBuilder().setHello(Hello.newBuilder().setEngineId(id)).build();
    }

    private static EngineMessage answer(long tick, Proposal proposal) {
        return EngineMessage.newBuilder()
                .setAnswer(
                        Answer.newBuilder()
                                .setTwin("qiki-1")
                                .setAskedTick(tick)
                                .addProposals(proposal))
                .build();
    }

    private static Proposal proposal(String id, double priority) {
        return Proposal.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setSource(id)
                .setType(ProposalType.EXPLORATION)
                .setPriority(priority)
                .setConfidence(0.9)
                .setJustification("to be heard")
                .setExpiresTick(Long.MAX_VALUE)
                .setGoal(Activity.ACTIVITY_NONE)
                .build();
    }

    private static long proposals(List<Decision> decisions, String source) {
        return decisions.stream().mapToLong(one -> perSource(one, source)).sum();
    }

    private static long perSource(Decision decision, String source) {
        return decision.getProposalsList().stream()
                .filter(one -> one.getProposal().getSource().equals(source))
                .count();
    }

    private static long accepted(List<Decision> decisions, String source) {
        return decisions.stream()
                .flatMap(one -> one.getProposalsList().stream())
                .filter(one -> one.getProposal().getSource().equals(source))
                .map(JudgedProposal::getVerdict)
                .filter("ACCEPTED"::equals)
                .count();
    }
}
