package io.qiki.dtmp.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.AgentReport;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.testkit.Reports;
import io.qiki.dtmp.wire.TwinReportPart;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class MirroredTwinTest {
    private static final long MILLI = 1_000_000;

    private final MirroredTwin twin = new MirroredTwin(Reports.TWIN, 8);

    @Test
    void shouldPutTheVehicleOfOneProcessAndTheAgentOfAnotherTogether() {
        assertThat(twin.accept(vehicle(7, true), 0)).isTrue();
        assertThat(twin.accept(agent(7, 4), MILLI)).isTrue();

        TwinReport report = twin.report().orElseThrow();
        assertThat(report.observation().tick()).isEqualTo(7);
        assertThat(report.decision().tick()).isEqualTo(7);
        assertThat(report.state().version()).isEqualTo(4);
    }

    @Test
    void shouldShowNothingWithoutAVehicle() {
        assertThat(twin.accept(agent(7, 4), 0)).isFalse();

        assertThat(twin.report()).isEmpty();
        assertThat(twin.state().orElseThrow().version()).isEqualTo(4);
    }

    @Test
    void shouldTakeATickThatIsToldAgainForNoOther() {
        twin.accept(vehicle(7, true), 0);

        assertThat(twin.accept(vehicle(7, true), MILLI)).isFalse();
    }

    @Test
    void shouldShowAVehicleWithoutAgentWhenItsSimulatorSaysSo() {
        twin.accept(vehicle(7, true), 0);
        twin.accept(agent(7, 4), MILLI);

        assertThat(twin.accept(vehicle(8, false), 2 * MILLI)).isTrue();

        TwinReport report = twin.report().orElseThrow();
        assertThat(report.state().epoch()).isZero();
        assertThat(report.decision().proposals()).isEmpty();
        assertThat(twin.state().orElseThrow().epoch()).isZero();
    }

    @Test
    void shouldTellOfALostAgentAlsoAtATickThatWasToldBefore() {
        twin.accept(vehicle(7, true), 0);

        assertThat(twin.accept(vehicle(7, false), MILLI)).isTrue();
    }

    @Test
    void shouldForgetAnAgentThatIsSilentWhileTicksGoOn() {
        twin.accept(vehicle(1, true), 0);
        twin.accept(agent(1, 4), MILLI);
        twin.accept(vehicle(2, true), 100 * MILLI);
        assertThat(twin.report().orElseThrow().state().version()).isEqualTo(4);

        twin.accept(vehicle(3, true), 2_050 * MILLI);
        assertThat(twin.report().orElseThrow().state().version()).isEqualTo(4);

        twin.accept(vehicle(4, true), 2_150 * MILLI);
        assertThat(twin.report().orElseThrow().state().epoch()).isZero();

        twin.accept(agent(4, 5), 2_160 * MILLI);
        assertThat(twin.report().orElseThrow().state().version()).isEqualTo(5);
    }

    @Test
    void shouldNotForgetAnAgentThatIsSilentBecauseTimeStandsStill() {
        twin.accept(vehicle(1, true), 0);
        twin.accept(agent(1, 4), MILLI);
        twin.accept(vehicle(1, true), 60_000 * MILLI);

        twin.accept(vehicle(2, true), 90_000 * MILLI);

        assertThat(twin.report().orElseThrow().state().version()).isEqualTo(4);
    }

    @Test
    void shouldShowTheStateOfTheStreamUntilTheAgentIsHeard() {
        twin.accept(stored(3, 9));

        twin.accept(vehicle(1, true), 0);

        assertThat(twin.report().orElseThrow().state().version()).isEqualTo(9);
        assertThat(twin.history(8).orElseThrow().state().version()).isEqualTo(9);
    }

    @Test
    void shouldShowTheNewerOfWhatTheStreamAndTheAgentSay() {
        twin.accept(stored(3, 9));
        twin.accept(vehicle(1, true), 0);
        twin.accept(agent(1, 10), MILLI);
        assertThat(twin.state().orElseThrow().version()).isEqualTo(10);

        twin.accept(stored(3, 11));
        assertThat(twin.state().orElseThrow().version()).isEqualTo(11);
    }

    @Test
    void shouldNotMixWhatAnAgentThoughtIntoTheNextLifeOfItsVehicle() {
        twin.accept(vehicle(500, true), 0);
        twin.accept(agent(500, 4), MILLI);
        Observation reborn = Reports.observation(1);

        twin.accept(
                new TwinReportPart(
                        Reports.TWIN,
                        "sim-1",
                        Optional.of(
                                new Observation(
                                        reborn.twin(),
                                        1,
                                        1,
                                        5,
                                        reborn.readings(),
                                        List.of(),
                                        List.of(),
                                        reborn.status(),
                                        1,
                                        0)),
                        Optional.empty(),
                        true),
                2 * MILLI);

        TwinReport report = twin.report().orElseThrow();
        assertThat(report.decision().tick()).isEqualTo(1);
        assertThat(report.state().version()).isEqualTo(4);
    }

    @Test
    void shouldKeepTheStatesOfATwinThatIsGone() {
        twin.accept(stored(3, 9));
        twin.accept(vehicle(1, true), 0);

        twin.forget();

        assertThat(twin.report()).isEmpty();
        assertThat(twin.state().orElseThrow().version()).isEqualTo(9);
    }

    static TwinReportPart vehicle(long tick, boolean attended) {
        return new TwinReportPart(
                Reports.TWIN,
                "sim-1",
                Optional.of(Reports.observation(tick)),
                Optional.empty(),
                attended);
    }

    static TwinReportPart agent(long tick, long version) {
        AgentReport told = AgentReport.of(Reports.at(tick));
        return new TwinReportPart(
                Reports.TWIN,
                "agent-1",
                Optional.empty(),
                Optional.of(
                        new AgentReport(
                                stored(3, version),
                                new DecisionRecord(tick, FsmState.ACTIVE, List.of(), List.of()),
                                told.bios(),
                                List.of(),
                                List.of(),
                                told.outlook(),
                                List.of())),
                true);
    }

    static StoredState stored(long epoch, long version) {
        return new StoredState(Reports.TWIN, epoch, version, 1, Reports.cruising());
    }
}
