package io.qiki.dtmp.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CreditStreamTest {
    private static final long NOW = 1_000;

    private final CreditStream<String, Integer> stream = new CreditStream<>(2);

    @Test
    void shouldDeliverAgainstCreditOnly() {
        // Given
        stream.join("a", 1, NOW);

        // When / Then
        assertThat(stream.offer("k", 1)).containsExactly(delivery("a", 1, 0));
        assertThat(stream.offer("k", 2)).isEmpty();
        assertThat(stream.credit("a", 1, NOW)).containsExactly(delivery("a", 2, 0));
    }

    @Test
    void shouldKeepTheNewestOfEachKeyAndCountWhatItReplaced() {
        // Given
        stream.join("a", 0, NOW);

        // When
        stream.offer("k", 1);
        stream.offer("other", 10);
        stream.offer("k", 2);
        stream.offer("k", 3);

        // Then
        assertThat(stream.credit("a", 5, NOW))
                .containsExactly(delivery("a", 3, 2), delivery("a", 10, 0));
        assertThat(stream.missed()).isEqualTo(2);
    }

    @Test
    void shouldNotLetASlowReaderHoldUpAnother() {
        stream.join("slow", 0, NOW);
        stream.join("quick", 10, NOW);

        assertThat(stream.offer("k", 1)).containsExactly(delivery("quick", 1, 0));
    }

    @Test
    void shouldNotSaveUpCreditByJoiningAgain() {
        // Given
        stream.join("a", 2, NOW);
        stream.join("a", 2, NOW);

        // When
        List<CreditStream.Delivery<Integer>> first = stream.offer("k", 1);
        List<CreditStream.Delivery<Integer>> second = stream.offer("k", 2);
        List<CreditStream.Delivery<Integer>> third = stream.offer("k", 3);

        // Then
        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1);
        assertThat(third).isEmpty();
    }

    @Test
    void shouldEndASubscriptionWithoutASignOfLife() {
        // Given
        stream.join("gone", 1, NOW);
        stream.join("alive", 1, NOW);
        stream.credit("alive", 0, NOW + CreditStream.IDLE_LIMIT_NANOS);

        // When
        int ended = stream.expire(NOW + CreditStream.IDLE_LIMIT_NANOS + 1);

        // Then
        assertThat(ended).isEqualTo(1);
        assertThat(stream.has("gone")).isFalse();
        assertThat(stream.has("alive")).isTrue();
        assertThat(stream.credit("gone", 1, NOW)).isEmpty();
    }

    @Test
    void shouldTakeNoMoreSubscribersThanItsBound() {
        assertThat(stream.subscribe("a", NOW)).isTrue();
        assertThat(stream.subscribe("b", NOW)).isTrue();
        assertThat(stream.subscribe("c", NOW)).isFalse();
        stream.unsubscribe("a");
        assertThat(stream.subscribe("c", NOW)).isTrue();
        assertThat(stream.size()).isEqualTo(2);
    }

    private static CreditStream.Delivery<Integer> delivery(String to, int value, long missed) {
        return new CreditStream.Delivery<>(to, value, missed);
    }
}
