package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.TwinEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A changed decision is an event, one that stays is none. */
@Timeout(30)
class DecisionEventTest {
    private final Flight flight = new Flight(3, Mission.standard());

    @Test
    void shouldTellOnceWhatIsDoneFromNowOn() {
        // When
        flight.until(20, snapshot -> snapshot.state() == FsmState.ACTIVE);

        // Then
        List<TwinEvent> told = decisions();
        assertThat(told).isNotEmpty();
        assertThat(told.get(0).data()).containsEntry("from", "nothing");
        assertThat(told.get(told.size() - 1).data().get("to")).contains("mission");
        assertThat(told.get(told.size() - 1).data().get("justification")).isNotBlank();
    }

    @Test
    void shouldTellEachChangeFromWhereTheLastOneLed() {
        // Given a flight with an interruption
        flight.until(20, snapshot -> snapshot.state() == FsmState.ACTIVE);
        flight.switchOff("off", "imu_main");
        assertThat(flight.until(20, now -> now.state() == FsmState.SAFE_MODE)).isTrue();
        flight.clear("off");
        assertThat(flight.until(400, now -> now.state() == FsmState.ACTIVE)).isTrue();
        flight.tick();

        // Then
        List<TwinEvent> told = decisions();
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i).data()).containsEntry("from", told.get(i - 1).data().get("to"));
        }
        assertThat(told).anyMatch(event -> event.data().get("to").contains("safe"));
        assertThat(told).hasSizeLessThan(20);
    }

    @Test
    void shouldBeSilentWhileNothingChanges() {
        flight.until(20, snapshot -> snapshot.state() == FsmState.ACTIVE);
        flight.tick();
        int before = decisions().size();

        flight.until(200, snapshot -> false);

        assertThat(decisions()).hasSize(before);
    }

    private List<TwinEvent> decisions() {
        return flight.events.stream().filter(event -> event.type().equals("decision")).toList();
    }
}
