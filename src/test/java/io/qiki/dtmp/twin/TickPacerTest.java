package io.qiki.dtmp.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.qiki.dtmp.model.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TickPacerTest {
    private static final long MS = 1_000_000;
    private static final long START = 5_000 * MS;

    private final TickPacer pacer = new TickPacer(100 * MS, 1);

    @Test
    void shouldRunNothingBeforeItIsStarted() {
        assertThat(pacer.runState()).isEqualTo(RunState.STOPPED);
        assertThat(pacer.fire(START)).isZero();
    }

    @Test
    void shouldFireAtStartPlusWholePeriods() {
        // Given
        pacer.start(START);

        // When / Then
        assertThat(pacer.fire(START)).isEqualTo(1);
        assertThat(pacer.untilDueNanos(START)).isEqualTo(100 * MS);
        assertThat(pacer.fire(START + 99 * MS)).isZero();
        assertThat(pacer.fire(START + 100 * MS)).isEqualTo(1);
        assertThat(pacer.untilDueNanos(START + 130 * MS)).isEqualTo(70 * MS);
    }

    @Test
    void shouldCatchUpALatenessBelowOnePeriodWithoutASlip() {
        pacer.start(START);

        assertThat(pacer.lateNanos(START + 99 * MS)).isEqualTo(99 * MS);
        pacer.fire(START + 99 * MS);

        assertThat(pacer.lateNanos(START + 99 * MS)).isZero();
        assertThat(pacer.slips()).isZero();
        assertThat(pacer.untilDueNanos(START + 99 * MS)).isEqualTo(MS);
    }

    @Test
    void shouldCountALatenessOfAPeriodAsASlipAndMoveTheSchedule() {
        // Given
        pacer.start(START);

        // When
        int ticks = pacer.fire(START + 350 * MS);

        // Then: one tick, no burst; the next one keeps the grid
        assertThat(ticks).isEqualTo(1);
        assertThat(pacer.slips()).isEqualTo(1);
        assertThat(pacer.untilDueNanos(START + 350 * MS)).isEqualTo(50 * MS);
    }

    @Test
    void shouldRunSeveralTicksPerFiringAtHighSpeed() {
        // Given: a period of 1 ms on the wall
        TickPacer fast = new TickPacer(100 * MS, 100);
        fast.start(START);

        // When / Then
        assertThat(fast.fire(START)).isEqualTo(10);
        assertThat(fast.untilDueNanos(START)).isEqualTo(10 * MS);
        assertThat(fast.wallPeriodNanos()).isEqualTo(MS);
    }

    @Test
    void shouldStretchThePeriodAtLowSpeed() {
        TickPacer slow = new TickPacer(100 * MS, 0.1);
        slow.start(START);

        assertThat(slow.fire(START)).isEqualTo(1);
        assertThat(slow.untilDueNanos(START)).isEqualTo(1_000 * MS);
    }

    @Test
    void shouldBringTheNextTickForwardWhenSpeedRises() {
        // Given
        TickPacer slow = new TickPacer(100 * MS, 0.1);
        slow.start(START);
        slow.fire(START);

        // When
        slow.speed(10, START + 50 * MS);

        // Then
        assertThat(slow.untilDueNanos(START + 50 * MS)).isEqualTo(10 * MS);
        assertThat(slow.speed()).isEqualTo(10);
    }

    @Test
    void shouldNotCountAPauseAsASlip() {
        // Given
        pacer.start(START);
        pacer.fire(START);
        pacer.pause();

        // When
        pacer.start(START + 3_600_000 * MS);

        // Then
        assertThat(pacer.fire(START + 3_600_000 * MS)).isEqualTo(1);
        assertThat(pacer.slips()).isZero();
    }

    @Test
    void shouldKeepTheScheduleWhenStartedAgainWhileRunning() {
        pacer.start(START);
        pacer.fire(START);

        pacer.start(START + 10 * MS);

        assertThat(pacer.fire(START + 10 * MS)).isZero();
    }

    @Test
    void shouldRefuseAnImpossibleSpeed() {
        assertThatIllegalArgumentException().isThrownBy(() -> pacer.speed(Double.NaN, START));
    }
}
