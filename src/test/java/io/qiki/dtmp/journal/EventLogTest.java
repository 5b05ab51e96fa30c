package io.qiki.dtmp.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EventLogTest {
    private static final TwinId ONE = new TwinId("qiki-1");
    private static final TwinId TWO = new TwinId("qiki-2");

    private final EventLog log = new EventLog(4);

    @Test
    void shouldNumberEventsFromOne() {
        assertThat(log.append(event(ONE, "fault", 3)).id()).isEqualTo(1);
        assertThat(log.append(event(ONE, "fault", 3)).id()).isEqualTo(2);
        assertThat(log.lastId()).isEqualTo(2);
    }

    @Test
    void shouldGiveEverythingOldestFirst() {
        // Given
        fill("fault", 1, 2, 3);

        // When
        EventPage page = log.read(EventQuery.newest(10));

        // Then
        assertThat(page.events())
                .containsExactly(
                        new LoggedEvent(1, event(ONE, "fault", 1)),
                        new LoggedEvent(2, event(ONE, "fault", 2)),
                        new LoggedEvent(3, event(ONE, "fault", 3)));
        assertThat(page.next()).isEmpty();
    }

    @Test
    void shouldDropTheOldestAndCountIt() {
        // Given
        fill("fault", 1, 2, 3, 4, 5, 6);

        // When
        EventPage page = log.read(EventQuery.newest(10));

        // Then
        assertThat(ids(page)).containsExactly(3L, 4L, 5L, 6L);
        assertThat(log.dropped()).isEqualTo(2);
        assertThat(log.size()).isEqualTo(4);
    }

    @Test
    void shouldNotLetTheAgentsCommandsPushOutWhatHappensSeldom() {
        // Given
        fill("safe_mode", 1, 2);
        for (int i = 0; i < 9; i++) {
            log.append(command(3 + i, "AGENT"));
        }
        log.append(command(20, "OPERATOR"));

        // When
        EventPage page = log.read(EventQuery.newest(10));
        EventPage first = log.read(EventQuery.newest(3));
        EventPage second = log.read(EventQuery.newest(10).before(first.next().orElseThrow()));

        // Then
        assertThat(ids(page)).containsExactly(1L, 2L, 8L, 9L, 10L, 11L, 12L);
        assertThat(ids(first)).containsExactly(10L, 11L, 12L);
        assertThat(ids(second)).containsExactly(1L, 2L, 8L, 9L);
        assertThat(ids(log.read(EventQuery.newest(10).after(9)))).containsExactly(10L, 11L, 12L);
        assertThat(log.dropped()).isEqualTo(5);
        assertThat(log.size()).isEqualTo(7);
    }

    private static TwinEvent command(long tick, String origin) {
        return new TwinEvent(
                "command",
                ONE,
                tick,
                5 * tick,
                TwinEvent.Severity.INFO,
                TruthState.OK,
                "EXECUTED",
                new TreeMap<>(java.util.Map.of("origin", origin)));
    }

    @Test
    void shouldFilterByTwinTypeAndTicks() {
        // Given
        log.append(event(ONE, "fault", 1));
        log.append(event(TWO, "fault", 2));
        log.append(event(ONE, "safe_mode", 3));
        log.append(event(ONE, "fault", 4));
        EventQuery all = EventQuery.newest(10);

        // Then
        assertThat(ids(log.read(all.ofTwin(ONE)))).containsExactly(1L, 3L, 4L);
        assertThat(ids(log.read(all.ofType("fault")))).containsExactly(1L, 2L, 4L);
        assertThat(ids(log.read(all.ofTicks(2, 3)))).containsExactly(2L, 3L);
        assertThat(ids(log.read(all.ofTwin(ONE).ofType("fault").ofTicks(2, 9))))
                .containsExactly(4L);
        assertThat(ids(log.read(all.ofTwin(new TwinId("other"))))).isEmpty();
    }

    @Test
    void shouldPageBackwardsThroughAllMatches() {
        // Given
        fill("fault", 1, 2, 3, 4);

        // When
        EventPage newest = log.read(EventQuery.newest(3));
        EventPage older = log.read(EventQuery.newest(3).before(newest.next().orElseThrow()));

        // Then
        assertThat(ids(newest)).containsExactly(2L, 3L, 4L);
        assertThat(ids(older)).containsExactly(1L);
        assertThat(older.next()).isEmpty();
    }

    @Test
    void shouldPromiseNoPageWithoutMatches() {
        // Given
        log.append(event(TWO, "fault", 1));
        log.append(event(ONE, "fault", 2));

        // Then
        assertThat(log.read(EventQuery.newest(1).ofTwin(ONE)).next()).isEmpty();
    }

    @Test
    void shouldGiveWhatCameAfterAnId() {
        // Given
        fill("fault", 1, 2, 3);

        // Then
        assertThat(ids(log.read(EventQuery.newest(10).after(2)))).containsExactly(3L);
        assertThat(ids(log.read(EventQuery.newest(10).after(3)))).isEmpty();
        assertThat(ids(log.read(EventQuery.newest(10).after(Long.MAX_VALUE)))).isEmpty();
        assertThat(ids(log.read(EventQuery.newest(10).before(0)))).isEmpty();
    }

    @Test
    void shouldBeEmptyAtFirst() {
        assertThat(log.read(EventQuery.newest(1)).events()).isEmpty();
        assertThat(log.dropped()).isZero();
    }

    @Test
    void shouldRefuseWrongBounds() {
        assertThatThrownBy(() -> new EventLog(0))
                .hasMessageContaining("capacity")
                .hasMessageContaining("was 0");
        assertThatThrownBy(() -> EventQuery.newest(0))
                .hasMessageContaining("limit must be 1..1000");
        assertThatThrownBy(() -> EventQuery.newest(1).ofTicks(5, 4))
                .hasMessageContaining("to must be 5..");
    }

    private void fill(String type, long... ticks) {
        for (long tick : ticks) {
            log.append(event(ONE, type, tick));
        }
    }

    private static List<Long> ids(EventPage page) {
        return page.events().stream().map(LoggedEvent::id).toList();
    }

    private static TwinEvent event(TwinId twin, String type, long tick) {
        return new TwinEvent(
                type,
                twin,
                tick,
                5 * tick,
                TwinEvent.Severity.INFO,
                TruthState.OK,
                "test",
                new TreeMap<>());
    }
}
