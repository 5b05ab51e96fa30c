package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Actuator.AttitudeMode;
import io.qiki.dtmp.model.Actuator.PowerMode;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleProfile;
import io.qiki.dtmp.model.VehicleStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Vehicles of one kind in one scene, each alone in it, stepped from columns. Plain and synchronous;
 * one thread at a time. What becomes of a vehicle does not depend on how many there are, on its
 * place, or on its neighbours.
 */
public final class World {
    private static final int BLOCK = 64;
    private static final AttitudeMode[] ATTITUDE_MODES = AttitudeMode.values();
    private static final PowerMode[] POWER_MODES = PowerMode.values();

    private final WorldSettings settings;
    private final List<TwinId> twins;
    private final WorldState state;
    private final SceneMotion scene;
    private final Commands commands;
    private final Faults faults;
    private final OnboardFilter filter;
    private final AttitudeControl attitudeControl;
    private final VelocityControl velocityControl;
    private final Allocation allocation;
    private final Propulsion propulsion;
    private final PowerPlane power;
    private final ThermalPlane thermal;
    private final RigidBody body;
    private final Sensors sensors;
    private final Readings readings;
    private final Probes probes;
    private final double[] sunBody = new double[3];

    /** Why a vehicle stands since its last step, if it does; no part of its state. */
    private final Optional<RuntimeException>[] failures;

    /**
     * A world with every vehicle at its start, in incarnation 0.
     *
     * @param twins one vehicle each, in this order
     */
    public World(WorldSettings settings, List<TwinId> twins) {
        this.settings = Check.present(settings, "settings");
        this.twins = List.copyOf(twins);
        VehicleProfile profile = settings.profile();
        double dt = settings.stepSeconds();
        double meanMotion = settings.scene().meanMotion();
        ThrusterBases bases = new ThrusterBases(profile.propulsion());
        state =
                new WorldState(
                        this.twins.size(), bases.thrusters, settings.scene().objects().size());
        scene = new SceneMotion(settings.scene(), settings.stepNanos());
        SensorSchedule schedule = new SensorSchedule(profile.sensors(), settings.stepNanos());
        Reach reach = new Reach(bases);
        filter = new OnboardFilter(state, schedule, profile.mass(), meanMotion, dt);
        attitudeControl = new AttitudeControl(state, profile, reach, meanMotion);
        velocityControl = new VelocityControl(state, scene, profile, reach, meanMotion);
        allocation = new Allocation(state, bases);
        propulsion = new Propulsion(state, bases, profile.propulsion(), dt);
        thermal = new ThermalPlane(state, profile.thermal(), dt);
        power = new PowerPlane(state, thermal, profile, dt);
        body = new RigidBody(state, profile, meanMotion, dt);
        Measuring measuring = new Measuring(state, scene, power, profile, settings.scene());
        sensors = new Sensors(state, schedule, power, measuring, new Radar(state, scene, profile));
        commands = new Commands(state, settings, this.twins, velocityControl, attitudeControl);
        faults = new Faults(state, sensors, settings);
        failures = noFailures(this.twins.size());
        readings = new Readings(state, this.twins.size(), settings);
        probes = new Probes(state, this.twins.size(), settings);
        for (int i = 0; i < this.twins.size(); i++) {
            start(i, 0);
        }
    }

    /** Number of vehicles. */
    public int size() {
        return twins.size();
    }

    /** The twin of a vehicle. */
    public TwinId twin(int vehicle) {
        return twins.get(vehicle);
    }

    /** What this world is made of. */
    public WorldSettings settings() {
        return settings;
    }

    /** Steps that a vehicle has made in its incarnation. */
    public long step(int vehicle) {
        return state.step[vehicle];
    }

    /** Counts the lives of a vehicle: 0 at first, one more after each reset or renewal. */
    public int incarnation(int vehicle) {
        return (int) state.incarnation[vehicle];
    }

    /** Everything that the world remembers, for tests and tools. */
    public Columns columns() {
        return state.columns;
    }

    /** Steps every vehicle. */
    public void advance(int steps) {
        for (int from = 0; from < twins.size(); from += BLOCK) {
            int to = Math.min(from + BLOCK, twins.size());
            for (int s = 0; s < steps; s++) {
                for (int i = from; i < to; i++) {
                    stepAlone(i);
                }
            }
        }
    }

    /** Steps one vehicle alone, for those who catch up or fork. */
    public void advance(int vehicle, int steps) {
        for (int s = 0; s < steps; s++) {
            stepVehicle(vehicle);
        }
    }

    /**
     * Why a vehicle stands: a step of it failed, which touched no other. It stands until it is
     * restored or reset.
     */
    public Optional<RuntimeException> failure(int vehicle) {
        return failures[vehicle];
    }

    /** A vehicle whose step fails stands; the others go on. */
    private void stepAlone(int i) {
        if (failures[i].isPresent()) {
            return;
        }
        try {
            stepVehicle(i);
        } catch (RuntimeException failed) {
            failures[i] = Optional.of(failed);
        }
    }

    private void stepVehicle(int i) {
        faults.step(i);
        commands.step(i);
        filter.step(i);
        attitudeControl.step(i);
        velocityControl.step(i);
        allocation.step(i);
        double valves = propulsion.plan(i);
        double heaters = thermal.thermostats(i);
        double sunWatts = scene.sunlit(state.step[i]) ? scene.sunWatts : 0;
        Rotation.toBody(state.attitude, 4 * i, scene.sunX, scene.sunY, scene.sunZ, sunBody, 0);
        double cosine = power.cosine(sunBody[0], sunBody[1], sunBody[2]);
        power.step(i, valves, heaters, sunWatts, cosine);
        double burnt = propulsion.act(i);
        body.step(i, burnt);
        state.step[i]++;
        thermal.step(i, sunWatts);
        probes.step(i);
        sensors.step(i);
    }

    /**
     * Takes a command from outside in; it acts at the next step and its stages appear in the
     * observations that follow. Repeating it is safe.
     */
    public Admission admit(int vehicle, ActuatorCommand command, CommandSource source) {
        return commands.admit(vehicle, command, source);
    }

    /**
     * Takes the agent's commands of a tick in and renews its set-points, also without commands.
     * After a lapse the safe set stays until something else is commanded.
     *
     * @param epoch of the writer; one lower than the highest seen is fenced off
     * @return NONE, or SIM_FENCED when nothing was taken
     */
    public FailureCode agentBatch(int vehicle, long epoch, List<ActuatorCommand> batch) {
        return commands.agentBatch(vehicle, epoch, batch);
    }

    /** Injects a fault; gives why not, if so. */
    public Optional<Failure> injectFault(int vehicle, FaultSpec fault) {
        return faults.inject(vehicle, fault);
    }

    /** Keys of the faults that a vehicle holds; see {@link Faults#held}. */
    List<Long> faultKeys(int vehicle, boolean activeOnly) {
        return faults.held(vehicle, activeOnly);
    }

    /** Clears a fault; gives why not, if so. */
    public Optional<Failure> clearFault(int vehicle, String faultId) {
        return faults.clear(vehicle, faultId);
    }

    /**
     * What the vehicle tells its agent now. Outcomes are handed out once; everything else is not
     * changed by looking. The fingerprint is taken after that.
     *
     * @param tick number to put on it
     */
    public Observation observe(int vehicle, long tick) {
        var outcomes = commands.drain(vehicle);
        return new Observation(
                twins.get(vehicle),
                (int) state.incarnation[vehicle],
                tick,
                state.step[vehicle],
                readings.of(vehicle),
                probes.of(vehicle),
                outcomes,
                status(vehicle),
                state.epochSeen[vehicle],
                hash(vehicle));
    }

    private VehicleStatus status(int i) {
        double[] q = state.targetAttitude;
        int v = 3 * i;
        double[] u = state.targetVelocity;
        Vec3 velocity = new Vec3(u[v], u[v + 1], u[v + 2]);
        Quaternion target =
                Quaternion.normalised(q[4 * i], q[4 * i + 1], q[4 * i + 2], q[4 * i + 3]);
        if (state.velocityFrame[i] != 0) {
            double[] a = state.filterAttitude;
            velocity =
                    Quaternion.normalised(a[4 * i], a[4 * i + 1], a[4 * i + 2], a[4 * i + 3])
                            .rotate(velocity);
        }
        return new VehicleStatus(
                ATTITUDE_MODES[(int) state.attitudeMode[i]],
                target,
                state.velocityHeld[i] != 0,
                velocity,
                POWER_MODES[(int) state.powerMode[i]],
                state.lapsed[i] != 0,
                state.burstActuator[i] >= 0,
                vector(state.forceBody, v),
                vector(state.torqueBody, v),
                (int) state.firing[i]);
    }

    private static Vec3 vector(double[] values, int at) {
        return new Vec3(values[at], values[at + 1], values[at + 2]);
    }

    /** The fingerprint of everything that the world remembers of a vehicle. */
    public long hash(int vehicle) {
        return state.columns.hash(vehicle);
    }

    /** The complete state of a vehicle. */
    public WorldSnapshot snapshot(int vehicle) {
        double[] doubles = new double[state.columns.doublesPerVehicle()];
        long[] longs = new long[state.columns.longsPerVehicle()];
        state.columns.read(vehicle, doubles, longs);
        return new WorldSnapshot(twins.get(vehicle), doubles, longs);
    }

    /** Puts a vehicle exactly where a snapshot was taken, incarnation included. */
    public void restore(int vehicle, WorldSnapshot snapshot) {
        failures[vehicle] = Optional.empty();
        snapshot.writeTo(state.columns, vehicle);
        readings.forget(vehicle);
        probes.forget(vehicle);
    }

    /**
     * Puts a vehicle to its start, in its next incarnation. The highest epoch stays known, and
     * faults stay until they are cleared: they act at their ticks of the new time.
     */
    public void reset(int vehicle) {
        long next = state.incarnation[vehicle] + 1;
        long epoch = state.epochSeen[vehicle];
        long[] injected = faults.save(vehicle);
        start(vehicle, next);
        faults.restore(vehicle, injected);
        state.epochSeen[vehicle] = epoch;
    }

    /**
     * Lets a vehicle go on from where it is in another incarnation: what was commanded ends as
     * unavailable, the agent has to take over anew, and the random numbers are others.
     *
     * @param incarnation above the present one
     */
    public void renew(int vehicle, int incarnation) {
        Check.range(incarnation, state.incarnation[vehicle] + 1, Integer.MAX_VALUE, "incarnation");
        commands.end(vehicle, FailureCode.SIM_RESTARTED);
        identify(vehicle, incarnation);
    }

    /**
     * Lets a vehicle go on from a snapshot, in an incarnation that neither it nor the snapshot has
     * seen. What was commanded ends as unavailable; the highest epoch stays known.
     */
    public void goOnFrom(int vehicle, WorldSnapshot snapshot) {
        int now = incarnation(vehicle);
        long epoch = state.epochSeen[vehicle];
        restore(vehicle, snapshot);
        state.epochSeen[vehicle] = epoch;
        renew(vehicle, Math.max(now, incarnation(vehicle)) + 1);
    }

    /** The highest writer epoch that commanded a vehicle; 0: none yet. */
    public long epochSeen(int vehicle) {
        return state.epochSeen[vehicle];
    }

    /** Makes an epoch known to a vehicle that was put back to before it saw it. */
    void raiseEpoch(int vehicle, long epoch) {
        state.epochSeen[vehicle] = Math.max(state.epochSeen[vehicle], epoch);
    }

    /** What is really so, for tests only. */
    public Truth truth(int vehicle) {
        double[] q = state.attitude;
        int a = 4 * vehicle;
        List<Double> kelvin = new ArrayList<>();
        for (int k = 0; k < WorldState.NODES; k++) {
            kelvin.add(state.kelvin[WorldState.NODES * vehicle + k]);
        }
        return new Truth(
                state.step[vehicle],
                vector(state.positionWorld, 3 * vehicle),
                vector(state.velocityWorld, 3 * vehicle),
                Quaternion.normalised(q[a], q[a + 1], q[a + 2], q[a + 3]),
                vector(state.rateBody, 3 * vehicle),
                state.propellant[vehicle],
                power.charge(vehicle),
                kelvin);
    }

    /** The columns by name, for tests of the parts. */
    WorldState state() {
        return state;
    }

    private void identify(int i, long incarnation) {
        state.incarnation[i] = incarnation;
        state.randomKey[i] =
                CounterRandom.key(settings.seed(), twins.get(i).stableHash(), incarnation);
    }

    private void start(int i, long incarnation) {
        failures[i] = Optional.empty();
        state.columns.clear(i);
        identify(i, incarnation);
        Scene.Start start = settings.scene().start();
        put(state.positionWorld, 3 * i, start.positionWorld());
        put(state.velocityWorld, 3 * i, start.velocityWorld());
        put(state.rateBody, 3 * i, start.rateBody());
        Quaternion q = start.attitude();
        state.attitude[4 * i] = q.w();
        state.attitude[4 * i + 1] = q.x();
        state.attitude[4 * i + 2] = q.y();
        state.attitude[4 * i + 3] = q.z();
        state.propellant[i] = settings.profile().mass().propellantKilograms();
        for (int k = 0; k < WorldState.NODES; k++) {
            state.kelvin[WorldState.NODES * i + k] =
                    settings.profile().thermal().nodes().get(k).startKelvin();
        }
        power.reset(i);
        filter.reset(i);
        commands.reset(i);
        probes.step(i);
        sensors.reset(i);
        readings.forget(i);
        probes.forget(i);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Optional<RuntimeException>[] noFailures(int count) {
        Optional[] none = new Optional[count];
        Arrays.fill(none, Optional.empty());
        return none;
    }

    private static void put(double[] column, int at, Vec3 value) {
        column[at] = value.x();
        column[at + 1] = value.y();
        column[at + 2] = value.z();
    }
}
