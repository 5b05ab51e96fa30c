package io.qiki.dtmp.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StoreLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LockstepTest {
    private static final TwinId ONE = new TwinId("qiki-1");
    private static final List<TwinId> EIGHT = StepRun.names("qiki-", 8);

    @Test
    void shouldGiveTheSameHashesTwice() {
        assertThat(chain(new Lockstep(TwinSetup.of(7), List.of(ONE)), 600))
                .isEqualTo(chain(new Lockstep(TwinSetup.of(7), List.of(ONE)), 600))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldGiveOtherHashesForAnotherSeed() {
        assertThat(chain(new Lockstep(TwinSetup.of(7), List.of(ONE)), 50))
                .doesNotContainAnyElementsOf(
                        chain(new Lockstep(TwinSetup.of(8), List.of(ONE)), 50));
    }

    @Test
    void shouldNotLetTwinsInfluenceEachOther() {
        // Given
        StepResult together = new StepRun(TwinSetup.of(7), EIGHT, 500).run(done -> {});

        // When
        StepResult alone =
                new StepRun(TwinSetup.of(7), List.of(new TwinId("qiki-5")), 500).run(done -> {});

        // Then
        assertThat(alone.lines()).containsExactly(together.lines().get(4));
        assertThat(together.lines()).extracting(StepLine::hash).doesNotHaveDuplicates();
    }

    @Test
    void shouldBecomeActive() {
        // Given
        Lockstep lockstep = new Lockstep(TwinSetup.of(7), List.of(ONE));

        // When
        run(lockstep, 100);

        // Then
        assertThat(lockstep.store().get(ONE).orElseThrow().snapshot().state())
                .isEqualTo(FsmState.ACTIVE);
        assertThat(lockstep.store().get(ONE).orElseThrow().tick()).isEqualTo(100);
        assertThat(lockstep.store().history(ONE, 10).transitions())
                .extracting(t -> t.from() + "->" + t.to() + " " + t.trigger())
                .startsWith("BOOTING->IDLE BOOT_COMPLETE", "IDLE->ACTIVE PROPOSALS_RECEIVED");
    }

    @Test
    void shouldGoOnAfterARestoreAsIfNothingHadHappened() {
        // Given
        Lockstep original = new Lockstep(TwinSetup.of(7), EIGHT.subList(0, 3));
        run(original, 300);
        List<TwinSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < original.size(); i++) {
            snapshots.add(original.snapshot(i));
        }

        // When
        Lockstep restored = Lockstep.restored(TwinSetup.of(7), snapshots);

        // Then
        run(original, 300);
        run(restored, 300);
        assertThat(restored.ticks()).isEqualTo(600);
        assertThat(restored.totalHash()).isEqualTo(original.totalHash());
        assertThat(restored.store().states()).isEqualTo(original.store().states());
    }

    @Test
    void shouldRestoreATwinFromTheStart() {
        Lockstep original = new Lockstep(TwinSetup.of(7), List.of(ONE));

        assertThat(chain(original.fork(), 100)).isEqualTo(chain(original, 100));
    }

    @Test
    void shouldLetAForkGoItsOwnWay() {
        // Given
        Lockstep original = new Lockstep(TwinSetup.of(7), List.of(ONE));
        run(original, 200);
        Lockstep fork = original.fork();
        Lockstep twinOfOriginal = original.fork();

        // When
        assertThat(fork.agents().request(ONE, OperatorRequest.SAFE_MODE)).isTrue();
        run(fork, 50);

        // Then
        assertThat(fork.store().get(ONE).orElseThrow().snapshot().state())
                .isEqualTo(FsmState.SAFE_MODE);
        assertThat(chain(original, 50)).isEqualTo(chain(twinOfOriginal, 50));
        assertThat(fork.hash(0)).isNotEqualTo(original.hash(0));
    }

    @Test
    void shouldRefuseSnapshotsOfDifferentTicks() {
        Lockstep lockstep = new Lockstep(TwinSetup.of(7), EIGHT.subList(0, 2));
        run(lockstep, 2);
        TwinSnapshot early = lockstep.snapshot(0);
        run(lockstep, 1);

        assertThatThrownBy(
                        () ->
                                Lockstep.restored(
                                        TwinSetup.of(7), List.of(early, lockstep.snapshot(1))))
                .hasMessageContaining("must be of tick 2, was of 3");
    }

    @Test
    void shouldActOutTheFaultsOfTheSetup() {
        // Given
        FaultSpec off =
                new FaultSpec(
                        "f1",
                        FaultSpec.Type.SENSOR_OFF,
                        "imu_main",
                        new TreeMap<>(),
                        100,
                        Long.MAX_VALUE);
        TwinSetup standard = TwinSetup.of(7);
        TwinSetup setup =
                new TwinSetup(
                        standard.world(),
                        standard.agent(),
                        List.of(new TwinFault(ONE, off), new TwinFault(new TwinId("other"), off)),
                        StoreLimits.DEFAULT);
        Lockstep lockstep = new Lockstep(setup, EIGHT.subList(0, 2));

        // When
        run(lockstep, 150);

        // Then
        assertThat(lockstep.store().states())
                .extracting(s -> s.snapshot().state())
                .containsExactly(FsmState.SAFE_MODE, FsmState.ACTIVE);
    }

    @Test
    void shouldRefuseAnUnknownFaultTarget() {
        FaultSpec wrong =
                new FaultSpec("f1", FaultSpec.Type.SENSOR_OFF, "nothing", new TreeMap<>(), 0, 10);
        TwinSetup standard = TwinSetup.of(7);
        TwinSetup setup =
                new TwinSetup(
                        standard.world(),
                        standard.agent(),
                        List.of(new TwinFault(ONE, wrong)),
                        StoreLimits.DEFAULT);

        assertThatThrownBy(() -> new Lockstep(setup, List.of(ONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing");
    }

    private static void run(Lockstep lockstep, int ticks) {
        for (int i = 0; i < ticks; i++) {
            lockstep.tick();
        }
    }

    private static List<Long> chain(Lockstep lockstep, int ticks) {
        List<Long> chain = new ArrayList<>();
        for (int i = 0; i < ticks; i++) {
            lockstep.tick();
            chain.add(lockstep.hash(0));
        }
        return chain;
    }
}
