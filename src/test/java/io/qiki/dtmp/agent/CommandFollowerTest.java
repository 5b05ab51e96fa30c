package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleStatus;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command is followed from what is seen of it to its last stage. */
@Timeout(20)
class CommandFollowerTest {
    private static final int ANSWER_TICKS = AgentLimits.STANDARD.answerTicks();
    private static final long SENT = 5;

    private final CommandFollower follower = new CommandFollower(AgentLimits.STANDARD);
    private final Drafts drafts = Drafts.Streams.of(1, Flight.TWIN, "command").at(SENT, 0, 0);
    private final ActuatorCommand fly = drafts.velocity(new Vec3(1, 0, 0));
    private final Observation plain =
            new World(WorldSettings.of(1), List.of(Flight.TWIN)).observe(0, 0);

    private Actuation sent() {
        return follower.sent(Actuation.NONE, fly, Activity.MANOEUVRE, SENT);
    }

    private Observation seen(boolean lapsed, CommandOutcome... outcomes) {
        VehicleStatus status = plain.status();
        return new Observation(
                plain.twin(),
                plain.incarnation(),
                plain.tick(),
                plain.step(),
                plain.readings(),
                plain.probes(),
                List.of(outcomes),
                lapsed ? lapsed(status) : status,
                plain.epochSeen(),
                plain.worldHash());
    }

    private static VehicleStatus lapsed(VehicleStatus status) {
        return new VehicleStatus(
                status.attitudeMode(),
                status.attitudeTarget(),
                status.velocityHeld(),
                status.velocityTargetWorld(),
                status.powerMode(),
                true,
                status.burst(),
                status.forceBody(),
                status.torqueBody(),
                status.firing());
    }

    private CommandOutcome outcome(CommandStage stage, FailureCode code) {
        return new CommandOutcome(fly.id(), fly.actuator(), stage, code, 1);
    }

    private static CommandStage stage(Actuation actuation) {
        return actuation.newest(Actuator.VELOCITY_CONTROLLER).orElseThrow().stage();
    }

    @Test
    void shouldSendAgainWhatNothingIsHeardOf() {
        Actuation now = sent();

        assertThat(follower.due(Actuation.NONE, fly, SENT)).isTrue();
        assertThat(follower.due(now, fly, SENT + CommandFollower.RESEND_TICKS - 1)).isFalse();
        assertThat(follower.due(now, fly, SENT + CommandFollower.RESEND_TICKS)).isTrue();

        Actuation again = follower.sent(now, fly, Activity.MANOEUVRE, SENT + 3);
        SentCommand command = again.command(fly.id()).orElseThrow();
        assertThat(again.sent()).hasSize(1);
        assertThat(command.tries()).isEqualTo(2);
        assertThat(command.firstTick()).isEqualTo(SENT);
        assertThat(command.lastTick()).isEqualTo(SENT + 3);
    }

    @Test
    void shouldNotSendAgainWhatWasHeardOf() {
        Actuation now =
                follower.take(
                        sent(),
                        seen(false, outcome(CommandStage.ACCEPTED, FailureCode.NONE)),
                        SENT + 1);

        assertThat(follower.due(now, fly, SENT + 100)).isFalse();
    }

    @Test
    void shouldTakeSilenceForATimeOutOfTheActuator() {
        Actuation waiting = follower.take(sent(), seen(false), SENT + ANSWER_TICKS - 1);
        Actuation over = follower.take(waiting, seen(false), SENT + ANSWER_TICKS);

        assertThat(stage(waiting)).isEqualTo(CommandStage.REQUESTED);
        assertThat(waiting.faulted()).isEmpty();
        assertThat(stage(over)).isEqualTo(CommandStage.TIMEOUT);
        assertThat(over.faulted()).containsExactly(Actuator.VELOCITY_CONTROLLER);
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, SIM_FENCED, true",
        "TIMEOUT, NONE, true",
        "UNAVAILABLE, NONE, true",
        "UNAVAILABLE, SIM_RESTARTED, false",
        "REJECTED, ID_REUSED, false",
        "EXPIRED, NONE, false",
        "EXECUTED, NONE, false"
    })
    void shouldBlameTheActuatorForItsOwnFailuresOnly(
            CommandStage stage, FailureCode code, boolean blamed) {
        Actuation now = follower.take(sent(), seen(false, outcome(stage, code)), SENT + 1);

        assertThat(stage(now)).isEqualTo(stage);
        assertThat(now.faulted().contains(Actuator.VELOCITY_CONTROLLER)).isEqualTo(blamed);
    }

    @Test
    void shouldForgiveAnActuatorThatActs() {
        Actuation broken =
                follower.take(
                        sent(),
                        seen(false, outcome(CommandStage.FAILED, FailureCode.NONE)),
                        SENT + 1);
        ActuatorCommand next = drafts.velocity(Vec3.ZERO);
        Actuation tried = follower.sent(broken, next, Activity.CRUISE, SENT + 2);
        CommandOutcome acts =
                new CommandOutcome(
                        next.id(), next.actuator(), CommandStage.EXECUTING, FailureCode.NONE, 2);

        assertThat(tried.faulted()).containsExactly(Actuator.VELOCITY_CONTROLLER);
        assertThat(follower.take(tried, seen(false, acts), SENT + 3).faulted()).isEmpty();
    }

    @Test
    void shouldBelieveNoStageAfterTheLastOne() {
        Actuation done =
                follower.take(
                        sent(),
                        seen(
                                false,
                                outcome(CommandStage.EXECUTED, FailureCode.NONE),
                                outcome(CommandStage.FAILED, FailureCode.NONE)),
                        SENT + 1);

        assertThat(stage(done)).isEqualTo(CommandStage.EXECUTED);
        assertThat(done.faulted()).isEmpty();
        assertThat(done.executed()).isEqualTo(Activity.MANOEUVRE);
    }

    @Test
    void shouldCountALookOnlyOnceTheNoseHasSettled() {
        ActuatorCommand turn = drafts.attitudeMode(Actuator.AttitudeMode.SUN_POINT);
        Actuation now = follower.sent(Actuation.NONE, turn, Activity.OBSERVE, SENT);
        CommandOutcome turning =
                new CommandOutcome(
                        turn.id(), turn.actuator(), CommandStage.EXECUTING, FailureCode.NONE, 1);
        CommandOutcome settled =
                new CommandOutcome(
                        turn.id(), turn.actuator(), CommandStage.EXECUTED, FailureCode.NONE, 2);

        Actuation begun = follower.take(now, seen(false, turning), SENT + 1);
        Actuation ended = follower.take(begun, seen(false, settled), SENT + 2);

        assertThat(begun.executed()).isEqualTo(Activity.NONE);
        assertThat(ended.executed()).isEqualTo(Activity.OBSERVE);
    }

    @Test
    void shouldMakeSetPointsAnewOnceTheyHaveLapsed() {
        Actuation now = follower.take(sent(), seen(true), SENT + 4);

        assertThat(now.sent()).isEmpty();
        assertThat(now.renewTick()).isEqualTo(SENT + 4);
    }

    @Test
    void shouldForgetWhatNeverLeft() {
        ActuatorCommand turn = drafts.attitudeMode(Actuator.AttitudeMode.SUN_POINT);
        Actuation both = follower.sent(sent(), turn, Activity.NONE, SENT + 1);

        Actuation now = follower.unsent(both, SENT + 1, SENT + 2);

        assertThat(now.command(turn.id())).isEmpty();
        assertThat(now.command(fly.id())).isPresent();
        assertThat(now.renewTick()).isEqualTo(SENT + 2);
    }
}
