package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarDetection.RangeBand;
import io.qiki.dtmp.model.RadarDetection.TransponderMode;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.RadarTrack.ObjectType;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.SceneObject;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RadarTest {
    private static final double DEGREE = Math.PI / 180;
    private static final int FRAMES = 20_000;

    private static Scene scene(SceneObject... objects) {
        Scene plain = Scene.station();
        return new Scene(
                plain.id(),
                plain.sunDirectionWorld(),
                plain.sunWattsPerSquareMetre(),
                plain.magneticFieldWorld(),
                0,
                Scene.Eclipse.NONE,
                plain.start(),
                List.of(objects));
    }

    private static SceneObject object(
            Vec3 position, Vec3 velocity, double dbsm, TransponderMode mode) {
        return new SceneObject(
                "one", ObjectType.SHIP, position, velocity, 0, 1, dbsm, mode, "ID-1", List.of());
    }

    /** Frames of a radar whose vehicle stands still at the origin, one per step. */
    private static List<RadarFrame> frames(Scene scene, int count) {
        World world =
                new World(
                        Flight.settings(11, VehicleProfile.qikiDodeca01(), scene),
                        List.of(Flight.TWIN));
        WorldState state = world.state();
        Radar radar =
                new Radar(
                        state,
                        new SceneMotion(scene, WorldSettings.DEFAULT_STEP_NANOS),
                        VehicleProfile.qikiDodeca01());
        Readings readings = new Readings(state, 1, world.settings());
        int at = SensorId.RADAR_360.ordinal();
        List<RadarFrame> frames = new ArrayList<>();
        state.sensorState[at] = Sensors.GOOD;
        for (int k = 0; k < count; k++) {
            state.step[0] = k;
            state.sensorStep[at] = k;
            state.sensorSequence[at] = k + 1L;
            radar.measure(0);
            radar.publish(0);
            Measurement.Radar measured = (Measurement.Radar) readings.of(0).get(at).measurement();
            frames.add(measured.frame());
        }
        return frames;
    }

    private static boolean isObject(RadarDetection detection, double dbsm) {
        return detection.crossSectionDbsm() == dbsm;
    }

    @Test
    void shouldDetectByTheLawOfSwerlingOne() {
        // Given 4 dBsm at 4 km: SNR 30 + 4 - 40 log10(4) = 9.92 dB
        double decibels = 34 - 40 * StrictMath.log10(4);
        double snr = StrictMath.pow(10, decibels / 10);
        double expected = StrictMath.pow(1e-6, 1 / (1 + snr));
        Scene scene = scene(object(new Vec3(0, 4000, 0), Vec3.ZERO, 4, TransponderMode.ON));
        // When 20 000 frames look at it
        int hits = 0;
        for (RadarFrame frame : frames(scene, FRAMES)) {
            for (RadarDetection detection : frame.detections()) {
                if (isObject(detection, 4)) {
                    hits++;
                    assertThat(detection.snrDecibels()).isCloseTo(decibels, within(1e-9));
                }
            }
        }
        // Then it is seen with Pd = Pfa^(1/(1+S)), within four standard errors
        double error = Math.sqrt(expected * (1 - expected) / FRAMES);
        assertThat(hits / (double) FRAMES).isCloseTo(expected, within(4 * error));
    }

    @Test
    void shouldErrByRangeAngleAndVelocityAsTheSignalAllows() {
        // Given a ship at 2 km, 30 degrees east of north, 20 degrees up, closing
        double slant = 2000;
        Vec3 position =
                new Vec3(
                        slant * StrictMath.cos(20 * DEGREE) * StrictMath.sin(30 * DEGREE),
                        slant * StrictMath.cos(20 * DEGREE) * StrictMath.cos(30 * DEGREE),
                        slant * StrictMath.sin(20 * DEGREE));
        SceneObject ship =
                new SceneObject(
                        "one",
                        ObjectType.SHIP,
                        position,
                        position.times(-1e-9),
                        0,
                        1,
                        4,
                        TransponderMode.OFF,
                        "",
                        List.of());
        double snr = StrictMath.pow(10, (34 - 40 * StrictMath.log10(2)) / 10);
        double scale = 1 / Math.sqrt(2 * snr);
        double[] squares = new double[4];
        double[] sums = new double[4];
        int count = 0;
        // When many frames have seen it
        for (RadarFrame frame : frames(scene(ship), FRAMES)) {
            for (RadarDetection d : frame.detections()) {
                if (isObject(d, 4)) {
                    double[] errors = {
                        d.rangeMetres() - slant,
                        d.bearingRadians() - 30 * DEGREE,
                        d.elevationRadians() - 20 * DEGREE,
                        d.radialVelocityMps()
                    };
                    for (int k = 0; k < 4; k++) {
                        sums[k] += errors[k];
                        squares[k] += errors[k] * errors[k];
                    }
                    count++;
                }
            }
        }
        // Then the errors have the root sum square of floor and slope, within 5 %
        double[] sigma = {
            Math.hypot(0.05, 5 * scale),
            Math.hypot(0.05, 1.9 * scale) * DEGREE,
            Math.hypot(0.05, 1.9 * scale) * DEGREE,
            Math.hypot(0.02, 0.5 * scale)
        };
        for (int k = 0; k < 4; k++) {
            assertThat(Math.sqrt(squares[k] / count)).isCloseTo(sigma[k], within(0.05 * sigma[k]));
            assertThat(sums[k] / count).isCloseTo(0, within(0.05 * sigma[k]));
        }
    }

    @Test
    void shouldSignTheRadialVelocityNegativeWhenClosing() {
        // Given one that comes at 2 m/s and one that goes, when seen, then the signs tell
        SceneObject coming =
                object(new Vec3(0, 500, 0), new Vec3(0, -2, 0), 20, TransponderMode.ON);
        RadarFrame frame = frames(scene(coming), 1).get(0);
        assertThat(frame.detections().get(0).radialVelocityMps()).isCloseTo(-2, within(0.2));
        SceneObject going = object(new Vec3(0, 500, 0), new Vec3(0, 2, 0), 20, TransponderMode.ON);
        frame = frames(scene(going), 1).get(0);
        assertThat(frame.detections().get(0).radialVelocityMps()).isCloseTo(2, within(0.2));
    }

    @Test
    void shouldCarryAnIdentityInTheShortBandOnly() {
        // Given a strong object within 5 km and one beyond
        SceneObject near = object(new Vec3(0, 4000, 0), Vec3.ZERO, 40, TransponderMode.ON);
        RadarDetection seen = frames(scene(near), 1).get(0).detections().get(0);
        assertThat(seen.band()).isEqualTo(RangeBand.SHORT);
        assertThat(seen.transponder()).isEqualTo(TransponderMode.ON);
        assertThat(seen.transponderId()).isEqualTo("ID-1");
        SceneObject far = object(new Vec3(0, 6000, 0), Vec3.ZERO, 40, TransponderMode.ON);
        seen = frames(scene(far), 1).get(0).detections().get(0);
        assertThat(seen.band()).isEqualTo(RangeBand.LONG);
        assertThat(seen.transponderId()).isEmpty();
    }

    @Test
    void shouldReportWhatIsRadiatedAndNotThatItIsSpoofed() {
        SceneObject spoof = object(new Vec3(0, 900, 0), Vec3.ZERO, 20, TransponderMode.SPOOF);
        RadarDetection seen = frames(scene(spoof), 1).get(0).detections().get(0);
        assertThat(seen.transponder()).isEqualTo(TransponderMode.ON);
        assertThat(seen.transponderId()).isEqualTo("ID-1");
        SceneObject silent = object(new Vec3(0, 900, 0), Vec3.ZERO, 20, TransponderMode.SILENT);
        seen = frames(scene(silent), 1).get(0).detections().get(0);
        assertThat(seen.transponder()).isEqualTo(TransponderMode.OFF);
        assertThat(seen.transponderId()).isEmpty();
    }

    @Test
    void shouldNotSeeItself() {
        // Given an empty scene, when 20 000 frames look, then there are false alarms only
        int alarms = 0;
        for (RadarFrame frame : frames(scene(), FRAMES)) {
            for (RadarDetection detection : frame.detections()) {
                assertThat(detection.rangeMetres()).isBetween(50.0, 10_000.0);
                assertThat(detection.transponderId()).isEmpty();
                alarms++;
            }
        }
        // And of these 0.02 per frame, within four standard errors
        double expected = 0.02 * FRAMES;
        assertThat(alarms)
                .isBetween(
                        (int) (expected - 4 * Math.sqrt(expected)),
                        (int) (expected + 4 * Math.sqrt(expected)));
    }

    @Test
    void shouldListEchoesByRange() {
        for (RadarFrame frame : frames(Scene.station(), 500)) {
            double last = 0;
            for (RadarDetection detection : frame.detections()) {
                assertThat(detection.rangeMetres()).isGreaterThanOrEqualTo(last);
                last = detection.rangeMetres();
            }
        }
    }

    @Test
    void shouldMoveTheDebrisThroughTheCorridorEveryTwoHours() {
        // Given the default scene, when 3600 s have passed, then one piece crosses at (0, 180, 0)
        SceneMotion motion = new SceneMotion(Scene.station(), WorldSettings.DEFAULT_STEP_NANOS);
        int debris = 1;
        assertThat(motion.position(debris, 0, 180_000)).isCloseTo(0, within(1e-9));
        assertThat(motion.position(debris, 1, 180_000)).isEqualTo(180);
        assertThat(motion.position(debris, 0, 540_000)).isCloseTo(0, within(1e-9));
        // And the other stays beyond 400 m of start and port
        Vec3 remote = Scene.station().objects().get(2).positionWorld();
        assertThat(remote.norm()).isGreaterThan(400);
        assertThat(remote.minus(new Vec3(0, 300, 0)).norm()).isGreaterThan(400);
    }
}
