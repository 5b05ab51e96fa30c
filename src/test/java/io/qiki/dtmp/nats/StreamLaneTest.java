package io.qiki.dtmp.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.impl.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamLaneTest {
    private static final StreamLane.Ack STORED = new StreamLane.Ack(true, 1, 0, "");
    private static final StreamLane.Ack FULL =
            new StreamLane.Ack(false, 0, 10_077, "insufficient storage");

    private final Outbox<OutMessage> box = new Outbox<>(new OutboxLimits(10_000, 1 << 30));
    private final List<String> broken = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private long now = 1;
    private final StreamLane lane = lane();

    private StreamLane lane() {
        return new StreamLane(
                "QIKI",
                "sim-1",
                box,
                (stream, floor, ids, verdict) -> asked.add(new Asked(floor, ids, verdict)),
                broken::add,
                () -> now);
    }

    private record Asked(long floor, Set<String> ids, StreamLane.Verdict verdict) {}

    /** A connection that keeps what it was given. */
    private static final class Way implements StreamLane.Way {
        private final List<String> sent = new ArrayList<>();
        private final List<Headers> headers = new ArrayList<>();
        private final List<Consumer<StreamLane.Ack>> heard = new ArrayList<>();
        private boolean ready = true;
        private boolean open = true;

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public boolean publish(
                String subject, Headers given, byte[] body, Consumer<StreamLane.Ack> onAck) {
            if (open) {
                sent.add(given.getFirst(OutMessage.MESSAGE_ID));
                headers.add(given);
                heard.add(onAck);
            }
            return open;
        }
    }

    @Test
    void shouldSendWhatWaitedAndThenWhatComes() {
        offer("a");
        Way way = up(0);
        offer("b");

        assertThat(way.sent).containsExactly("a", "b");
        way.heard.forEach(one -> one.accept(STORED));
        assertThat(box.size()).isZero();
        assertThat(lane.delivered()).isEqualTo(2);
    }

    @Test
    void shouldKeepOnlySoManyUnderWay() {
        Way way = up(0);
        for (int i = 0; i < StreamLane.WINDOW + 5; i++) {
            offer("m" + i);
        }
        assertThat(way.sent).hasSize(StreamLane.WINDOW);

        way.heard.get(0).accept(STORED);
        assertThat(way.sent).hasSize(StreamLane.WINDOW + 1);
    }

    @Test
    void shouldWaitForAConnectionThatIsBusy() {
        Way way = up(0);
        way.ready = false;
        offer("a");
        assertThat(way.sent).isEmpty();

        way.ready = true;
        lane.check();
        assertThat(way.sent).containsExactly("a");
    }

    @Test
    void shouldCompareBeforeItSendsAgain() {
        Way way = up(41);
        offer("a", "b", "c");
        way.heard.get(0).accept(new StreamLane.Ack(true, 42, 0, ""));
        lane.down();

        Way next = up(50);
        assertThat(next.sent).isEmpty();
        assertThat(asked.get(0).floor()).isEqualTo(42);
        assertThat(asked.get(0).ids()).containsExactlyInAnyOrder("b", "c");

        asked.get(0).verdict().arrived(Set.of("b"));
        assertThat(next.sent).containsExactly("c");
        assertThat(lane.delivered()).isEqualTo(2);
    }

    @Test
    void shouldCompareFromTheBeginningWhenNothingWasEverAcknowledged() {
        up(0);
        offer("a");
        lane.down();

        up(5);
        assertThat(asked.get(0).floor()).isZero();
    }

    @Test
    void shouldNotBelieveAComparisonOfAnEarlierConnection() {
        up(0);
        offer("a");
        lane.down();
        up(0);
        lane.down();
        Way third = up(0);

        asked.get(0).verdict().arrived(Set.of("a"));
        assertThat(box.size()).isEqualTo(1);
        asked.get(1).verdict().arrived(Set.of());
        assertThat(third.sent).containsExactly("a");
    }

    @Test
    void shouldNotHearAcknowledgementsOfAnEarlierConnection() {
        Way way = up(0);
        offer("a");
        lane.down();
        way.heard.get(0).accept(STORED);

        assertThat(box.size()).isEqualTo(1);
    }

    @Test
    void shouldLetNothingFollowWhatFailed() {
        Way way = up(0);
        offer("a", "b");
        way.heard.get(0).accept(FULL);
        offer("c");

        assertThat(way.sent).containsExactly("a", "b");
        assertThat(lane.trouble()).isEqualTo("insufficient storage");

        // the others under way are not judged yet
        now += 1_000_000_000L;
        lane.check();
        assertThat(asked).isEmpty();

        way.heard.get(1).accept(FULL);
        lane.check();
        assertThat(asked).isEmpty();
        now += 1_000_000_000L;
        lane.check();
        asked.get(0).verdict().arrived(Set.of());
        assertThat(way.sent).containsExactly("a", "b", "a", "b", "c");

        way.heard.get(2).accept(STORED);
        assertThat(lane.trouble()).isEmpty();
    }

    @Test
    void shouldTryAgainWhenItCannotCompare() {
        up(0);
        offer("a");
        lane.down();
        Way way = up(0);
        asked.get(0).verdict().unknown("the server does not answer");
        assertThat(way.sent).isEmpty();

        now += 1_000_000_000L;
        lane.check();
        asked.get(1).verdict().arrived(Set.of());
        assertThat(way.sent).containsExactly("a");
    }

    @Test
    void shouldGiveUpAConnectionThatAcknowledgesNothing() {
        Way way = up(0);
        offer("a");
        now += StreamLane.LIMIT_NANOS;
        lane.check();
        assertThat(broken).isEmpty();

        now++;
        lane.check();
        assertThat(broken).hasSize(1);
        assertThat(way.sent).containsExactly("a");
    }

    @Test
    void shouldGiveUpWhatNoServerTakesAndGoOn() {
        Way way = up(0);
        offer("a");
        way.heard.get(0).accept(new StreamLane.Ack(false, 0, StreamLane.Ack.TOO_LARGE, "large"));
        offer("b");

        assertThat(way.sent).containsExactly("a", "b");
        assertThat(box.dropped()).isEqualTo(1);
        assertThat(way.headers.get(1).getFirst(OutMessage.MISSED)).isEqualTo("1");
    }

    @Test
    void shouldStandStillOnAConnectionThatHasEnded() {
        Way way = up(0);
        way.open = false;
        offer("a", "b");
        assertThat(box.size()).isEqualTo(2);

        lane.down();
        Way next = up(0);
        asked.get(0).verdict().arrived(Set.of());
        assertThat(next.sent).containsExactly("a", "b");
    }

    @Test
    void shouldGoOnWithWhatAPredecessorLeft() {
        up(7);
        offer("a");

        StreamLane successor = lane();
        Way way = new Way();
        successor.up(way, 9);
        assertThat(asked.get(0).floor()).isEqualTo(7);
        asked.get(0).verdict().arrived(Set.of());
        assertThat(way.sent).containsExactly("a");
    }

    @Test
    void shouldDescribeEachMessageInItsHeaders() {
        Way way = up(0);
        offer("a");

        Headers headers = way.headers.get(0);
        assertThat(headers.getFirst("ce_specversion")).isEqualTo("1.0");
        assertThat(headers.getFirst("ce_id")).isEqualTo("a");
        assertThat(headers.getFirst("ce_type")).isEqualTo("type");
        assertThat(headers.getFirst("ce_source")).isEqualTo("urn:qiki:sim-1");
        assertThat(headers.getFirst("ce_time")).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(headers.getFirst("ce_datacontenttype")).isEqualTo(OutMessage.JSON);
        assertThat(headers.getFirst("qiki-source")).isEqualTo("sim-1");
        assertThat(headers.containsKey(OutMessage.MISSED)).isFalse();
    }

    private Way up(long last) {
        Way way = new Way();
        lane.up(way, last);
        return way;
    }

    private void offer(String... ids) {
        for (String id : ids) {
            lane.offer(
                    new OutMessage(
                            "subject",
                            id,
                            "type",
                            "2030-01-01T00:00:00Z",
                            OutMessage.JSON,
                            new TreeMap<>(),
                            new byte[1]));
        }
    }
}
