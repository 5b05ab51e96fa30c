package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.PowerSpec.LoadId;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TruthState;

/**
 * Takes measurements when they are due and lets their readings appear after the latency. Keeps the
 * newest reading of every sensor; one measurement per sensor is on its way at most.
 */
final class Sensors {
    /** Doubles of all readings of a vehicle. */
    static final int VALUES;

    /** Where the values of a sensor begin, by ordinal. */
    static final int[] PLACE = new int[SensorId.count()];

    /** How many values a sensor has, by ordinal; the radar's echoes have columns of their own. */
    static final int[] WIDTH = new int[SensorId.count()];

    private static final long GAUGES =
            bit(SensorId.THERMAL) | bit(SensorId.POWER_GAUGE) | bit(SensorId.PROPELLANT_GAUGE);
    private static final long FORCED = 1L << 16;

    static {
        WIDTH[SensorId.IMU_MAIN.ordinal()] = 6;
        WIDTH[SensorId.NAV.ordinal()] = 6;
        WIDTH[SensorId.STAR_TRACKER.ordinal()] = 4;
        WIDTH[SensorId.LIDAR_FRONT.ordinal()] = 1;
        WIDTH[SensorId.SOLAR.ordinal()] = 3;
        WIDTH[SensorId.MAGNETOMETER.ordinal()] = 3;
        WIDTH[SensorId.THERMAL.ordinal()] = WorldState.NODES;
        WIDTH[SensorId.POWER_GAUGE.ordinal()] = 6 + WorldState.LOADS;
        WIDTH[SensorId.PROPELLANT_GAUGE.ordinal()] = 1;
        int place = 0;
        for (int s = 0; s < WIDTH.length; s++) {
            PLACE[s] = place;
            place += WIDTH[s];
        }
        VALUES = place;
    }

    private final WorldState state;
    private final SensorSchedule schedule;
    private final PowerPlane power;
    private final Measuring measuring;
    private final Radar radar;

    Sensors(
            WorldState state,
            SensorSchedule schedule,
            PowerPlane power,
            Measuring measuring,
            Radar radar) {
        this.state = state;
        this.schedule = schedule;
        this.power = power;
        this.measuring = measuring;
        this.radar = radar;
    }

    /** The bit of a sensor in masks. */
    static long bit(SensorId sensor) {
        return 1L << sensor.ordinal();
    }

    /** Packs what a reading is worth. */
    static long pack(TruthState truth, DataReason reason, boolean forced) {
        return truth.ordinal() | (long) reason.ordinal() << 8 | (forced ? FORCED : 0);
    }

    static final long GOOD = pack(TruthState.OK, DataReason.NONE, false);

    /** Ordinal of the truth state of a packed worth. */
    static int truth(long packed) {
        return (int) (packed & 255);
    }

    /** Ordinal of the reason of a packed worth. */
    static int reason(long packed) {
        return (int) (packed >> 8 & 255);
    }

    /** Whether a fault acts on a packed worth. */
    static boolean forced(long packed) {
        return (packed & FORCED) != 0;
    }

    /** Puts the sensors of a vehicle to their start and takes the first measurements. */
    void reset(int i) {
        int at = WorldState.SENSORS * i;
        for (int s = 0; s < WorldState.SENSORS; s++) {
            DataReason reason =
                    (schedule.built >> s & 1) != 0 ? DataReason.NOT_YET : DataReason.NOT_BUILT;
            state.sensorState[at + s] = pack(TruthState.NO_DATA, reason, false);
        }
        measuring.drawBias(i);
        step(i);
    }

    /** Publishes what is due and measures what is due, at the step the vehicle has reached. */
    void step(int i) {
        long off = state.sensorsOff[i];
        long dark = unpowered(i) & ~off;
        long lostPower = dark & ~state.sensorsUnpowered[i];
        if (lostPower != 0) {
            for (int s = 0; s < WorldState.SENSORS; s++) {
                if ((lostPower >> s & 1) != 0) {
                    silence(i, s, DataReason.UNPOWERED, false);
                }
            }
        }
        state.sensorsUnpowered[i] = dark;
        publish(i);
        long due = schedule.due(state.step[i]) & ~(off | dark);
        while (due != 0) {
            int s = Long.numberOfTrailingZeros(due);
            due &= due - 1;
            measure(i, s);
        }
    }

    /** Makes a sensor answer NO_DATA at once, as of this step. */
    void silence(int i, int sensor, DataReason reason, boolean forced) {
        int at = WorldState.SENSORS * i + sensor;
        if ((schedule.built >> sensor & 1) == 0) {
            return;
        }
        state.pending[i] &= ~(1L << sensor);
        state.sensorState[at] = pack(TruthState.NO_DATA, reason, forced);
        state.sensorStep[at] = state.step[i];
        state.sensorSequence[at]++;
    }

    private long unpowered(int i) {
        long dark = 0;
        if (!power.powered(i, LoadId.AVIONICS)) {
            dark = schedule.built & ~GAUGES;
        }
        if (!power.powered(i, LoadId.RADAR)) {
            dark |= bit(SensorId.RADAR_360);
        }
        return dark;
    }

    private void publish(int i) {
        long waiting = state.pending[i];
        while (waiting != 0) {
            int s = Long.numberOfTrailingZeros(waiting);
            waiting &= waiting - 1;
            if (state.pendingDue[WorldState.SENSORS * i + s] <= state.step[i]) {
                publish(i, s);
            }
        }
    }

    private void publish(int i, int s) {
        int at = WorldState.SENSORS * i + s;
        state.pending[i] &= ~(1L << s);
        long worth = state.pendingState[at];
        if (worth == state.sensorState[at] && truth(worth) == TruthState.NO_DATA.ordinal()) {
            return;
        }
        state.sensorState[at] = worth;
        state.sensorStep[at] = state.pendingStep[at];
        state.sensorSequence[at]++;
        if (s == SensorId.RADAR_360.ordinal()) {
            radar.publish(i);
            return;
        }
        int v = Sensors.VALUES * i + PLACE[s];
        for (int k = v; k < v + WIDTH[s]; k++) {
            state.sensorValue[k] = state.sensorPending[k];
        }
    }

    private void measure(int i, int s) {
        int at = WorldState.SENSORS * i + s;
        state.pendingState[at] =
                s == SensorId.RADAR_360.ordinal() ? radar.measure(i) : measuring.measure(i, s);
        state.pendingStep[at] = state.step[i];
        state.pendingDue[at] = state.step[i] + schedule.latencySteps[s];
        state.pending[i] |= 1L << s;
        if (schedule.latencySteps[s] == 0) {
            publish(i, s);
        }
    }
}
