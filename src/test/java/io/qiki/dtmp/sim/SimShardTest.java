package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.AgentOrders;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.HeldFault;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.VehicleSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A vehicle that fails, among others that do not. */
@Timeout(30)
class SimShardTest {
    private static final int BROKEN = 1;
    private static final int NO_SUCH_ACTUATOR = 9_999;
    private static final List<TwinId> TWINS =
            List.of(new TwinId("qiki-1"), new TwinId("qiki-2"), new TwinId("qiki-3"));

    private final SimShard shard = shard();
    private final SimShard healthy = shard();

    private static SimShard shard() {
        return new SimShard(
                0, new World(WorldSettings.of(7), TWINS), new SimVault(), InputSink.NONE);
    }

    private static List<SensedInput> tick(SimShard shard) {
        SensedBatch batch = shard.advance();
        shard.finish(false);
        return batch.sensed();
    }

    private void flyUntil(int tick) {
        while (healthy.tick(0) < tick) {
            assertThat(tick(shard)).isEqualTo(tick(healthy));
        }
    }

    private void breakStep() {
        WorldState state = shard.world().state();
        state.burstActuator[BROKEN] = NO_SUCH_ACTUATOR;
        state.burstUntil[BROKEN] = Long.MAX_VALUE;
    }

    @Test
    void shouldKeepAFailingVehicleFromTouchingTheOthers() {
        // Given
        flyUntil(12);
        breakStep();

        // When, then
        for (int i = 0; i < 30; i++) {
            List<SensedInput> seen = tick(shard);
            List<SensedInput> expected = tick(healthy);
            assertThat(seen.get(0)).isEqualTo(expected.get(0));
            assertThat(seen.get(2)).isEqualTo(expected.get(2));
        }
        assertThat(shard.chain(0)).isEqualTo(healthy.chain(0));
        assertThat(shard.chain(2)).isEqualTo(healthy.chain(2));
        assertThat(shard.chain(BROKEN)).isNotEqualTo(healthy.chain(BROKEN));
    }

    @Test
    void shouldSayWhyItCannotBeSeenAndStandMeanwhile() {
        flyUntil(12);
        breakStep();

        SensedInput seen = tick(shard).get(BROKEN);

        assertThat(seen).isInstanceOf(SensedInput.Blind.class);
        assertThat(((SensedInput.Blind) seen).failure().code())
                .isEqualTo(FailureCode.SIM_UNAVAILABLE);
        assertThat(((SensedInput.Blind) seen).failure().sentence())
                .contains("qiki-2 cannot be observed");
        assertThat(shard.tick(BROKEN)).isEqualTo(12);
        assertThat(shard.tick(0)).isEqualTo(13);
    }

    @Test
    void shouldGoOnFromTheLastGoodSnapshotInItsNextIncarnation() {
        // Given
        flyUntil(12);
        breakStep();

        // When
        List<Boolean> blind = new ArrayList<>();
        for (int i = 0; i < SimShard.BAD_TICKS; i++) {
            assertThat(shard.takeRestarted(BROKEN)).isFalse();
            blind.add(tick(shard).get(BROKEN) instanceof SensedInput.Blind);
        }

        // Then
        assertThat(blind).containsOnly(true);
        assertThat(shard.takeRestarted(BROKEN)).isTrue();
        assertThat(shard.takeRestarted(BROKEN)).isFalse();
        assertThat(shard.tick(BROKEN)).isEqualTo(SimShard.SNAPSHOT_TICKS);
        assertThat(tick(shard).get(BROKEN)).isInstanceOf(SensedInput.Seen.class);
        assertThat(shard.world().incarnation(BROKEN)).isEqualTo(1);
        assertThat(shard.world().incarnation(0)).isZero();
    }

    @Test
    void shouldNotKeepABrokenStateAsAGoodOne() {
        // Given: broken a tick before a snapshot is due
        flyUntil(SimShard.SNAPSHOT_TICKS * 2 - 1);
        breakStep();

        // When
        for (int i = 0; i < SimShard.BAD_TICKS; i++) {
            tick(shard);
        }

        // Then
        assertThat(shard.tick(BROKEN)).isEqualTo(SimShard.SNAPSHOT_TICKS);
        assertThat(tick(shard).get(BROKEN)).isInstanceOf(SensedInput.Seen.class);
    }

    @Test
    void shouldFlyAgainAfterAReset() {
        flyUntil(5);
        breakStep();
        tick(shard);

        shard.reset();

        assertThat(tick(shard).get(BROKEN)).isInstanceOf(SensedInput.Seen.class);
    }

    @Test
    void shouldGoOnFromASnapshotInAnIncarnationOfItsOwn() {
        // Given
        flyUntil(7);
        VehicleSnapshot kept = shard.snapshot(TWINS.get(1)).orElseThrow();
        flyUntil(20);

        // When
        assertThat(shard.restore(kept)).isEmpty();

        // Then
        assertThat(shard.tick(1)).isEqualTo(7);
        assertThat(shard.world().incarnation(1)).isEqualTo(1);
        assertThat(shard.snapshot(TWINS.get(1)).orElseThrow().reals()).isEqualTo(kept.reals());
        assertThat(shard.tick(0)).isEqualTo(20);
        assertThat(tick(shard).get(0)).isEqualTo(tick(healthy).get(0));
    }

    @Test
    void shouldKnowTheFaultsOfASnapshotByName() {
        // Given
        flyUntil(3);
        FaultSpec fault =
                new FaultSpec(
                        "off-1",
                        FaultSpec.Type.SENSOR_OFF,
                        "imu_main",
                        new TreeMap<>(),
                        0,
                        Long.MAX_VALUE);
        assertThat(healthy.inject(TWINS.get(0), fault)).isEmpty();

        // When another process goes on from it
        VehicleSnapshot kept = healthy.snapshot(TWINS.get(0)).orElseThrow();
        assertThat(shard.restore(kept)).isEmpty();

        // Then
        assertThat(shard.faults(TWINS.get(0))).extracting(HeldFault::fault).containsExactly(fault);
        assertThat(shard.clear(TWINS.get(0), "off-1")).isEmpty();
    }

    @Test
    void shouldKeepTheEpochThatItKnows() {
        flyUntil(3);
        VehicleSnapshot kept = shard.snapshot(TWINS.get(0)).orElseThrow();
        shard.take(1, List.of(new AgentOrders(TWINS.get(0), 9, List.of(), 0)));

        shard.restore(kept);

        assertThat(shard.world().epochSeen(0)).isEqualTo(9);
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("must be of 0..", state -> state.step[0] = -1),
                forgery("must be of 0..", state -> state.step[0] = Long.MAX_VALUE),
                forgery("incarnation", state -> state.incarnation[0] = Integer.MAX_VALUE),
                forgery("incarnation", state -> state.incarnation[0] = -5),
                forgery("no vehicle can have", state -> state.positionWorld[0] = Double.NaN),
                forgery("no vehicle can have", state -> state.kelvin[2] = 1 / 0.0),
                forgery("no vehicle can have", state -> state.attitudeMode[0] = 77));
    }

    private static Arguments forgery(String reason, Consumer<WorldState> forge) {
        return Arguments.of(reason, forge);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void shouldRefuseASnapshotThatNoVehicleCanGoOnFrom(String reason, Consumer<WorldState> forge) {
        // Given
        flyUntil(5);
        SimShard forger = shard();
        forge.accept(forger.world().state());
        VehicleSnapshot forged = forger.snapshot(TWINS.get(0)).orElseThrow();

        // When
        Failure refused = shard.restore(forged).orElseThrow();

        // Then
        assertThat(refused.code()).isEqualTo(FailureCode.BAD_ARGUMENT);
        assertThat(refused.sentence()).contains(reason);
        assertThat(tick(shard)).isEqualTo(tick(healthy));
    }

    @Test
    void shouldRefuseADamagedSnapshotOfAnyKind() {
        flyUntil(5);
        VehicleSnapshot good = shard.snapshot(TWINS.get(0)).orElseThrow();
        List<Double> reals = new ArrayList<>(good.reals());
        reals.set(3, reals.get(3) + 1);
        List<Long> fewer = good.wholes().subList(1, good.wholes().size());

        assertRefused(copy(good, good.layout(), reals, good.wholes()), "damaged");
        assertRefused(copy(good, good.layout() + 1, good.reals(), good.wholes()), "layout");
        assertRefused(copy(good, good.layout(), good.reals(), fewer), "layout");
        assertRefused(copy(good, good.layout(), List.of(), List.of()), "layout");
        assertThat(tick(shard)).isEqualTo(tick(healthy));
    }

    private void assertRefused(VehicleSnapshot snapshot, String reason) {
        assertThat(shard.restore(snapshot).orElseThrow().sentence()).contains(reason);
    }

    private static VehicleSnapshot copy(
            VehicleSnapshot of, long layout, List<Double> reals, List<Long> wholes) {
        return new VehicleSnapshot(of.twin(), layout, of.hash(), reals, wholes, of.faults());
    }
}
