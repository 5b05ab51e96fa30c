package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.Actuator.AttitudeMode;
import io.qiki.dtmp.model.Actuator.PowerMode;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.DerivedId;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.Vec3;
import java.util.List;

/**
 * Makes proposals and commands with ids that follow from seed, twin, writer and how many came
 * before.
 */
public final class Drafts {
    /** Ticks for which a proposal holds. */
    public static final int VALID_TICKS = 100;

    private final TwinId twin;
    private final long proposalStream;
    private final long commandStream;
    private final long tick;
    private long proposals;
    private long commands;

    private Drafts(Streams streams, long tick, long proposals, long commands) {
        this.twin = streams.twin();
        this.proposalStream = streams.proposals();
        this.commandStream = streams.commands();
        this.tick = tick;
        this.proposals = proposals;
        this.commands = commands;
    }

    /**
     * The streams of ids of a twin.
     *
     * @param twin whose
     * @param proposals key of the stream of proposals
     * @param commands key of the stream of commands
     */
    record Streams(TwinId twin, long proposals, long commands) {
        /** The streams that follow from seed and twin. */
        static Streams of(long seed, TwinId twin, String commands) {
            return new Streams(
                    twin,
                    DerivedId.streamKey(seed, twin, "proposal"),
                    DerivedId.streamKey(seed, twin, commands));
        }

        /**
         * The streams of a writer: whoever writes for the twin next begins other ones, so that a
         * command of its own is never taken for one that was given before.
         *
         * @param epoch of the writer; 0 while it has none
         * @param epochSeen highest epoch the vehicle has seen; told apart by it until it has one
         * @param incarnation of the world
         */
        Streams of(long epoch, long epochSeen, long incarnation) {
            long writer = epoch > 0 ? 2 * epoch : 2 * epochSeen + 1;
            return new Streams(
                    twin,
                    branch(proposals, writer, incarnation),
                    branch(commands, writer, incarnation));
        }

        private static long branch(long key, long writer, long incarnation) {
            return DerivedId.branchKey(DerivedId.branchKey(key, writer), incarnation);
        }

        /** Drafts of a tick, going on from the counters. */
        Drafts at(long tick, long proposals, long commands) {
            return new Drafts(this, tick, proposals, commands);
        }
    }

    /** How many proposals have been made so far. */
    long proposals() {
        return proposals;
    }

    /** How many commands have been made so far. */
    long commands() {
        return commands;
    }

    /** Fly with a velocity, m/s, world frame. */
    public ActuatorCommand velocity(Vec3 velocityWorld) {
        return command(
                Actuator.VELOCITY_CONTROLLER,
                ActuatorCommand.Type.SET_VELOCITY,
                new CommandValue.Vector(velocityWorld),
                Unit.METERS_PER_SECOND);
    }

    /** Hold no velocity. */
    public ActuatorCommand coast() {
        return command(
                Actuator.VELOCITY_CONTROLLER,
                ActuatorCommand.Type.DISABLE,
                new CommandValue.Flag(false),
                Unit.UNSPECIFIED);
    }

    /** Point the body along an attitude. */
    public ActuatorCommand attitude(Quaternion bodyToWorld) {
        return command(
                Actuator.ATTITUDE_CONTROLLER,
                ActuatorCommand.Type.ROTATE,
                new CommandValue.Vector(bodyToWorld.rotationVector()),
                Unit.RADIANS);
    }

    /** Switch the attitude controller. */
    public ActuatorCommand attitudeMode(AttitudeMode mode) {
        return command(
                Actuator.ATTITUDE_CONTROLLER,
                ActuatorCommand.Type.SET_MODE,
                new CommandValue.Whole(mode.ordinal()),
                Unit.UNSPECIFIED);
    }

    /** Switch the power distribution. */
    public ActuatorCommand power(PowerMode mode) {
        return command(
                Actuator.POWER_CONTROLLER,
                ActuatorCommand.Type.SET_MODE,
                new CommandValue.Whole(mode.ordinal()),
                Unit.UNSPECIFIED);
    }

    /** A proposal that holds for {@value #VALID_TICKS} ticks. */
    public Proposal proposal(
            Purpose purpose, List<ActuatorCommand> actions, String justification, Activity goal) {
        return new Proposal(
                DerivedId.of(proposalStream, proposals++),
                purpose.source(),
                purpose.type(),
                purpose.priority(),
                purpose.confidence(),
                actions,
                justification,
                tick + VALID_TICKS,
                List.of(),
                List.of(),
                goal);
    }

    private ActuatorCommand command(
            Actuator actuator, ActuatorCommand.Type type, CommandValue value, Unit unit) {
        return new ActuatorCommand(
                DerivedId.of(commandStream, commands++), twin, actuator, type, value, unit, 0);
    }

    /**
     * Who proposes and how urgently.
     *
     * @param source id of the engine
     * @param type of the proposal
     * @param priority 0..1
     * @param confidence 0..1
     */
    public record Purpose(String source, Proposal.Type type, double priority, double confidence) {}
}
