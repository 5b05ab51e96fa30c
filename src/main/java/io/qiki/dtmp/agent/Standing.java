package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.Actuator.AttitudeMode;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleStatus;
import java.util.Optional;

/**
 * A proposal stands, with the same commands under the same ids, until something changed; these are
 * the reasons to make its commands anew. Pure.
 */
final class Standing {
    /** Ticks after sending from which the vehicle must report that a set-point acts. */
    static final int EFFECT_TICKS = 5;

    /** Ticks after which a refused set-point is tried again. */
    static final int RETRY_TICKS = 20;

    private static final double SAME_MPS = 1e-9;
    private static final double SAME_ATTITUDE = 1e-6;

    private Standing() {}

    /** Whether a command of a standing proposal must be replaced by a new one with a new id. */
    static boolean worn(Situation situation, Proposal proposal, ActuatorCommand action) {
        Actuation actuation = situation.actuation();
        long made = proposal.expiresTick() - Drafts.VALID_TICKS;
        if (actuation.renewTick() > made) {
            return true;
        }
        Optional<SentCommand> sent = actuation.newest(action.actuator());
        if (sent.isEmpty()) {
            return false;
        }
        SentCommand newest = sent.get();
        if (!newest.id().equals(action.id())) {
            return newest.lastTick() >= made;
        }
        long since = situation.tick() - newest.lastTick();
        boolean refused =
                switch (newest.stage()) {
                    case REJECTED, FAILED, TIMEOUT, EXPIRED, UNAVAILABLE -> true;
                    case REQUESTED, VALIDATED, ACCEPTED, EXECUTING, EXECUTED -> false;
                };
        if (refused) {
            return since >= RETRY_TICKS;
        }
        return since >= EFFECT_TICKS
                && newest.stage() != io.qiki.dtmp.model.CommandStage.REQUESTED
                && situation.observation().isPresent()
                && !acts(action, situation.observation().get().status());
    }

    /** Whether the vehicle reports that a set-point is what it flies. */
    static boolean acts(ActuatorCommand command, VehicleStatus status) {
        if (command.actuator() == Actuator.VELOCITY_CONTROLLER) {
            if (command.value() instanceof CommandValue.Vector velocity) {
                return status.burst()
                        || status.velocityHeld()
                                && near(status.velocityTargetWorld(), velocity.value());
            }
            return !status.velocityHeld();
        }
        if (command.actuator() == Actuator.ATTITUDE_CONTROLLER) {
            if (command.value() instanceof CommandValue.Vector turn) {
                Quaternion wanted = Quaternion.ofRotationVector(turn.value());
                return status.attitudeMode() == AttitudeMode.POINT
                        && same(wanted, status.attitudeTarget());
            }
            return mode(command) == status.attitudeMode().ordinal();
        }
        return command.actuator() != Actuator.POWER_CONTROLLER
                || mode(command) == status.powerMode().ordinal();
    }

    private static int mode(ActuatorCommand command) {
        return command.value() instanceof CommandValue.Whole mode ? mode.value() : -1;
    }

    private static boolean near(Vec3 a, Vec3 b) {
        return a.minus(b).norm() <= SAME_MPS;
    }

    private static boolean same(Quaternion a, Quaternion b) {
        double dot = a.w() * b.w() + a.x() * b.x() + a.y() * b.y() + a.z() * b.z();
        return 1 - Math.abs(dot) <= SAME_ATTITUDE;
    }
}
