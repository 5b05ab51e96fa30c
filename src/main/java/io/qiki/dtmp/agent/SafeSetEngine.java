package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator.AttitudeMode;
import io.qiki.dtmp.model.Actuator.PowerMode;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.KnownObject;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.Vec3;
import java.util.List;

/**
 * The only thing that acts in SAFE_MODE: null the velocity relative to the nearest object, damp the
 * rates and turn the array to the sun, shed load.
 */
final class SafeSetEngine implements DecisionEngine {
    /** Source of its proposals. */
    static final String ID = "safe-set";

    private static final double CHANGED_MPS = 0.05;
    private static final double NEAR_METRES = 1000;
    private static final Drafts.Purpose PURPOSE =
            new Drafts.Purpose(ID, Proposal.Type.SAFETY, 1, 1);

    private final AgentSettings settings;

    SafeSetEngine(AgentSettings settings) {
        this.settings = settings;
    }

    /**
     * What it remembers.
     *
     * @param standing the proposal that stands; empty outside of SAFE_MODE
     */
    record Memory(List<Proposal> standing) implements EngineState {
        /** Nothing stands. */
        static final Memory NONE = new Memory(List.of());

        /** Copies. */
        Memory {
            standing = List.copyOf(standing);
        }

        @Override
        public Hash64 addTo(Hash64 hash) {
            hash.add((long) standing.size());
            standing.forEach(proposal -> proposal.addTo(hash));
            return hash;
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineState initial() {
        return Memory.NONE;
    }

    @Override
    public boolean essential() {
        return true;
    }

    @Override
    public boolean worksBlind() {
        return true;
    }

    @Override
    public EngineState propose(Situation situation, EngineState state, List<Proposal> proposals) {
        if (situation.fsm().state() != FsmState.SAFE_MODE) {
            return Memory.NONE;
        }
        Memory memory = (Memory) state;
        Vec3 velocity = velocityOfNearest(situation);
        Memory next =
                memory.standing().isEmpty() || changed(situation, memory, velocity)
                        ? new Memory(List.of(draft(situation.drafts(), velocity)))
                        : memory;
        proposals.addAll(next.standing());
        return next;
    }

    /** The safe set as commands. */
    List<ActuatorCommand> commands(Drafts drafts, Vec3 velocityWorld) {
        return List.of(
                drafts.velocity(velocityWorld),
                drafts.attitudeMode(AttitudeMode.SUN_POINT),
                drafts.power(PowerMode.SAFE));
    }

    /** Velocity of the nearest confirmed contact within 1 km, m/s; at rest without one. */
    Vec3 velocityOfNearest(Situation situation) {
        double nearest = NEAR_METRES;
        Vec3 velocity = Vec3.ZERO;
        for (int i = 0; i < situation.tracker().files().size(); i++) {
            RadarTrack track = situation.tracker().files().get(i).track();
            if (track.confirmed() && track.rangeMetres() < nearest) {
                nearest = track.rangeMetres();
                velocity =
                        settings.mission()
                                .known(situation.tracker().files().get(i).known())
                                .map(KnownObject::velocityWorld)
                                .orElse(track.velocityWorld());
            }
        }
        return velocity;
    }

    private Proposal draft(Drafts drafts, Vec3 velocity) {
        return drafts.proposal(
                PURPOSE,
                commands(drafts, velocity),
                "null the velocity relative to the nearest object, point to the sun, shed load",
                Activity.NONE);
    }

    private static boolean changed(Situation situation, Memory memory, Vec3 velocity) {
        Proposal standing = memory.standing().get(0);
        if (situation.tick() >= standing.expiresTick() - 1) {
            return true;
        }
        for (ActuatorCommand action : standing.actions()) {
            if (Standing.worn(situation, standing, action)) {
                return true;
            }
        }
        return !(standing.actions().get(0).value() instanceof CommandValue.Vector flown)
                || flown.value().minus(velocity).norm() > CHANGED_MPS;
    }
}
