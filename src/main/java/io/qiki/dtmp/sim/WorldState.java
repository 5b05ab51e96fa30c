package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.PowerSpec.LoadId;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.ThermalSpec.NodeId;

/**
 * The columns of a world, by name. Element k of vehicle i of a column of width w is at i x w + k.
 * Everything that affects the future is here; the order of declaration is the order of the
 * fingerprint. SI units; {@code World} and {@code Body} name the frame.
 */
final class WorldState {
    static final int LOADS = LoadId.values().length;
    static final int NODES = NodeId.values().length;
    static final int SENSORS = SensorId.count();
    static final int FAULTS = FaultSpec.MOST_AT_A_TIME;
    static final int FAULT_WORDS = 4;

    /** Radar detection: range, bearing, elevation, radial velocity, SNR, cross-section. */
    static final int ECHO_WIDTH = 6;

    /** False alarms kept per frame, beside one echo per object. */
    static final int FALSE_ALARMS = 3;

    final Columns columns;
    final int thrusters;
    final int echoes;

    final double[] positionWorld;
    final double[] velocityWorld;
    final double[] attitude;
    final double[] rateBody;
    final double[] propellant;
    final double[] forceBody;
    final double[] torqueBody;

    /** Wanted force and torque, body frame. */
    final double[] demand;

    /** The demand that the duties answer. */
    final double[] solvedDemand;

    final double[] duty;
    final double[] onSeconds;
    final double[] carrySeconds;
    final double[] burstFraction;
    final double[] targetAttitude;

    /** Velocity set-point, in the frame of {@link #velocityFrame}. */
    final double[] targetVelocity;

    final double[] filterAttitude;
    final double[] filterRate;
    final double[] filterVelocity;
    final double[] filterPosition;
    final double[] filterSun;
    final double[] batteryJoules;
    final double[] supercapJoules;
    final double[] busVolts;
    final double[] loadWatts;
    final double[] valveWatts;
    final double[] valveGrant;
    final double[] heaterWatts;

    /** Power account of the last step; places are constants of PowerPlane. */
    final double[] powerAccount;

    final double[] kelvin;

    /** Heat account of the last step; places are constants of ThermalPlane. */
    final double[] heatAccount;

    final double[] inertialBias;
    final double[] sensorValue;
    final double[] sensorPending;
    final double[] echo;
    final double[] echoPending;

    final long[] step;
    final long[] incarnation;
    final long[] randomKey;
    final long[] epochSeen;

    /** Step of the last valid agent batch; -1: no agent yet. */
    final long[] lastBatchStep;

    final long[] attitudeMode;
    final long[] velocityHeld;

    /** 0: world, 1: body. */
    final long[] velocityFrame;

    final long[] velocityActive;
    final long[] powerMode;
    final long[] lapsed;
    final long[] announcedMode;

    /** Actuator ordinal of the burst; -1: none. */
    final long[] burstActuator;

    final long[] burstUntil;
    final long[] burstActed;
    final long[] basis;
    final long[] firing;

    /** Bits of OnboardFilter. */
    final long[] filterFlags;

    /** Sequences of star tracker, navigation and sun sensor used last. */
    final long[] filterSeen;

    /** Navigation fixes taken in since the filter began. */
    final long[] filterFixes;

    /** Bits of PowerPlane. */
    final long[] powerFlags;

    final long[] overcurrentLevel;
    final long[] overcurrentCalm;

    /** Per load: bits 0-7 level, 8-15 reason. */
    final long[] loadState;

    /** Step at which each load's state last changed. */
    final long[] loadSince;

    final long[] heaterOn;

    /** Per node, bits of ThermalPlane. */
    final long[] thermalFlags;

    final long[] sensorSequence;
    final long[] sensorStep;

    /** Truth, reason and forced, packed by Sensors. */
    final long[] sensorState;

    /** Bit mask of the sensors with a measurement on its way. */
    final long[] pending;

    final long[] pendingDue;
    final long[] pendingStep;
    final long[] pendingState;

    /** Bit masks of sensors switched off by faults and without power. */
    final long[] sensorsOff;

    final long[] sensorsUnpowered;
    final long[] echoCount;
    final long[] echoPendingCount;

    /** Object of each echo; -1: false alarm. */
    final long[] echoObject;

    final long[] echoPendingObject;

    /** Supply voltage at the last probe, V. */
    final double[] probeVolts;

    final long[] faults;
    final long[] inboxCount;
    final long[] inbox;
    final double[] inboxValues;
    final long[] active;
    final long[] recentHead;
    final long[] recent;
    final long[] outcomeCount;
    final long[] outcomes;

    WorldState(int vehicles, int thrusterCount, int objectCount) {
        columns = new Columns(vehicles);
        thrusters = thrusterCount;
        echoes = objectCount + FALSE_ALARMS;
        Columns c = columns;
        positionWorld = c.doubles("body.position", 3);
        velocityWorld = c.doubles("body.velocity", 3);
        attitude = c.doubles("body.attitude", 4);
        rateBody = c.doubles("body.rate", 3);
        propellant = c.doubles("body.propellant", 1);
        forceBody = c.doubles("body.force", 3);
        torqueBody = c.doubles("body.torque", 3);
        demand = c.doubles("control.demand", 6);
        solvedDemand = c.doubles("thrusters.solved-demand", 6);
        duty = c.doubles("thrusters.duty", thrusters);
        onSeconds = c.doubles("thrusters.on", thrusters);
        carrySeconds = c.doubles("thrusters.carry", thrusters);
        burstFraction = c.doubles("control.burst-fraction", 1);
        targetAttitude = c.doubles("control.target-attitude", 4);
        targetVelocity = c.doubles("control.target-velocity", 3);
        filterAttitude = c.doubles("filter.attitude", 4);
        filterRate = c.doubles("filter.rate", 3);
        filterVelocity = c.doubles("filter.velocity", 3);
        filterPosition = c.doubles("filter.position", 3);
        filterSun = c.doubles("filter.sun", 3);
        batteryJoules = c.doubles("power.battery", 1);
        supercapJoules = c.doubles("power.supercap", 1);
        busVolts = c.doubles("power.bus-volts", 1);
        loadWatts = c.doubles("power.loads", LOADS);
        valveWatts = c.doubles("power.valves", 1);
        valveGrant = c.doubles("power.valve-grant", 1);
        heaterWatts = c.doubles("power.heaters", NODES);
        powerAccount = c.doubles("power.account", PowerPlane.ACCOUNT_WIDTH);
        kelvin = c.doubles("thermal.kelvin", NODES);
        heatAccount = c.doubles("thermal.account", ThermalPlane.ACCOUNT_WIDTH);
        inertialBias = c.doubles("sensor.inertial-bias", 6);
        sensorValue = c.doubles("sensor.value", Sensors.VALUES);
        sensorPending = c.doubles("sensor.pending-value", Sensors.VALUES);
        echo = c.doubles("radar.echo", echoes * ECHO_WIDTH);
        echoPending = c.doubles("radar.pending-echo", echoes * ECHO_WIDTH);
        probeVolts = c.doubles("probe.volts", 1);
        inboxValues = c.doubles("inbox.values", Inbox.CAPACITY * 3);
        step = c.longs("step", 1);
        incarnation = c.longs("incarnation", 1);
        randomKey = c.longs("random.key", 1);
        epochSeen = c.longs("agent.epoch", 1);
        lastBatchStep = c.longs("agent.last-batch", 1);
        attitudeMode = c.longs("control.attitude-mode", 1);
        velocityHeld = c.longs("control.velocity-held", 1);
        velocityFrame = c.longs("control.velocity-frame", 1);
        velocityActive = c.longs("control.velocity-active", 1);
        powerMode = c.longs("control.power-mode", 1);
        lapsed = c.longs("control.lapsed", 1);
        announcedMode = c.longs("control.announced-mode", 1);
        burstActuator = c.longs("control.burst-actuator", 1);
        burstUntil = c.longs("control.burst-until", 1);
        burstActed = c.longs("control.burst-acted", 1);
        basis = c.longs("thrusters.basis", 1);
        firing = c.longs("thrusters.firing", 1);
        filterFlags = c.longs("filter.flags", 1);
        filterSeen = c.longs("filter.seen", 3);
        filterFixes = c.longs("filter.fixes", 1);
        powerFlags = c.longs("power.flags", 1);
        overcurrentLevel = c.longs("power.overcurrent-level", 1);
        overcurrentCalm = c.longs("power.overcurrent-calm", 1);
        loadState = c.longs("power.load-state", LOADS);
        loadSince = c.longs("power.load-since", LOADS);
        heaterOn = c.longs("thermal.heater-on", 1);
        thermalFlags = c.longs("thermal.flags", NODES);
        sensorSequence = c.longs("sensor.sequence", SENSORS);
        sensorStep = c.longs("sensor.step", SENSORS);
        sensorState = c.longs("sensor.state", SENSORS);
        pending = c.longs("sensor.pending", 1);
        pendingDue = c.longs("sensor.pending-due", SENSORS);
        pendingStep = c.longs("sensor.pending-step", SENSORS);
        pendingState = c.longs("sensor.pending-state", SENSORS);
        sensorsOff = c.longs("sensor.off", 1);
        sensorsUnpowered = c.longs("sensor.unpowered", 1);
        echoCount = c.longs("radar.count", 1);
        echoPendingCount = c.longs("radar.pending-count", 1);
        echoObject = c.longs("radar.object", echoes);
        echoPendingObject = c.longs("radar.pending-object", echoes);
        faults = c.longs("faults", FAULTS * FAULT_WORDS);
        inboxCount = c.longs("inbox.count", 1);
        inbox = c.longs("inbox", Inbox.CAPACITY * Inbox.WORDS);
        active = c.longs("commands.active", Commands.SLOTS * Commands.SLOT_WORDS);
        recentHead = c.longs("commands.recent-head", RecentCommands.RANKS);
        recent = c.longs("commands.recent", RecentCommands.CAPACITY * RecentCommands.WORDS);
        outcomeCount = c.longs("outcomes.count", 1);
        outcomes = c.longs("outcomes", OutcomeRing.CAPACITY * OutcomeRing.WORDS);
    }
}
