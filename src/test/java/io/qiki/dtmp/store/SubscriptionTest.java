package io.qiki.dtmp.store;

import static io.qiki.dtmp.store.Snapshots.ONE;
import static io.qiki.dtmp.store.Snapshots.TWO;
import static io.qiki.dtmp.store.Snapshots.after;
import static io.qiki.dtmp.store.Snapshots.commit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SubscriptionTest {

    private final StateStore store = new StateStore(new StoreLimits(3, 3, 16));
    private long version;

    @BeforeEach
    void acquire() {
        store.acquire(ONE, "agent", 0);
    }

    @Test
    void shouldGiveTheCurrentStateFirst() {
        // Given
        change();
        change();

        // When
        Subscription reader = store.subscribe("reader", ONE, SubscriptionTest::quiet);

        // Then
        assertThat(reader.hasPending()).isTrue();
        assertThat(drain(reader)).containsExactly(new StateChange(store.get(ONE).orElseThrow(), 0));
    }

    @Test
    void shouldGiveEveryChangeInOrderToWhoKeepsUp() {
        // Given
        List<Subscription> self = new ArrayList<>();
        List<StateChange> got = new ArrayList<>();
        self.add(store.subscribe("reader", ONE, () -> got.addAll(drain(self.get(0)))));
        got.addAll(drain(self.get(0)));

        // When
        for (int i = 0; i < 20; i++) {
            change();
        }

        // Then
        assertThat(got).extracting(c -> c.state().version()).hasSize(21).isSorted();
        assertThat(got).extracting(StateChange::missed).containsOnly(0L);
    }

    @Test
    void shouldKeepTheNewestForTheSlowAndTellWhatItMissed() {
        // Given
        Subscription slow = store.subscribe("slow", ONE, SubscriptionTest::quiet);
        drain(slow);

        // When
        for (int i = 0; i < 5; i++) {
            change();
        }

        // Then
        assertThat(drain(slow)).containsExactly(new StateChange(store.get(ONE).orElseThrow(), 4));
        assertThat(store.metrics().conflated()).isEqualTo(4);
        assertThat(store.metrics().deliveries()).isEqualTo(2);
    }

    @Test
    void shouldCountVersionsMissedBeforeTheFirstPoll() {
        Subscription slow = store.subscribe("slow", ONE, SubscriptionTest::quiet);
        change();
        change();

        assertThat(drain(slow)).extracting(StateChange::missed).containsExactly(2L);
    }

    @Test
    void shouldNotDeliverHeartbeats() {
        // Given
        Subscription reader = store.subscribe("reader", ONE, SubscriptionTest::quiet);
        drain(reader);

        // When
        store.commit(commit(1, 7, 0, after(0, 0)));

        // Then
        assertThat(reader.hasPending()).isFalse();
    }

    @Test
    void shouldNotifyOfEachChangeThoughTheFirstStateStillWaits() {
        // Given
        AtomicInteger calls = new AtomicInteger();
        store.subscribe("reader", ONE, calls::incrementAndGet);

        // When
        change();
        change();

        // Then
        assertThat(calls).hasValue(2);
    }

    @Test
    void shouldKeepOneSlotPerTwinForWhoReadsAll() {
        // Given
        Subscription fleet = store.subscribeAll("fleet", SubscriptionTest::quiet);
        drain(fleet);

        // When
        store.acquire(TWO, "agent", 0);
        change();
        change();

        // Then
        assertThat(drain(fleet))
                .extracting(c -> c.state().twin(), c -> c.state().version(), StateChange::missed)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(TWO, 0L, 0L),
                        org.assertj.core.groups.Tuple.tuple(ONE, 2L, 1L));
    }

    @Test
    void shouldTellWhoReadsAllOfANewTwin() {
        // Given
        AtomicInteger calls = new AtomicInteger();
        drain(store.subscribeAll("fleet", calls::incrementAndGet));

        // When
        store.acquire(TWO, "agent", 0);

        // Then
        assertThat(calls).hasValue(1);
    }

    @Test
    void shouldFreeEverythingOnClose() {
        // Given
        Subscription one = store.subscribe("one", ONE, SubscriptionTest::quiet);
        Subscription all = store.subscribeAll("all", SubscriptionTest::quiet);

        // When
        one.close();
        all.close();
        all.close();
        change();

        // Then
        assertThat(one.poll()).isEqualTo(Optional.empty());
        assertThat(all.hasPending()).isFalse();
        assertThat(store.metrics().subscribers()).isZero();
        assertThat(store.subscription("one")).isEmpty();
        assertThat(store.subscribe("one", ONE, SubscriptionTest::quiet).isClosed()).isFalse();
    }

    @Test
    void shouldServeTheOthersWhenOneClosesWhileNotified() {
        // Given
        List<Subscription> first = new ArrayList<>();
        first.add(store.subscribe("first", ONE, () -> first.get(0).close()));
        drain(first.get(0));
        Subscription second = store.subscribe("second", ONE, SubscriptionTest::quiet);
        drain(second);

        // When
        change();

        // Then
        assertThat(drain(second)).hasSize(1);
        assertThat(store.metrics().subscribers()).isEqualTo(1);
    }

    @Test
    void shouldEndASubscriberThatThrowsAndServeTheOthers() {
        // Given
        IllegalArgumentException cause = new IllegalArgumentException("broken reader");
        Subscription broken =
                store.subscribe(
                        "broken",
                        ONE,
                        () -> {
                            throw cause;
                        });
        drain(broken);
        Subscription sound = store.subscribe("sound", ONE, SubscriptionTest::quiet);
        drain(sound);

        // When
        StateAck ack = change();

        // Then
        assertThat(ack.accepted()).isTrue();
        assertThat(broken.isClosed()).isTrue();
        assertThat(broken.failure()).containsSame(cause);
        assertThat(drain(sound)).hasSize(1);
        assertThat(store.metrics().subscriberFailures()).isEqualTo(1);
    }

    @Test
    void shouldNotLetANotificationWrite() {
        // Given
        Subscription writer = store.subscribe("writer", ONE, () -> store.acquire(ONE, "me", 0));
        drain(writer);

        // When
        change();

        // Then
        assertThat(writer.failure()).containsInstanceOf(IllegalStateException.class);
        assertThat(store.get(ONE).orElseThrow().epoch()).isEqualTo(1);
        assertThat(change().accepted()).isTrue();
    }

    @Test
    void shouldRefuseUnknownTwinsTakenNamesAndTooMany() {
        store.subscribe("a", ONE, SubscriptionTest::quiet);

        assertRefused(
                () -> store.subscribe("b", new TwinId("nobody"), SubscriptionTest::quiet),
                FailureCode.NOT_FOUND);
        assertRefused(
                () -> store.subscribe("a", ONE, SubscriptionTest::quiet), FailureCode.ID_REUSED);
        store.subscribe("b", ONE, SubscriptionTest::quiet);
        store.subscribe("c", ONE, SubscriptionTest::quiet);
        assertRefused(
                () -> store.subscribeAll("d", SubscriptionTest::quiet), FailureCode.QUEUE_FULL);
        assertThat(store.metrics().subscribers()).isEqualTo(3);
    }

    private static void quiet() {}

    private StateAck change() {
        StateAck ack =
                store.commit(commit(1, version + 1, version, after(version + 1, version + 1)));
        version = ack.version();
        return ack;
    }

    private static List<StateChange> drain(Subscription subscription) {
        List<StateChange> got = new ArrayList<>();
        for (Optional<StateChange> c = subscription.poll();
                c.isPresent();
                c = subscription.poll()) {
            got.add(c.get());
        }
        return got;
    }

    private static void assertRefused(Runnable call, FailureCode code) {
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.failure().code()).isEqualTo(code));
    }
}
