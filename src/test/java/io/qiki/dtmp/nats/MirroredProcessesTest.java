package io.qiki.dtmp.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.wire.ProcessReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class MirroredProcessesTest {
    private static final long SECOND = 1_000_000_000;

    private final MirroredProcesses processes = new MirroredProcesses();

    @Test
    void shouldSayThatNobodyIsThereUntilSomebodyIsHeard() {
        assertThat(processes.run()).isEmpty();
        assertThat(processes.simulatorTrouble(0).orElseThrow()).contains("no process", "simulator");
        assertThat(processes.agentTrouble(0).orElseThrow()).contains("no process", "agents");

        processes.accept(report("sim-1", true, false, RunState.RUNNING, Map.of()), 0);

        assertThat(processes.simulatorTrouble(SECOND)).isEmpty();
        assertThat(processes.agentTrouble(SECOND)).isPresent();
    }

    @Test
    void shouldMissAProcessThatIsSilentForThreeSeconds() {
        processes.accept(report("qiki-1", true, true, RunState.RUNNING, Map.of()), 0);

        assertThat(processes.simulatorTrouble(3 * SECOND)).isEmpty();
        assertThat(processes.simulatorTrouble(3 * SECOND + 1)).isPresent();
        assertThat(processes.agentTrouble(3 * SECOND + 1)).isPresent();
    }

    @Test
    void shouldKeepTheRunStateOfASimulatorThatIsSilent() {
        processes.accept(report("sim-1", true, false, RunState.RUNNING, Map.of()), 0);
        processes.accept(report("agent-1", false, true, RunState.RUNNING, Map.of()), SECOND);

        assertThat(processes.run().orElseThrow().runState()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void shouldTakeTheRunStateOfTheSimulatorNotOfTheAgents() {
        processes.accept(report("sim-1", true, false, RunState.PAUSED, Map.of()), 0);
        processes.accept(report("agent-1", false, true, RunState.RUNNING, Map.of()), 1);

        assertThat(processes.run().orElseThrow().runState()).isEqualTo(RunState.PAUSED);
    }

    @Test
    void shouldTellTheTroublesOfAProcess() {
        processes.accept(
                report(
                        "sim-1",
                        true,
                        true,
                        RunState.RUNNING,
                        Map.of("sim", "an advance went unanswered", "web", "starting")),
                0);

        assertThat(processes.simulatorTrouble(1).orElseThrow())
                .isEqualTo("sim of sim-1: an advance went unanswered");
        assertThat(processes.agentTrouble(1)).isEmpty();
    }

    @Test
    void shouldForgetTheOldestOfTooManyProcesses() {
        for (int i = 0; i <= MirroredProcesses.MOST; i++) {
            processes.accept(report("p-" + i, i == 0, true, RunState.RUNNING, Map.of()), i);
        }

        assertThat(processes.simulatorTrouble(1)).isPresent();
    }

    private static ProcessReport report(
            String source,
            boolean simulator,
            boolean agents,
            RunState state,
            Map<String, String> troubles) {
        return new ProcessReport(
                source,
                simulator,
                agents,
                List.of(),
                new RunStatus(state, 1, 10, 0, 0),
                new TreeMap<>(troubles));
    }
}
