package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.RadarSpec;
import io.qiki.dtmp.model.VehicleProfile;

/**
 * The search radar: one echo per detected object of the scene, false alarms beside them, nearest
 * first. The vehicle does not see itself.
 */
final class Radar {
    private static final int WIDTH = WorldState.ECHO_WIDTH;
    private static final double TWO_PI = 2 * Math.PI;
    private static final double FALSE_SPEED = 5;
    private static final double FALSE_SNR_SPREAD = 3;
    private static final int DRAWS = 16;

    private final WorldState state;
    private final SceneMotion scene;
    private final RadarSpec spec;
    private final double logFalseAlarm;
    private final double thresholdDecibels;
    private final double noFalseAlarm;

    Radar(WorldState state, SceneMotion scene, VehicleProfile profile) {
        this.state = state;
        this.scene = scene;
        spec = profile.radar();
        logFalseAlarm = StrictMath.log(spec.falseAlarmProbability());
        thresholdDecibels = 10 * StrictMath.log10(-logFalseAlarm);
        noFalseAlarm = StrictMath.exp(-spec.falseAlarmsPerFrame());
    }

    /** SNR of a cross-section at a range, dB. */
    double snrDecibels(double dbsm, double range) {
        double snr =
                spec.referenceDecibels()
                        + dbsm
                        - 40 * StrictMath.log10(Math.max(range, 1e-3) / 1000);
        return Math.min(spec.capDecibels(), snr);
    }

    /** Probability of detection at a linear SNR. Source: Swerling 1. */
    double detection(double snr) {
        return StrictMath.exp(logFalseAlarm / (1 + snr));
    }

    /** Takes a frame into the pending echoes; gives its worth. */
    long measure(int i) {
        long base = CounterRandom.base(state.randomKey[i], CounterRandom.RADAR, state.step[i]);
        state.echoPendingCount[i] = 0;
        for (int o = 0; o < scene.objects; o++) {
            look(i, o, base);
        }
        falseAlarms(i, base);
        return Sensors.GOOD;
    }

    private void look(int i, int o, long base) {
        int v = 3 * i;
        long step = state.step[i];
        double dx = scene.position(o, 0, step) - state.positionWorld[v];
        double dy = scene.position(o, 1, step) - state.positionWorld[v + 1];
        double dz = scene.position(o, 2, step) - state.positionWorld[v + 2];
        double range = Math.sqrt(dx * dx + dy * dy + dz * dz);
        double decibels = snrDecibels(scene.crossSection[o], range);
        double snr = StrictMath.pow(10, decibels / 10);
        int draw = DRAWS * (o + 1);
        if (range == 0 || CounterRandom.uniform(base, draw) >= detection(snr)) {
            return;
        }
        double ux = scene.velocity(o, 0) - state.velocityWorld[v];
        double uy = scene.velocity(o, 1) - state.velocityWorld[v + 1];
        double uz = scene.velocity(o, 2) - state.velocityWorld[v + 2];
        double radial = (dx * ux + dy * uy + dz * uz) / range;
        double scale = 1 / Math.sqrt(2 * snr);
        double angle = sigma(spec.angleFloor(), spec.angleSlope() * scale);
        double measuredRange =
                range
                        + sigma(spec.rangeFloor(), spec.rangeSlope() * scale)
                                * CounterRandom.gaussian(base, draw + 1);
        double bearing = StrictMath.atan2(dx, dy) + angle * CounterRandom.gaussian(base, draw + 2);
        double elevation =
                StrictMath.asin(Math.max(-1, Math.min(1, dz / range)))
                        + angle * CounterRandom.gaussian(base, draw + 3);
        double measuredRadial =
                radial
                        + sigma(spec.velocityFloor(), spec.velocitySlope() * scale)
                                * CounterRandom.gaussian(base, draw + 4);
        int at = insert(i, Math.max(0, measuredRange), o);
        double[] echo = state.echoPending;
        echo[at + 1] = wrap(bearing);
        echo[at + 2] = Math.max(-Math.PI / 2, Math.min(Math.PI / 2, elevation));
        echo[at + 3] = measuredRadial;
        echo[at + 4] = decibels;
        echo[at + 5] = scene.crossSection[o];
    }

    private void falseAlarms(int i, long base) {
        double u = CounterRandom.uniform(base, 0);
        double term = noFalseAlarm;
        double sum = term;
        for (int n = 1; n <= WorldState.FALSE_ALARMS && u >= sum; n++) {
            term *= spec.falseAlarmsPerFrame() / n;
            sum += term;
            falseAlarm(i, base, DRAWS * (scene.objects + n));
        }
    }

    private void falseAlarm(int i, long base, int draw) {
        double near = spec.falseAlarmNearMetres();
        double range =
                near + (spec.falseAlarmFarMetres() - near) * CounterRandom.uniform(base, draw);
        int at = insert(i, range, -1);
        double decibels =
                thresholdDecibels + FALSE_SNR_SPREAD * CounterRandom.uniform(base, draw + 1);
        double[] echo = state.echoPending;
        echo[at + 1] = wrap(TWO_PI * CounterRandom.uniform(base, draw + 2));
        echo[at + 2] = StrictMath.asin(2 * CounterRandom.uniform(base, draw + 3) - 1);
        echo[at + 3] = FALSE_SPEED * (2 * CounterRandom.uniform(base, draw + 4) - 1);
        echo[at + 4] = decibels;
        echo[at + 5] = decibels - snrDecibels(0, range);
    }

    private static double sigma(double floor, double slope) {
        return Math.sqrt(floor * floor + slope * slope);
    }

    private static double wrap(double angle) {
        double turned = angle < 0 ? angle + TWO_PI : angle;
        return turned >= TWO_PI ? turned - TWO_PI : turned;
    }

    /** Makes room for an echo in the order of range; gives where it begins. */
    private int insert(int i, double range, int object) {
        int first = state.echoes * i;
        int place = first + (int) state.echoPendingCount[i];
        double[] echo = state.echoPending;
        while (place > first && echo[WIDTH * (place - 1)] > range) {
            System.arraycopy(echo, WIDTH * (place - 1), echo, WIDTH * place, WIDTH);
            state.echoPendingObject[place] = state.echoPendingObject[place - 1];
            place--;
        }
        state.echoPendingCount[i]++;
        echo[WIDTH * place] = range;
        state.echoPendingObject[place] = object;
        return WIDTH * place;
    }

    /** Lets the pending frame be the newest. */
    void publish(int i) {
        int count = (int) state.echoPendingCount[i];
        int at = state.echoes * i;
        state.echoCount[i] = count;
        System.arraycopy(state.echoPending, WIDTH * at, state.echo, WIDTH * at, WIDTH * count);
        System.arraycopy(state.echoPendingObject, at, state.echoObject, at, count);
    }
}
