package io.qiki.dtmp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import io.qiki.dtmp.model.AgentReport;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ticks of twins showed keeps every value on its way, and what is wrong is named. */
class TwinReportMessagesTest {
    private static final TwinId TWIN = new TwinId("qiki-1");

    @Property(tries = 1_000)
    void shouldKeepEveryReport(@ForAll long seed) throws InvalidProtocolBufferException {
        TwinReport report = new RandomModel(seed).report(TWIN);

        var message = TwinReportMessages.toWire(report, "core-7", true, true);
        TwinReportPart back =
                TwinReportMessages.toModel(
                        qiki.twin.v1.TwinReport.parseFrom(message.toByteArray()));

        assertThat(back.twin()).isEqualTo(TWIN);
        assertThat(back.source()).isEqualTo("core-7");
        assertThat(back.attended()).isEqualTo(report.state().epoch() > 0);
        assertThat(back.agent().orElseThrow().with(back.vehicle().orElseThrow())).isEqualTo(report);
        assertThat(
                        TwinReportMessages.toWire(
                                back.agent().orElseThrow().with(back.vehicle().orElseThrow()),
                                "core-7",
                                true,
                                true))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true", "false,false"})
    void shouldTellOnlyThePartsOfTheProcess(boolean vehicle, boolean agent) {
        TwinReport report = new RandomModel(3).report(TWIN);

        TwinReportPart back =
                TwinReportMessages.toModel(
                        TwinReportMessages.toWire(report, "core-7", vehicle, agent));

        assertThat(back.vehicle().isPresent()).isEqualTo(vehicle);
        assertThat(back.agent().isPresent()).isEqualTo(agent);
        back.vehicle().ifPresent(seen -> assertThat(seen).isEqualTo(report.observation()));
        back.agent().ifPresent(told -> assertThat(told).isEqualTo(AgentReport.of(report)));
    }

    @Test
    void shouldNameTheFieldThatIsWrong() {
        refused("twin", message -> message.setTwin("Qiki 1"));
        refused("source", message -> message.setSource(""));
        refused("vehicle.twin", message -> message.getVehicleBuilder().setTwin("qiki-2"));
        refused("vehicle.status", message -> message.getVehicleBuilder().clearStatus());
        refused("agent.state", message -> message.getAgentBuilder().clearState());
        refused(
                "agent.state.twin",
                message -> message.getAgentBuilder().getStateBuilder().setTwin("qiki-2"));
        refused("agent.decision", message -> message.getAgentBuilder().clearDecision());
        refused(
                "agent.decision.twin",
                message -> message.getAgentBuilder().getDecisionBuilder().setTwin("qiki-2"));
        refused("agent.self_test", message -> message.getAgentBuilder().clearSelfTest());
        refused(
                "agent.self_test.health_score",
                message ->
                        message.getAgentBuilder().getSelfTestBuilder().setHealthScore(Double.NaN));
        refused(
                "agent.self_test.devices[0].kind",
                message ->
                        message.getAgentBuilder()
                                .getSelfTestBuilder()
                                .addDevicesBuilder(0)
                                .setKindValue(99));
        refused(
                "agent.tracks[0].position",
                message -> message.getAgentBuilder().addTracksBuilder(0));
        refused(
                "agent.trust[0].sensor",
                message -> message.getAgentBuilder().addTrustBuilder(0).setSensor("nose"));
        refused(
                "agent.trust[0].verdict",
                message ->
                        message.getAgentBuilder()
                                .addTrustBuilder(0)
                                .setSensor("nav")
                                .setVerdict("SURE"));
        refused(
                "agent.aim.label",
                message -> message.getAgentBuilder().getAimBuilder().clearLabel());
        refused(
                "agent.safe_exit.needed_ticks",
                message -> message.getAgentBuilder().getSafeExitBuilder().setNeededTicks(0));
        refused(
                "agent.decision.proposals[0].verdict",
                message ->
                        message.getAgentBuilder()
                                .getDecisionBuilder()
                                .addProposalsBuilder(0)
                                .setProposal(
                                        TwinProposals.toWire(new RandomModel(5).proposal(TWIN))));
    }

    private static void refused(String field, Consumer<qiki.twin.v1.TwinReport.Builder> wrong) {
        var message =
                TwinReportMessages.toWire(new RandomModel(1).report(TWIN), "core-7", true, true)
                        .toBuilder();
        wrong.accept(message);
        assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(() -> TwinReportMessages.toModel(message.build()))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
    }
}
