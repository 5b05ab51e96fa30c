package io.qiki.dtmp.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.testkit.Reports;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class MirroredFleetTest {
    private final MirroredFleet fleet = new MirroredFleet(3, 8);

    @Test
    void shouldListTwinsInTheOrderOfTheirNumbers() {
        fleet.named(List.of(twin("qiki-10"), twin("qiki-2")), 0);
        fleet.accept(MirroredTwinTest.vehicle(1, true), 0);

        assertThat(fleet.roster())
                .extracting(TwinId::value)
                .containsExactly("qiki-1", "qiki-2", "qiki-10");
    }

    @Test
    void shouldNotListATwinThatOnlyTheStreamKnows() {
        assertThat(fleet.accept(stored("qiki-1", 4)).state()).isEmpty();
        assertThat(fleet.roster()).isEmpty();

        List<StoredState> found = fleet.named(List.of(twin("qiki-1")), 0);

        assertThat(found).extracting(StoredState::version).containsExactly(4L);
        assertThat(fleet.history(twin("qiki-1"), 8)).isPresent();
    }

    @Test
    void shouldTellAStateOnlyWhenItIsAnother() {
        fleet.accept(MirroredTwinTest.vehicle(1, true), 0);
        assertThat(fleet.accept(MirroredTwinTest.agent(1, 4), 1).state()).isPresent();

        assertThat(fleet.accept(MirroredTwinTest.agent(2, 4), 2).state()).isEmpty();
        assertThat(fleet.accept(stored("qiki-1", 4)).state()).isEmpty();
        assertThat(fleet.accept(MirroredTwinTest.agent(3, 5), 3).state()).isPresent();
        assertThat(
                        fleet.accept(MirroredTwinTest.vehicle(3, false), 4)
                                .state()
                                .orElseThrow()
                                .epoch())
                .isZero();
    }

    @Test
    void shouldLeaveOutTwinsBeyondTheBoundAndCountThem() {
        fleet.named(List.of(twin("a"), twin("b"), twin("c"), twin("d")), 0);

        assertThat(fleet.roster()).hasSize(3);
        assertThat(fleet.leftOut()).isEqualTo(1);
        assertThat(fleet.accept(MirroredTwinTest.vehicle(1, true), 0).tick()).isEmpty();
    }

    @Test
    void shouldGiveThePlaceOfATwinThatNobodyTellsOfToOneThatIsHeard() {
        fleet.accept(stored("a", 1));
        fleet.named(List.of(twin("b"), twin("c"), twin("d")), 0);

        assertThat(fleet.roster()).extracting(TwinId::value).containsExactly("b", "c", "d");
        assertThat(fleet.history(twin("a"), 8)).isEmpty();
    }

    @Test
    void shouldLetGoOfATwinThatNobodyTellsOfAndTakeItBack() {
        fleet.accept(stored("qiki-1", 4));
        fleet.accept(MirroredTwinTest.vehicle(1, true), 0);
        fleet.named(List.of(twin("b")), MirroredFleet.GONE_NANOS);

        fleet.expire(MirroredFleet.GONE_NANOS + 1);
        assertThat(fleet.roster()).extracting(TwinId::value).containsExactly("b");
        assertThat(fleet.ticks()).isEmpty();

        fleet.accept(MirroredTwinTest.vehicle(2, true), MirroredFleet.GONE_NANOS + 2);
        assertThat(fleet.roster()).extracting(TwinId::value).containsExactly("b", "qiki-1");
        assertThat(fleet.states()).extracting(StoredState::version).containsExactly(4L);
    }

    private static TwinId twin(String name) {
        return new TwinId(name);
    }

    private static StoredState stored(String twin, long version) {
        return new StoredState(twin(twin), 3, version, 1, Reports.cruising());
    }
}
