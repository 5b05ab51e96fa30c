package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.Actuator.PowerMode;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.AgentOutlook;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.ControlSpec;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Goal;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.Vec3;
import java.util.ArrayList;
import java.util.List;

/**
 * Flies the goals of the mission, from sensor readings only: a waypoint, a hold, an observation.
 *
 * <p>Below the return reserve of propellant it goes home and stays, below the hold reserve it
 * translates no more. Approach, docking and charging come later.
 */
// An unchanged part of the state stays the same object.
@SuppressWarnings("ReferenceEquality")
final class MissionEngine implements DecisionEngine {
    /** Source of its proposals. */
    static final String ID = "mission";

    private static final Drafts.Purpose FLY =
            new Drafts.Purpose(ID, Proposal.Type.PLANNING, 0.7, 0.9);
    private static final Drafts.Purpose POWER_UP =
            new Drafts.Purpose(ID, Proposal.Type.PLANNING, 0.3, 0.8);
    private static final int SETTLED_TICKS = 20;

    /** How far a hold may drift, m: a waypoint is held within 1 m. */
    private static final double KEEP_METRES = 0.6;

    /** How far an observer may drift, m: it looks from afar, and drifting costs nothing. */
    private static final double LOITER_METRES = 10;

    /** Share of the drift at which a way back ends. */
    private static final double KEEP_NEAR = 0.25;

    /** Speed of a way back, m/s: twice the dead zone of the velocity loop. */
    private static final double KEEP_MPS = 0.04;

    private static final double SETTLED_MPS = 0.05;
    private static final double FAR_METRES = 20;
    private static final double CHANGED_MPS = 0.008;
    private static final double CHANGED_SHARE = 0.05;
    private static final double ON_TARGET = 0.9962;
    private static final double SAME_LOOK = 0.99985;

    private final AgentSettings settings;
    private final Mission mission;
    private final ControlSpec control;
    private final double fullKilograms;

    MissionEngine(AgentSettings settings) {
        this.settings = settings;
        this.mission = settings.mission();
        this.control = settings.profile().control();
        this.fullKilograms = settings.profile().mass().propellantKilograms();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineState initial() {
        return MissionMemory.START;
    }

    @Override
    public boolean essential() {
        return true;
    }

    @Override
    public AgentOutlook.Aim aim(EngineState state) {
        MissionMemory memory = (MissionMemory) state;
        if (!memory.begun()) {
            return AgentOutlook.Aim.NONE;
        }
        Goal goal = goal(memory);
        return new AgentOutlook.Aim(goal.label(), activity(goal), memory.place());
    }

    @Override
    public EngineState propose(Situation situation, EngineState state, List<Proposal> proposals) {
        MissionMemory memory = (MissionMemory) state;
        if (mission.goals().isEmpty() || !situation.sensors().nav().known()) {
            return memory;
        }
        if (situation.fsm().state() == FsmState.SAFE_MODE) {
            return memory.begun() ? memory.begin(memory.place(), memory.look()) : memory;
        }
        double propellant = propellantShare(situation);
        if (!memory.returning() && propellant < control.reserveReturn()) {
            memory = memory.home();
        }
        if (!memory.begun()) {
            memory = begin(situation, memory);
        }
        Vec3 position = situation.positionNow(settings);
        memory = progress(situation, memory, position);
        if (!memory.begun()) {
            memory = begin(situation, memory);
        }
        boolean translate = propellant >= control.reserveHold();
        Vec3 velocity = velocity(memory, memory.place().minus(position));
        List<Proposal> standing = standing(situation, memory, velocity, translate);
        proposals.addAll(standing);
        return memory.with(memory.settledTicks(), memory.doneTicks(), standing);
    }

    /**
     * On the way, towards the place; once there, at rest as long as it is near enough, which costs
     * next to nothing, and back slowly when it is not.
     */
    private Vec3 velocity(MissionMemory memory, Vec3 toGo) {
        Goal goal = goal(memory);
        if (goal instanceof Goal.GoTo) {
            return Guidance.velocity(toGo, mission.transitMps());
        }
        double far = goal instanceof Goal.Observe ? LOITER_METRES : KEEP_METRES;
        double distance = toGo.norm();
        if (distance <= (rests(memory) ? far : far * KEEP_NEAR)) {
            return Vec3.ZERO;
        }
        return Guidance.velocity(toGo, distance <= 2 * far ? KEEP_MPS : mission.transitMps());
    }

    private static boolean rests(MissionMemory memory) {
        return !memory.standing().isEmpty()
                && memory.standing().get(0).actions().stream()
                        .anyMatch(
                                action ->
                                        action.value() instanceof CommandValue.Vector flown
                                                && action.actuator() == Actuator.VELOCITY_CONTROLLER
                                                && flown.value().equals(Vec3.ZERO));
    }

    private Goal goal(MissionMemory memory) {
        int count = mission.goals().size();
        if (memory.returning()) {
            return new Goal.Hold("home for good", 0);
        }
        if (!mission.repeat() && memory.leg() >= count) {
            return new Goal.Hold("mission done", 0);
        }
        return mission.goals().get((int) (memory.leg() % count));
    }

    private boolean endless(MissionMemory memory) {
        return memory.returning() || !mission.repeat() && memory.leg() >= mission.goals().size();
    }

    private MissionMemory begin(Situation situation, MissionMemory memory) {
        Vec3 position = situation.positionNow(settings);
        boolean first = memory.leg() == 0 && memory.place().equals(Vec3.ZERO);
        Vec3 here = first ? position : memory.place();
        if (memory.returning()) {
            return memory.begin(mission.homeWorld(), memory.look());
        }
        Goal goal = goal(memory);
        if (goal instanceof Goal.GoTo waypoint) {
            Vec3 toGo = waypoint.positionWorld().minus(position);
            Vec3 look = toGo.norm() > FAR_METRES ? toGo.unit() : memory.look();
            return memory.begin(waypoint.positionWorld(), look);
        }
        if (goal instanceof Goal.Observe observe) {
            return memory.begin(here, direction(situation, observe, position));
        }
        return memory.begin(here, memory.look());
    }

    private Vec3 direction(Situation situation, Goal.Observe observe, Vec3 position) {
        double seconds = settings.seconds(situation.step());
        return mission.known(observe.object())
                .map(object -> object.positionAt(seconds).minus(position).unit())
                .orElse(Vec3.ZERO);
    }

    private MissionMemory progress(Situation situation, MissionMemory memory, Vec3 position) {
        boolean flying = situation.fsm().state() == FsmState.ACTIVE;
        if (!flying || endless(memory)) {
            return memory;
        }
        Goal goal = goal(memory);
        if (goal instanceof Goal.GoTo waypoint) {
            boolean there =
                    memory.place().minus(position).norm() <= waypoint.toleranceMetres()
                            && situation.sensors().nav().velocityWorld().norm() <= SETTLED_MPS;
            int settled = there ? memory.settledTicks() + 1 : 0;
            return settled >= SETTLED_TICKS
                    ? memory.next()
                    : memory.with(settled, 0, memory.standing());
        }
        if (goal instanceof Goal.Observe observe) {
            return observe(situation, memory, observe, position);
        }
        return served(memory, ((Goal.Hold) goal).seconds(), true);
    }

    private MissionMemory observe(
            Situation situation, MissionMemory memory, Goal.Observe observe, Vec3 position) {
        Vec3 direction = direction(situation, observe, position);
        MissionMemory turned =
                direction.dot(memory.look()) < SAME_LOOK
                        ? new MissionMemory(
                                memory.leg(),
                                true,
                                false,
                                memory.place(),
                                direction,
                                memory.settledTicks(),
                                memory.doneTicks(),
                                memory.standing())
                        : memory;
        return served(turned, observe.seconds(), onTarget(situation, direction));
    }

    private MissionMemory served(MissionMemory memory, double seconds, boolean counts) {
        long done = memory.doneTicks() + (counts ? 1 : 0);
        return done * settings.tickMillis() >= seconds * 1000
                ? memory.next()
                : memory.with(0, done, memory.standing());
    }

    /** Whether the nose is within 5 degrees of a direction, by the star tracker. */
    private static boolean onTarget(Situation situation, Vec3 direction) {
        return situation
                .observation()
                .map(seen -> seen.reading(SensorId.STAR_TRACKER).measurement())
                .filter(Measurement.Attitude.class::isInstance)
                .map(measurement -> ((Measurement.Attitude) measurement).bodyToWorld())
                .map(attitude -> attitude.rotate(new Vec3(1, 0, 0)).dot(direction) >= ON_TARGET)
                .orElse(false);
    }

    private double propellantShare(Situation situation) {
        if (situation.observation().isPresent()
                && situation.sensors().trusts(SensorId.PROPELLANT_GAUGE)
                && situation.observation().get().reading(SensorId.PROPELLANT_GAUGE).measurement()
                        instanceof Measurement.Propellant gauge
                && fullKilograms > 0) {
            return gauge.kilograms() / fullKilograms;
        }
        return 1;
    }

    private static Activity activity(Goal goal) {
        if (goal instanceof Goal.GoTo) {
            return Activity.MANOEUVRE;
        }
        return goal instanceof Goal.Observe ? Activity.OBSERVE : Activity.CRUISE;
    }

    private List<Proposal> standing(
            Situation situation, MissionMemory memory, Vec3 velocity, boolean translate) {
        List<Proposal> before = memory.standing();
        Proposal fly = fly(situation, memory, velocity, translate);
        boolean dark =
                situation
                        .observation()
                        .map(Observation::status)
                        .map(status -> status.powerMode() == PowerMode.SAFE)
                        .orElse(false);
        if (!dark) {
            return before.size() == 1 && before.get(0) == fly ? before : List.of(fly);
        }
        Proposal power = power(situation, before);
        return before.size() == 2 && before.get(0) == fly && before.get(1) == power
                ? before
                : List.of(fly, power);
    }

    private static Proposal power(Situation situation, List<Proposal> before) {
        if (before.size() == 2) {
            Proposal stood = before.get(1);
            if (situation.tick() < stood.expiresTick() - 1
                    && !Standing.worn(situation, stood, stood.actions().get(0))) {
                return stood;
            }
        }
        return situation
                .drafts()
                .proposal(
                        POWER_UP,
                        List.of(situation.drafts().power(PowerMode.NORMAL)),
                        "no reason to shed load any more",
                        Activity.NONE);
    }

    private Proposal fly(
            Situation situation, MissionMemory memory, Vec3 velocity, boolean translate) {
        Drafts drafts = situation.drafts();
        List<Proposal> before = memory.standing();
        if (before.isEmpty()) {
            return draft(situation, memory, actions(drafts, memory, velocity, translate));
        }
        Proposal stood = before.get(0);
        List<ActuatorCommand> actions = new ArrayList<>(stood.actions().size());
        boolean changed = situation.tick() >= stood.expiresTick() - 1;
        for (ActuatorCommand action : stood.actions()) {
            ActuatorCommand next = action;
            if (action.actuator() == Actuator.VELOCITY_CONTROLLER) {
                if (Standing.worn(situation, stood, action)
                        || differs(action, velocity, translate)) {
                    next = translate ? drafts.velocity(velocity) : drafts.coast();
                }
            } else if (Standing.worn(situation, stood, action) || !points(action, memory.look())) {
                next = drafts.attitude(Guidance.noseAlong(memory.look()));
            }
            changed |= next != action;
            actions.add(next);
        }
        return changed ? draft(situation, memory, actions) : stood;
    }

    private Proposal draft(
            Situation situation, MissionMemory memory, List<ActuatorCommand> actions) {
        Goal goal = goal(memory);
        return situation.drafts().proposal(FLY, actions, goal.label(), activity(goal));
    }

    private static List<ActuatorCommand> actions(
            Drafts drafts, MissionMemory memory, Vec3 velocity, boolean translate) {
        ActuatorCommand fly = translate ? drafts.velocity(velocity) : drafts.coast();
        return memory.look().equals(Vec3.ZERO)
                ? List.of(fly)
                : List.of(fly, drafts.attitude(Guidance.noseAlong(memory.look())));
    }

    private static boolean differs(ActuatorCommand action, Vec3 velocity, boolean translate) {
        if (!(action.value() instanceof CommandValue.Vector flown)) {
            return translate;
        }
        double change = flown.value().minus(velocity).norm();
        return !translate || change > Math.max(CHANGED_MPS, CHANGED_SHARE * velocity.norm());
    }

    private static boolean points(ActuatorCommand action, Vec3 look) {
        return action.value() instanceof CommandValue.Vector turn
                && io.qiki.dtmp.model.Quaternion.ofRotationVector(turn.value())
                                .rotate(new Vec3(1, 0, 0))
                                .dot(look)
                        > SAME_LOOK;
    }
}
