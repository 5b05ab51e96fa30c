package io.qiki.dtmp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.HeldFault;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import qiki.twin.v1.CommandReply;
import qiki.twin.v1.InjectedFault;
import qiki.twin.v1.ProcessStatus;

/** What a process says of itself to others, what it asks of them and how it reads the answers. */
@Timeout(10)
class ElsewhereMessagesTest {
    private static final TwinId TWIN = new TwinId("qiki-1");
    private static final long STEP_NANOS = 20_000_000;
    private static final RunStatus KNOWN = new RunStatus(RunState.RUNNING, 2, 30, 4, 5);

    @Test
    void shouldKeepHowAProcessIs() throws Exception {
        ProcessReport report =
                new ProcessReport(
                        "sim-7",
                        true,
                        false,
                        List.of(TWIN, new TwinId("qiki-2")),
                        KNOWN,
                        new TreeMap<>(Map.of("grpc", "starting")));

        ProcessStatus message =
                ProcessStatus.parseFrom(ProcessStatusMessages.toWire(report).toByteArray());

        assertThat(ProcessStatusMessages.toModel(message)).isEqualTo(report);
    }

    @Test
    void shouldNameWhatIsWrongWithAProcess() {
        ProcessStatus good =
                ProcessStatusMessages.toWire(
                        new ProcessReport(
                                "sim-7", true, true, List.of(TWIN), KNOWN, new TreeMap<>()));

        assertRefused("source", good.toBuilder().setSource("a b").build());
        assertRefused("run_state", good.toBuilder().clearRunState().build());
        assertRefused("speed", good.toBuilder().setSpeed(Double.NaN).build());
        assertRefused("twins[1].id", good.toBuilder().addTwins("").build());
    }

    private static void assertRefused(String field, ProcessStatus message) {
        assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(() -> ProcessStatusMessages.toModel(message))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    @Test
    void shouldReadAnEventAsItIsGiven() {
        TwinEvent event =
                new TwinEvent(
                        "fsm.transition",
                        TWIN,
                        1_000_003,
                        5_000_017,
                        TwinEvent.Severity.WARNING,
                        TruthState.OK,
                        "BOOT_COMPLETE",
                        new TreeMap<>(Map.of("from", "BOOTING", "to", "IDLE")));
        String text = JsonCodec.event(9, event, STEP_NANOS).encode();

        assertThat(EventCodec.read(JsonFields.parse(text), STEP_NANOS)).isEqualTo(event);
    }

    @Test
    void shouldNameWhatIsWrongWithAnEvent() {
        JsonObject wrong =
                new JsonObject("{\"type\":\"x\",\"twin\":\"a\",\"tick\":-1,\"sim_time_s\":0}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventCodec.read(JsonFields.of(wrong), STEP_NANOS))
                .withMessageContaining("tick must be a whole number");
    }

    @Test
    void shouldAskForFaultsAsTheyAreWanted() {
        FaultSpec endless =
                new FaultSpec(
                        "f",
                        FaultSpec.Type.SENSOR_OFF,
                        "imu_main",
                        new TreeMap<>(),
                        7,
                        Long.MAX_VALUE);

        assertThat(OutgoingOrders.inject(TWIN, endless).hasUntilTick()).isFalse();
        assertThat(OutgoingOrders.inject(TWIN, endless).getFromTick()).isEqualTo(7);
        assertThat(OutgoingOrders.clear(TWIN, "f").getFaultId()).isEqualTo("f");
    }

    @Test
    void shouldReadTheFaultsOfAnAnswer() {
        CommandReply.Builder reply = CommandReply.newBuilder().setOk(true);
        reply.addFaultsBuilder()
                .setActive(true)
                .setFault(
                        InjectedFault.newBuilder()
                                .setFaultId("f")
                                .setType("sensor.off")
                                .setTarget("imu_main")
                                .setFromTick(3)
                                .setUntilTick(9));

        assertThat(OutgoingOrders.faults(reply.build()))
                .containsExactly(
                        new HeldFault(
                                new FaultSpec(
                                        "f",
                                        FaultSpec.Type.SENSOR_OFF,
                                        "imu_main",
                                        new TreeMap<>(),
                                        3,
                                        9),
                                true));
    }

    @Test
    void shouldReadTheFailureOfAnAnswer() {
        CommandReply reply =
                CommandReply.newBuilder()
                        .setCode("request.wrong-state")
                        .setSentence("run-state: RUNNING is wanted")
                        .build();

        assertThat(OutgoingOrders.failure(reply))
                .isEqualTo(new Failure(FailureCode.WRONG_STATE, "run-state: RUNNING is wanted"));
        assertThat(OutgoingOrders.failure(CommandReply.getDefaultInstance()).code())
                .isEqualTo(FailureCode.INTERNAL);
        assertThat(OutgoingOrders.code("none")).isEqualTo(FailureCode.INTERNAL);
    }

    @Test
    void shouldAskForWhatTheOtherSideReadsBack() {
        for (ControlCommand command :
                List.of(
                        new ControlCommand.Start(),
                        new ControlCommand.StartAt(2.5),
                        new ControlCommand.Pause(),
                        new ControlCommand.Stop(),
                        new ControlCommand.Reset(),
                        new ControlCommand.Step(5),
                        new ControlCommand.Speed(10))) {
            JsonObject message =
                    ControlRequests.toJson(command, new UUID(1, 2), "dashboard-1", Instant.EPOCH);

            assertThat(
                            ControlCodec.read(
                                    message.getString("command_name"),
                                    JsonFields.of(message.getJsonObject("parameters"))))
                    .isEqualTo(command);
            assertThat(message.getJsonObject("metadata").getString("source"))
                    .isEqualTo("dashboard-1");
        }
    }

    @Test
    void shouldReadAcknowledgementsOfControlCommands() {
        ControlRequests.Answer done =
                ControlRequests.answer(
                        "{\"ok\":true,\"payload\":{\"run_state\":\"PAUSED\",\"speed\":1.0}}",
                        KNOWN);
        ControlRequests.Answer refused =
                ControlRequests.answer(
                        "{\"ok\":false,\"error_detail\":{\"code\":\"request.wrong-state\","
                                + "\"message\":\"sim.pause needs RUNNING\"}}",
                        KNOWN);

        assertThat(done.run()).isEqualTo(new RunStatus(RunState.PAUSED, 1, 30, 4, 5));
        assertThat(done.failure()).isEmpty();
        assertThat(refused.run()).isEqualTo(KNOWN);
        assertThat(refused.failure())
                .contains(new Failure(FailureCode.WRONG_STATE, "sim.pause needs RUNNING"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ControlRequests.answer("{\"ok\":true}", KNOWN));
    }
}
