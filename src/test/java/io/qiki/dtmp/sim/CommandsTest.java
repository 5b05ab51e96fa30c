package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.ActuatorCommand.Type;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.Vec3;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class CommandsTest {
    private static final CommandSource OPERATOR =
            new CommandSource(CommandSource.OPERATOR, "operator", 1);
    private final Flight flight = new Flight(1);

    private ActuatorCommand velocity(double y) {
        return flight.command(
                Actuator.VELOCITY_CONTROLLER,
                Type.SET_VELOCITY,
                new CommandValue.Vector(new Vec3(0, y, 0)),
                Unit.METERS_PER_SECOND,
                0);
    }

    private ActuatorCommand motor(Type type, double value, Unit unit) {
        return flight.command(Actuator.MOTOR_LEFT, type, new CommandValue.Scalar(value), unit, 0);
    }

    @Test
    void shouldTellExecutingAtOnceAndExecutedWhenTheVelocityIsReached() {
        flight.seconds(2);
        UUID id = flight.velocity(0, 0.3, 0);
        flight.tick();
        assertThat(flight.stages(id)).containsExactly(CommandStage.EXECUTING);
        flight.seconds(60);
        assertThat(flight.stages(id))
                .containsExactly(CommandStage.EXECUTING, CommandStage.EXECUTED);
    }

    @Test
    void shouldActFromTheStepAfterTheOneOfTheTick() {
        // Given a command decided at tick 1, when the next step is made, then it acts in it
        flight.tick();
        flight.mode(Actuator.POWER_CONTROLLER, 1);
        flight.world.advance(1);
        CommandOutcome outcome = flight.world.observe(0, 2).outcomes().get(0);
        assertThat(outcome.stage()).isEqualTo(CommandStage.EXECUTED);
        assertThat(outcome.step()).isEqualTo(5);
        assertThat(flight.world.observe(0, 2).status().powerMode())
                .isEqualTo(Actuator.PowerMode.SAFE);
    }

    @Test
    void shouldNotActTwiceForOneId() {
        // Given a turn by the motors that was done
        ActuatorCommand turn = motor(Type.ROTATE, 30, Unit.DEGREES);
        assertThat(flight.world.admit(0, turn, OPERATOR).stage()).isEqualTo(CommandStage.ACCEPTED);
        flight.tick();
        var target = flight.world.observe(0, 1).status().attitudeTarget();
        // When it is sent again, then the stage it stands in is the answer
        assertThat(flight.world.admit(0, turn, OPERATOR).stage()).isEqualTo(CommandStage.EXECUTING);
        flight.tick();
        assertThat(flight.world.observe(0, 2).status().attitudeTarget()).isEqualTo(target);
        // And the id with other content is refused
        ActuatorCommand other =
                new ActuatorCommand(
                        turn.id(),
                        turn.twin(),
                        turn.actuator(),
                        turn.type(),
                        new CommandValue.Scalar(31),
                        turn.unit(),
                        0);
        assertThat(flight.world.admit(0, other, OPERATOR).code()).isEqualTo(FailureCode.ID_REUSED);
    }

    @Test
    void shouldRefuseAnOlderEpochAndSaySo() {
        // Given an agent of epoch 2
        flight.world.agentBatch(0, 2, List.of());
        // When one of epoch 1 commands
        ActuatorCommand late = velocity(1);
        assertThat(flight.world.agentBatch(0, 1, List.of(late))).isEqualTo(FailureCode.SIM_FENCED);
        // Then nothing acts, and the outcome names it
        Observation observation = flight.alone();
        assertThat(observation.outcomes())
                .singleElement()
                .satisfies(
                        outcome -> {
                            assertThat(outcome.commandId()).isEqualTo(late.id());
                            assertThat(outcome.stage()).isEqualTo(CommandStage.REJECTED);
                            assertThat(outcome.code()).isEqualTo(FailureCode.SIM_FENCED);
                        });
        assertThat(observation.status().velocityTargetWorld()).isEqualTo(Vec3.ZERO);
        assertThat(observation.epochSeen()).isEqualTo(2);
    }

    @Test
    void shouldTellTheAgentAgainHowFarARepeatedCommandCame() {
        // Given a command whose outcome was told, but perhaps not heard
        ActuatorCommand command = velocity(0.5);
        flight.world.agentBatch(0, 1, List.of(command));
        CommandOutcome told = flight.alone().outcomes().get(0);
        assertThat(told.stage()).isEqualTo(CommandStage.EXECUTING);

        // When it is given again
        flight.world.agentBatch(0, 1, List.of(command));

        // Then it does not begin anew
        List<CommandOutcome> again = flight.alone().outcomes();
        assertThat(again)
                .extracting(CommandOutcome::commandId, CommandOutcome::stage)
                .containsExactly(tuple(command.id(), CommandStage.EXECUTING));
    }

    @Test
    void shouldLetAFencedBatchNotRenewTheSetPoints() {
        flight.world.agentBatch(0, 2, List.of());
        for (int k = 0; k < 12; k++) {
            flight.world.agentBatch(0, 1, List.of());
            flight.alone();
        }
        assertThat(flight.alone().status().lapsed()).isTrue();
    }

    @Test
    void shouldRefuseWhatAnActuatorDoesNotUnderstand() {
        ActuatorCommand[] wrong = {
            motor(Type.SET_VELOCITY, 101, Unit.PERCENT),
            motor(Type.SET_VELOCITY, 50, Unit.METERS),
            motor(Type.ENABLE, 50, Unit.PERCENT),
            flight.command(
                    Actuator.RCS_UP,
                    Type.SET_VELOCITY,
                    new CommandValue.Scalar(-1),
                    Unit.PERCENT,
                    0),
            flight.command(
                    Actuator.RCS_UP, Type.ROTATE, new CommandValue.Scalar(1), Unit.PERCENT, 0),
            velocity(11),
            flight.command(
                    Actuator.VELOCITY_CONTROLLER,
                    Type.SET_VELOCITY,
                    new CommandValue.Scalar(1),
                    Unit.METERS_PER_SECOND,
                    0),
            flight.command(
                    Actuator.ATTITUDE_CONTROLLER,
                    Type.SET_MODE,
                    new CommandValue.Whole(4),
                    Unit.UNSPECIFIED,
                    0),
            flight.command(
                    Actuator.POWER_CONTROLLER,
                    Type.SET_MODE,
                    new CommandValue.Flag(true),
                    Unit.UNSPECIFIED,
                    0),
            flight.command(
                    Actuator.SYSTEM_CONTROLLER,
                    Type.ENABLE,
                    new CommandValue.Whole(1),
                    Unit.UNSPECIFIED,
                    0),
        };
        for (ActuatorCommand command : wrong) {
            Admission admission = flight.world.admit(0, command, OPERATOR);
            assertThat(admission.code()).as("%s", command).isEqualTo(FailureCode.BAD_ARGUMENT);
            assertThat(admission.sentence()).contains(command.actuator().id()).contains("was");
        }
        assertThat(flight.tick().outcomes()).isEmpty();
    }

    @Test
    void shouldRefuseWhenTheInboxIsFullAndTakeMoreAfterTheStep() {
        int taken = 0;
        Admission last = null;
        for (int k = 0; k < 100; k++) {
            last = flight.world.admit(0, motor(Type.ROTATE, k, Unit.DEGREES), OPERATOR);
            taken += last.stage() == CommandStage.ACCEPTED ? 1 : 0;
        }
        assertThat(taken).isEqualTo(Inbox.CAPACITY);
        assertThat(last.code()).isEqualTo(FailureCode.QUEUE_FULL);
        Observation observation = flight.alone();
        assertThat(observation.outcomes())
                .filteredOn(outcome -> outcome.stage() == CommandStage.EXECUTING)
                .hasSize(taken);
        assertThat(flight.world.admit(0, motor(Type.ROTATE, 1, Unit.DEGREES), OPERATOR).stage())
                .isEqualTo(CommandStage.ACCEPTED);
    }

    @Test
    void shouldBurnForTheTimeOfABurstAndThenHoldTheVelocityReached() {
        // Given a vehicle at rest
        flight.seconds(2);
        // When it fires forward at half power for 10 s
        UUID id = flight.burst(Actuator.RCS_FORWARD, 50, 10_000);
        assertThat(flight.seconds(9).status().burst()).isTrue();
        flight.seconds(2);
        // Then it moves at F t / m along +Y, and holds that
        assertThat(flight.stages(id))
                .containsExactly(CommandStage.EXECUTING, CommandStage.EXECUTED);
        double expected = 0.5 * 14.708 * 10 / 612;
        assertThat(flight.truth().velocityWorld().y()).isCloseTo(expected, within(0.002));
        Observation after = flight.seconds(60);
        assertThat(after.status().burst()).isFalse();
        assertThat(after.status().velocityTargetWorld().y()).isCloseTo(expected, within(0.02));
        assertThat(flight.truth().velocityWorld().y()).isCloseTo(expected, within(0.03));
    }

    @Test
    void shouldExecuteABurstWithoutDurationWithoutABurn() {
        flight.seconds(2);
        UUID id = flight.burst(Actuator.RCS_UP, 100, 0);
        flight.seconds(2);
        assertThat(flight.stages(id)).containsExactly(CommandStage.EXECUTED);
        assertThat(flight.truth().velocityWorld().norm()).isZero();
    }

    @Test
    void shouldPushAlongEachAxisOfTheBody() {
        // Given bursts along all six axes; the nose points to +Y, port to -X
        Vec3[] directions = {
            new Vec3(0, 1, 0),
            new Vec3(0, -1, 0),
            new Vec3(-1, 0, 0),
            new Vec3(1, 0, 0),
            new Vec3(0, 0, 1),
            new Vec3(0, 0, -1)
        };
        double[] newtons = {14.7, 14.7, 27.2, 27.2, 12.4, 12.4};
        for (int k = 0; k < 6; k++) {
            Flight one = new Flight(k);
            one.seconds(2);
            one.burst(Actuator.values()[Actuator.RCS_FORWARD.ordinal() + k], 100, 5_000);
            one.seconds(6);
            Vec3 expected = directions[k].times(newtons[k] * 5 / 612);
            assertThat(one.truth().velocityWorld().minus(expected).norm()).isLessThan(0.003);
        }
    }

    @Test
    void shouldMoveAndTurnByTheMotorsOfTheOriginal() {
        // Given 30 percent on the motors and a turn of 90 degrees clockwise, nose to +Y
        flight.seconds(2);
        flight.send(motor(Type.ROTATE, 90, Unit.DEGREES));
        flight.send(motor(Type.SET_VELOCITY, 30, Unit.PERCENT));
        // When it has settled, then it flies 0.3 m/s towards +X
        flight.seconds(180);
        assertThat(flight.truth().velocityWorld().minus(new Vec3(0.3, 0, 0)).norm())
                .isLessThan(0.04);
        assertThat(flight.truth().attitude().rotate(new Vec3(1, 0, 0)).x()).isGreaterThan(0.999);
    }

    @Test
    void shouldExpireTheOlderSetPoint() {
        UUID first = flight.velocity(0, 1, 0);
        flight.tick();
        UUID second = flight.velocity(0, 0.5, 0);
        flight.tick();
        assertThat(flight.stages(first))
                .containsExactly(CommandStage.EXECUTING, CommandStage.EXPIRED);
        assertThat(flight.stages(second)).containsExactly(CommandStage.EXECUTING);
    }

    @Test
    void shouldRefuseTheAgentWhileAnOperatorUsesTheActuator() {
        // Given an operator's set-point that is not reached yet
        flight.seconds(2);
        assertThat(flight.world.admit(0, velocity(1), OPERATOR).stage())
                .isEqualTo(CommandStage.ACCEPTED);
        flight.tick();
        // When the agent wants another, then it is refused, until the first is done
        UUID agents = flight.velocity(0, -1, 0);
        flight.tick();
        assertThat(flight.stages(agents)).containsExactly(CommandStage.REJECTED);
        flight.seconds(120);
        assertThat(flight.truth().velocityWorld().y()).isCloseTo(1, within(0.03));
        UUID later = flight.velocity(0, 0.9, 0);
        flight.tick();
        assertThat(flight.stages(later)).containsExactly(CommandStage.EXECUTING);
    }

    @Test
    void shouldTimeOutWhenASetPointIsNotReached() {
        // Given 2 s for a change that takes 40
        ActuatorCommand hasty =
                flight.command(
                        Actuator.VELOCITY_CONTROLLER,
                        Type.SET_VELOCITY,
                        new CommandValue.Vector(new Vec3(0, 1, 0)),
                        Unit.METERS_PER_SECOND,
                        2_000);
        UUID id = flight.send(hasty);
        flight.seconds(3);
        assertThat(flight.stages(id)).containsExactly(CommandStage.EXECUTING, CommandStage.TIMEOUT);
    }

    @Test
    void shouldFailABurstWithoutPropellant() {
        flight.world.state().propellant[0] = 0;
        UUID id = flight.burst(Actuator.RCS_AFT, 100, 1_000);
        flight.seconds(2);
        assertThat(flight.stages(id)).containsExactly(CommandStage.EXECUTING, CommandStage.FAILED);
    }

    @Test
    void shouldActInTheOrderOfRankSourceAndSequence() {
        // Given three modes for one step, handed in out of order
        ActuatorCommand last =
                flight.command(
                        Actuator.POWER_CONTROLLER,
                        Type.SET_MODE,
                        new CommandValue.Whole(1),
                        Unit.UNSPECIFIED,
                        0);
        ActuatorCommand first =
                flight.command(
                        Actuator.POWER_CONTROLLER,
                        Type.SET_MODE,
                        new CommandValue.Whole(0),
                        Unit.UNSPECIFIED,
                        0);
        flight.world.admit(0, last, new CommandSource(1, "operator", 9));
        flight.world.admit(0, first, new CommandSource(1, "operator", 2));
        // When the step is made, then the highest sequence has the last word
        assertThat(flight.alone().status().powerMode()).isEqualTo(Actuator.PowerMode.SAFE);
    }

    @Test
    void shouldEndWhatIsPendingWhenTheWorldIsRenewed() {
        UUID under = flight.velocity(0, 1, 0);
        flight.tick();
        ActuatorCommand waiting = velocity(0.5);
        flight.world.agentBatch(0, 1, List.of(waiting));
        flight.world.renew(0, 1);
        Observation observation = flight.alone();
        assertThat(observation.incarnation()).isEqualTo(1);
        assertThat(observation.outcomes())
                .extracting(CommandOutcome::commandId)
                .contains(under, waiting.id());
        assertThat(observation.outcomes())
                .allMatch(outcome -> outcome.code() == FailureCode.SIM_RESTARTED);
    }
}
