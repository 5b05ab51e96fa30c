package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Measurement.ShedLoad;
import io.qiki.dtmp.model.PowerSpec.LoadId;
import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarDetection.RangeBand;
import io.qiki.dtmp.model.RadarDetection.TransponderMode;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.SceneObject;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.Vec3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns to readings. A reading that has not changed is the same object as last time. */
final class Readings {
    private static final int SENSORS = WorldState.SENSORS;
    private static final TruthState[] TRUTHS = TruthState.values();
    private static final DataReason[] REASONS = DataReason.values();
    private final WorldState state;
    private final Scene scene;
    private final double shortRange;
    private final SensorReading[] cache;

    Readings(WorldState state, int vehicles, WorldSettings settings) {
        this.state = state;
        scene = settings.scene();
        shortRange = settings.profile().radar().shortRangeMetres();
        cache = new SensorReading[vehicles * SENSORS];
    }

    /** Forgets the objects of a vehicle whose columns were replaced. */
    void forget(int i) {
        Arrays.fill(cache, SENSORS * i, SENSORS * (i + 1), null);
    }

    /** The newest reading of every sensor of a vehicle. */
    List<SensorReading> of(int i) {
        SensorReading[] all = new SensorReading[SENSORS];
        for (int s = 0; s < SENSORS; s++) {
            int at = SENSORS * i + s;
            SensorReading known = cache[at];
            if (known == null || known.sequence() != state.sensorSequence[at]) {
                known = build(i, s, at);
                cache[at] = known;
            }
            all[s] = known;
        }
        return List.of(all);
    }

    private SensorReading build(int i, int s, int at) {
        long worth = state.sensorState[at];
        TruthState truth = TRUTHS[Sensors.truth(worth)];
        SensorId sensor = SensorId.at(s);
        Measurement measurement =
                truth == TruthState.NO_DATA ? Measurement.None.INSTANCE : measurement(i, sensor);
        return new SensorReading(
                sensor,
                state.sensorSequence[at],
                state.sensorStep[at],
                truth,
                REASONS[Sensors.reason(worth)],
                truth == TruthState.OK ? 1 : 0,
                Sensors.forced(worth),
                measurement);
    }

    private Measurement measurement(int i, SensorId sensor) {
        int v = Sensors.VALUES * i + Sensors.PLACE[sensor.ordinal()];
        double[] x = state.sensorValue;
        return switch (sensor) {
            case IMU_MAIN -> new Measurement.Inertial(vector(v), vector(v + 3));
            case NAV -> new Measurement.Navigation(vector(v), vector(v + 3));
            case STAR_TRACKER ->
                    new Measurement.Attitude(
                            Quaternion.normalised(x[v], x[v + 1], x[v + 2], x[v + 3]));
            case LIDAR_FRONT -> new Measurement.Range(x[v]);
            case RADAR_360 -> new Measurement.Radar(frame(i));
            case SOLAR -> new Measurement.SunDirection(vector(v));
            case MAGNETOMETER -> new Measurement.MagneticField(vector(v));
            case THERMAL -> temperatures(v);
            case POWER_GAUGE ->
                    new Measurement.PowerGauge(
                            x[v], x[v + 1], x[v + 2], x[v + 3], x[v + 4], x[v + 5], shed(v + 6));
            case PROPELLANT_GAUGE -> new Measurement.Propellant(x[v]);
            case DOCKING, RADIATION, PROXIMITY ->
                    throw new IllegalStateException(sensor.id() + " is not built");
        };
    }

    private Vec3 vector(int v) {
        return new Vec3(state.sensorValue[v], state.sensorValue[v + 1], state.sensorValue[v + 2]);
    }

    private Measurement temperatures(int v) {
        List<Double> kelvin = new ArrayList<>(WorldState.NODES);
        for (int k = 0; k < WorldState.NODES; k++) {
            kelvin.add(state.sensorValue[v + k]);
        }
        return new Measurement.Temperatures(kelvin);
    }

    private List<ShedLoad> shed(int v) {
        List<ShedLoad> shed = new ArrayList<>();
        for (int place = 0; place < WorldState.LOADS; place++) {
            LoadId load = LoadShedding.order(place);
            long decided = (long) state.sensorValue[v + load.ordinal()];
            if ((decided & 255) != LoadShedding.FULL) {
                shed.add(new ShedLoad(load.id(), LoadShedding.reason((int) (decided >> 8))));
            }
        }
        return shed;
    }

    private RadarFrame frame(int i) {
        int at = SENSORS * i + SensorId.RADAR_360.ordinal();
        int count = (int) state.echoCount[i];
        List<RadarDetection> detections = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            detections.add(detection(state.echoes * i + k));
        }
        return new RadarFrame(state.sensorSequence[at], state.sensorStep[at], detections);
    }

    private RadarDetection detection(int place) {
        double[] echo = state.echo;
        int e = WorldState.ECHO_WIDTH * place;
        boolean near = echo[e] <= shortRange;
        int number = (int) state.echoObject[place];
        TransponderMode mode = TransponderMode.OFF;
        String claimed = "";
        if (near && number >= 0) {
            SceneObject object = scene.objects().get(number);
            boolean radiates =
                    object.transponder() == TransponderMode.ON
                            || object.transponder() == TransponderMode.SPOOF;
            mode = radiates ? TransponderMode.ON : TransponderMode.OFF;
            claimed = radiates ? object.transponderId() : "";
        }
        return new RadarDetection(
                echo[e],
                echo[e + 1],
                echo[e + 2],
                echo[e + 3],
                echo[e + 4],
                echo[e + 5],
                mode,
                claimed,
                near ? RangeBand.SHORT : RangeBand.LONG);
    }
}
