package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.SensorTrust.Verdict;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readings that lie: over age, stuck, implausible, without their parts. */
@Timeout(20)
class SensorWatchTest {
    private final SensorWatch watch = new SensorWatch(Flight.settings(Mission.standard()));
    private final World world = new World(WorldSettings.of(1), List.of(Flight.TWIN));
    private SensorMemory memory = watch.initial();
    private long tick;

    private Observation next() {
        tick++;
        world.advance(WorldSettings.DEFAULT_STEPS_PER_TICK);
        return world.observe(0, tick);
    }

    private void good(int ticks) {
        for (int i = 0; i < ticks; i++) {
            memory = watch.take(memory, next());
        }
        assertThat(memory.trusts(SensorId.NAV)).isTrue();
        assertThat(memory.trusts(SensorId.IMU_MAIN)).isTrue();
    }

    private Verdict with(SensorId sensor, UnaryOperator<SensorReading> change) {
        Observation seen = next();
        List<SensorReading> readings = new ArrayList<>(seen.readings());
        readings.set(sensor.ordinal(), change.apply(seen.reading(sensor)));
        memory =
                watch.take(
                        memory,
                        new Observation(
                                seen.twin(),
                                seen.incarnation(),
                                seen.tick(),
                                seen.step(),
                                readings,
                                seen.probes(),
                                seen.outcomes(),
                                seen.status(),
                                seen.epochSeen(),
                                seen.worldHash()));
        return memory.verdict(sensor);
    }

    private static UnaryOperator<SensorReading> value(Measurement measurement) {
        return reading ->
                SensorReading.ok(
                        reading.sensor(), reading.sequence(), reading.sourceStep(), measurement);
    }

    private static Measurement fix(double x, double velocity) {
        return new Measurement.Navigation(new Vec3(x, 0, 0), new Vec3(velocity, 0, 0));
    }

    @Test
    void shouldTrustAHealthyVehicle() {
        good(20);
        assertThat(memory.nav().positionWorld().norm()).isLessThan(0.5);
    }

    @Test
    void shouldNotBelieveAPositionThatJumps() {
        good(20);
        NavEstimate before = memory.nav();
        assertThat(with(SensorId.NAV, value(fix(40, 0)))).isEqualTo(Verdict.INVALID);
        assertThat(memory.nav()).isEqualTo(before);
        good(1);
    }

    @Test
    void shouldBelieveAPositionThatStaysWhereItJumpedTo() {
        good(20);
        Random random = new Random(7);
        for (int i = 0; i <= SensorWatch.BELIEVE_AGAIN_TICKS; i++) {
            with(SensorId.NAV, value(fix(40 + 0.1 * random.nextDouble(), 0)));
        }
        assertThat(memory.verdict(SensorId.NAV)).isEqualTo(Verdict.OK);
        assertThat(memory.nav().positionWorld().x()).isBetween(39.0, 41.0);
    }

    @Test
    void shouldNotBelieveImpossibleMotion() {
        good(10);
        assertThat(with(SensorId.NAV, value(fix(0, 1000)))).isEqualTo(Verdict.INVALID);
        Measurement spin = new Measurement.Inertial(new Vec3(0, 0, 90), Vec3.ZERO);
        assertThat(with(SensorId.IMU_MAIN, value(spin))).isEqualTo(Verdict.INVALID);
        Measurement blow = new Measurement.Inertial(Vec3.ZERO, new Vec3(0, 1e4, 0));
        assertThat(with(SensorId.IMU_MAIN, value(blow))).isEqualTo(Verdict.INVALID);
    }

    @Test
    void shouldNoticeAStuckSensor() {
        good(10);
        Measurement stuck = new Measurement.Inertial(new Vec3(0.001, 0, 0), Vec3.ZERO);
        for (int i = 0; i < SensorWatch.STUCK_READINGS; i++) {
            assertThat(with(SensorId.IMU_MAIN, value(stuck))).isEqualTo(Verdict.OK);
        }
        assertThat(with(SensorId.IMU_MAIN, value(stuck))).isEqualTo(Verdict.STALE);
        good(1);
    }

    @Test
    void shouldNoticeAReadingOverAge() {
        good(10);
        SensorReading old = world.observe(0, tick).reading(SensorId.NAV);
        for (int i = 0; i < 2; i++) {
            assertThat(with(SensorId.NAV, reading -> old)).isEqualTo(Verdict.OK);
        }
        with(SensorId.NAV, reading -> old);
        assertThat(with(SensorId.NAV, reading -> old)).isEqualTo(Verdict.STALE);
    }

    @Test
    void shouldTellNoDataInvalidPoorAndIncompleteApart() {
        good(10);
        assertThat(
                        with(
                                SensorId.NAV,
                                r ->
                                        SensorReading.noData(
                                                r.sensor(),
                                                r.sequence(),
                                                r.sourceStep(),
                                                DataReason.SILENT,
                                                false)))
                .isEqualTo(Verdict.NO_DATA);
        assertThat(
                        with(
                                SensorId.NAV,
                                r ->
                                        new SensorReading(
                                                r.sensor(),
                                                r.sequence(),
                                                r.sourceStep(),
                                                TruthState.INVALID,
                                                DataReason.IMPLAUSIBLE,
                                                1,
                                                false,
                                                r.measurement())))
                .isEqualTo(Verdict.INVALID);
        assertThat(
                        with(
                                SensorId.NAV,
                                r ->
                                        new SensorReading(
                                                r.sensor(),
                                                r.sequence(),
                                                r.sourceStep(),
                                                TruthState.OK,
                                                DataReason.NONE,
                                                0.1,
                                                false,
                                                r.measurement())))
                .isEqualTo(Verdict.LOW_QUALITY);
        assertThat(with(SensorId.NAV, value(new Measurement.Range(3))))
                .isEqualTo(Verdict.MISSING_FIELDS);
    }
}
