package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.launcher.Role;
import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.launcher.TwinStatus;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.testkit.FakeSimulator;
import io.qiki.dtmp.testkit.GrpcCaller;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import qiki.actuators.ActuatorCommand.CommandType;
import qiki.fsm.FSMStateEnum;
import qiki.twin.v1.Command;
import qiki.twin.v1.CommandStage;
import qiki.twin.v1.CommandStep;
import qiki.twin.v1.RestoreRequest;
import qiki.twin.v1.SendCommandRequest;
import qiki.twin.v1.SnapshotRequest;
import qiki.twin.v1.TwinServiceGrpcClient;

/** Agents on a simulator that refuses, vanishes in mid-sentence, or puts a vehicle back. */
@Timeout(90)
class DriveIT {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        WebHarness.get(vertx.close());
    }

    private static Topology agents(int twins, int port) throws Exception {
        Role.Part part = new Role.Part.AgentsOfSimulator("127.0.0.1", port);
        return WebHarness.get(Topology.start(Plans.part(twins, part)));
    }

    private static void awaitActive(Topology topology, int twins) {
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                WebHarness.get(topology.twins()).stream()
                                        .filter(twin -> twin.state() == FsmState.ACTIVE)
                                        .count(),
                        active -> active == twins);
    }

    @Test
    void shouldActAtMostOnceOnACommandHoweverOftenTheLinkBreaks() throws Exception {
        // Given a simulator that drops answers with commands, and their callers
        FakeSimulator sim = WebHarness.get(FakeSimulator.start(vertx, 1, true));
        Topology agents = agents(1, sim.port());
        try {
            // When
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> sim.attachments() >= 8 && sim.commands().size() >= 30);

            // Then
            assertThat(sim.begun()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(6);
        } finally {
            WebHarness.get(agents.close());
        }
    }

    @Test
    void shouldTryASimulatorThatRefusesEverMoreRarely() throws Exception {
        // Given
        FakeSimulator sim = WebHarness.get(FakeSimulator.start(vertx, 1, false));
        sim.refuse(true);
        Topology agents = agents(1, sim.port());
        try {
            // When
            await().atMost(Duration.ofSeconds(20)).until(() -> sim.attempts().size() >= 6);

            // Then the waits double up to their limit, each with half of it to either side
            List<Long> millis = sim.attempts();
            for (int i = 1; i < 6; i++) {
                long waited = millis.get(i) - millis.get(i - 1);
                long base = Math.min(100L << (i - 1), 1_600);
                assertThat(waited).as("wait %d of %s", i, millis).isGreaterThanOrEqualTo(base / 2);
            }

            // And the agents tick blind all the while
            assertThat(WebHarness.get(agents.runStatus()).failedAdvances()).isGreaterThan(20);

            // And once it refuses no more the twin flies
            sim.refuse(false);
            awaitActive(agents, 1);
        } finally {
            WebHarness.get(agents.close());
        }
    }

    @Test
    void shouldFlyOnWithATwinThatWasPutBackAmongOthers() throws Exception {
        Topology sim = WebHarness.get(Topology.start(Plans.part(2, new Role.Part.Simulator())));
        Topology agents = agents(2, sim.grpcPort());
        try (GrpcCaller caller = new GrpcCaller(vertx, sim.grpcPort())) {
            // Given
            awaitActive(agents, 2);
            var kept =
                    caller.call(
                                    TwinServiceGrpcClient.Snapshot,
                                    SnapshotRequest.newBuilder().setTwin("qiki-2").build())
                            .one();
            await().until(() -> twin(agents, 1).tick() > kept.getTick() + 20);

            // When
            caller.call(
                            TwinServiceGrpcClient.Restore,
                            RestoreRequest.newBuilder()
                                    .setTwin("qiki-2")
                                    .setSnapshot(kept.getSnapshot())
                                    .build())
                    .one();

            // Then
            await().until(() -> twin(agents, 1).tick() < kept.getTick() + 15);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> twin(agents, 1).tick() > kept.getTick() + 40);
            awaitActive(agents, 2);
            assertThat(twin(agents, 1).tick()).isLessThan(twin(agents, 0).tick());
        } finally {
            WebHarness.get(agents.close());
            WebHarness.get(sim.close());
        }
    }

    @Test
    void shouldNotActOnAModeThatEndedWithALife() throws Exception {
        Topology sim = WebHarness.get(Topology.start(Plans.part(1, new Role.Part.Simulator())));
        Topology agents = agents(1, sim.grpcPort());
        try (GrpcCaller caller = new GrpcCaller(vertx, sim.grpcPort())) {
            // Given a change of the mode that waits for the next tick of agents elsewhere
            awaitActive(agents, 1);
            await().until(() -> twin(agents, 0).tick() > 40);
            WebHarness.get(sim.control(new ControlCommand.Pause()));
            var stages = accepted(caller);

            // When the simulator begins anew before that tick
            WebHarness.get(sim.control(new ControlCommand.Reset()));
            WebHarness.get(sim.control(new ControlCommand.Start()));

            // Then the agents fly on in their new life
            await().until(stages::over);
            assertThat(stages.messages().get(3).getStage())
                    .isEqualTo(CommandStage.COMMAND_STAGE_UNAVAILABLE);
            await().until(() -> twin(agents, 0).tick() < 40);
            awaitActive(agents, 1);
        } finally {
            WebHarness.get(agents.close());
            WebHarness.get(sim.close());
        }
    }

    /** On a busy machine the agents may have been lost for a moment, and nobody takes it. */
    private static GrpcCaller.Stream<SendCommandRequest, CommandStep> accepted(GrpcCaller caller) {
        return await().atMost(Duration.ofSeconds(40))
                .until(
                        () -> {
                            var one =
                                    caller.stream(
                                            TwinServiceGrpcClient.SendCommand,
                                            SendCommandRequest.newBuilder()
                                                    .setCommand(shutdown())
                                                    .build());
                            await().until(() -> one.over() || one.messages().size() == 3);
                            return one;
                        },
                        one -> !one.over());
    }

    private static Command shutdown() {
        return Command.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setTwin("qiki-1")
                .setActuator("system_controller")
                .setType(CommandType.SET_MODE)
                .setWhole(FSMStateEnum.SHUTDOWN_VALUE)
                .build();
    }

    private static TwinStatus twin(Topology topology, int place) throws Exception {
        return WebHarness.get(topology.twins()).get(place);
    }
}
