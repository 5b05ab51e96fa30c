package io.qiki.dtmp.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.CommandLife.Origin;
import io.qiki.dtmp.model.CommandLife.Step;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.CommandStageEvent;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.testkit.Reports;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class MirroredCommandsTest {
    private static final UUID ID = new UUID(1, 2);

    private final MirroredCommands commands = new MirroredCommands(2);

    @Test
    void shouldTellTheStagesThatEventsTold() {
        commands.accept(event(ID, Origin.OPERATOR, CommandStage.REQUESTED, FailureCode.NONE));
        commands.accept(event(ID, Origin.OPERATOR, CommandStage.ACCEPTED, FailureCode.NONE));
        commands.accept(event(ID, Origin.OPERATOR, CommandStage.ACCEPTED, FailureCode.NONE));
        commands.accept(
                event(ID, Origin.OPERATOR, CommandStage.TIMEOUT, FailureCode.COMMAND_TIMEOUT));
        commands.accept(event(ID, Origin.OPERATOR, CommandStage.REQUESTED, FailureCode.NONE));

        CommandLife life = commands.find(ID).orElseThrow().life();

        assertThat(life.steps())
                .extracting(Step::stage)
                .containsExactly(
                        CommandStage.REQUESTED, CommandStage.ACCEPTED, CommandStage.TIMEOUT);
        assertThat(life.last().code()).isEqualTo(FailureCode.COMMAND_TIMEOUT);
        assertThat(life.last().reason()).isEqualTo("seen");
        assertThat(commands.find(ID).orElseThrow().command()).isEmpty();
    }

    @Test
    void shouldKnowWhatACommandThatWasGivenFromHereAsksFor() {
        ActuatorCommand given =
                new ActuatorCommand(
                        ID,
                        Reports.TWIN,
                        Actuator.RCS_FORWARD,
                        ActuatorCommand.Type.SET_VELOCITY,
                        new CommandValue.Scalar(50),
                        Unit.PERCENT,
                        100);
        commands.gave(given);
        assertThat(commands.find(ID)).isEmpty();

        commands.accept(event(ID, Origin.OPERATOR, CommandStage.ACCEPTED, FailureCode.NONE));

        assertThat(commands.find(ID).orElseThrow().command()).contains(given);
    }

    @Test
    void shouldNotLetTheManyOfAgentsPushOutTheFewOfOperators() {
        commands.accept(event(ID, Origin.OPERATOR, CommandStage.ACCEPTED, FailureCode.NONE));
        for (int i = 0; i < 5; i++) {
            commands.accept(
                    event(new UUID(7, i), Origin.AGENT, CommandStage.ACCEPTED, FailureCode.NONE));
        }

        assertThat(commands.find(ID)).isPresent();
        assertThat(commands.find(new UUID(7, 4))).isPresent();
        assertThat(commands.find(new UUID(7, 2))).isEmpty();
    }

    @Test
    void shouldNotMindEventsThatSayNothingOfACommand() {
        TreeMap<String, String> data = new TreeMap<>();
        data.put("component", "sim");
        commands.accept(other("restart", data));
        commands.accept(other(CommandStageEvent.TYPE, data));
        data.put(CommandStageEvent.COMMAND_ID, "no id");
        commands.accept(other(CommandStageEvent.TYPE, data));

        assertThat(commands.find(ID)).isEmpty();
    }

    private static TwinEvent event(UUID id, Origin origin, CommandStage stage, FailureCode code) {
        return CommandStageEvent.of(
                id,
                Reports.TWIN,
                Actuator.RCS_FORWARD,
                origin,
                new Step(stage, code, "seen", 3, 15));
    }

    private static TwinEvent other(String type, TreeMap<String, String> data) {
        return new TwinEvent(
                type, Reports.TWIN, 1, 5, TwinEvent.Severity.INFO, TruthState.OK, "x", data);
    }
}
