package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
}
