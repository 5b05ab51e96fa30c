package io.qiki.dtmp.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboxTest {
    private static final int SIZE = 10;

    private final Outbox<String> box = new Outbox<>(new OutboxLimits(3, 1_000));

    @Test
    void shouldGiveMessagesInTheirOrderAndForgetThoseThatArrived() {
        offer("a", "b");

        var first = box.next().orElseThrow();
        var second = box.next().orElseThrow();
        assertThat(first.message()).isEqualTo("a");
        assertThat(second.message()).isEqualTo("b");
        assertThat(box.next()).isEmpty();
        assertThat(box.inFlight()).isEqualTo(2);

        box.acknowledge(second, 2);
        assertThat(box.size()).isEqualTo(2);
        box.acknowledge(first, 1);
        box.acknowledge(first, 1);
        assertThat(box.size()).isZero();
        assertThat(box.bytes()).isZero();
    }

    @Test
    void shouldGiveUpTheOldestThatWaitsAndSayHowManyAreMissing() {
        offer("a", "b", "c", "d", "e");

        assertThat(box.dropped()).isEqualTo(2);
        var next = box.next().orElseThrow();
        assertThat(next.message()).isEqualTo("c");
        assertThat(next.missed()).isEqualTo(2);
        assertThat(box.next().orElseThrow().missed()).isZero();
    }

    @Test
    void shouldNotGiveUpWhatIsUnderWay() {
        offer("a", "b", "c");
        box.next();
        offer("d");

        assertThat(box.next().orElseThrow().message()).isEqualTo("c");
        assertThat(box.dropped()).isEqualTo(1);
    }

    @Test
    void shouldCountBytesAsWell() {
        Outbox<String> small = new Outbox<>(new OutboxLimits(100, 25));
        small.offer("a", SIZE);
        small.offer("b", SIZE);
        assertThat(small.offer("c", SIZE)).isEqualTo(1);
        assertThat(small.offer("far too large", 26)).isEqualTo(3);

        assertThat(small.size()).isZero();
        assertThat(small.bytes()).isZero();
        assertThat(small.dropped()).isEqualTo(4);
        small.offer("d", SIZE);
        assertThat(small.next().orElseThrow().missed()).isEqualTo(4);
    }

    @Test
    void shouldSendAgainWhatDidNotArriveAndOnlyThat() {
        offer("a", "b", "c");
        var a = box.next().orElseThrow();
        box.next();
        box.acknowledge(a, 1);
        box.rewind();

        assertThat(box.doubtful()).containsExactly("b");
        box.settle("b"::equals);
        assertThat(box.doubtful()).isEmpty();
        assertThat(box.next().orElseThrow().message()).isEqualTo("c");
        assertThat(box.next()).isEmpty();
        assertThat(box.bytes()).isEqualTo(SIZE);
    }

    @Test
    void shouldKeepTheOrderWhenSomethingInTheMiddleArrived() {
        offer("a", "b", "c");
        box.next();
        var b = box.next().orElseThrow();
        box.next();
        box.acknowledge(b, 2);
        box.rewind();
        box.settle(one -> false);

        assertThat(rest()).containsExactly("a", "c");
    }

    @Test
    void shouldKnowUpToWhereNothingIsOwed() {
        box.beginAfter(40);
        offer("a", "b", "c");
        var a = box.next().orElseThrow();
        var b = box.next().orElseThrow();
        assertThat(box.floor()).isEqualTo(40);

        box.acknowledge(b, 42);
        assertThat(box.floor()).isEqualTo(40);
        box.acknowledge(a, 41);
        assertThat(box.floor()).isEqualTo(42);
        box.refuse(box.next().orElseThrow());
        box.beginAfter(99);
        assertThat(box.floor()).isEqualTo(42);
    }

    @Test
    void shouldCountWhatNobodyTakes() {
        offer("a", "b");
        box.refuse(box.next().orElseThrow());

        var next = box.next().orElseThrow();
        assertThat(next.message()).isEqualTo("b");
        assertThat(next.missed()).isEqualTo(1);
        assertThat(box.bytes()).isEqualTo(SIZE);
        assertThat(box.dropped()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatNeverCame() {
        box.missing(7);
        offer("a");

        assertThat(box.next().orElseThrow().missed()).isEqualTo(7);
        assertThat(box.dropped()).isEqualTo(7);
    }

    @Test
    void shouldSayHowMuchRoomThereIs() {
        assertThat(box.room(SIZE)).isEqualTo(3);
        assertThat(box.room(500)).isEqualTo(2);
        offer("a", "b");
        box.next();
        assertThat(box.room(SIZE)).isEqualTo(1);
        assertThat(box.room(981)).isZero();
    }

    @Test
    void shouldRefuseBoundsThatBoundNothing() {
        assertThatThrownBy(() -> new OutboxLimits(0, 1)).hasMessageContaining("messages");
        assertThatThrownBy(() -> new OutboxLimits(1, 0)).hasMessageContaining("bytes");
    }

    /**
     * A way that breaks at any time, acknowledges late or not at all, and stores what it was given
     * up to the break: in the end everything that was not given up is stored once, in order, and
     * the gaps are those that were told.
     */
    @Property(tries = 1_000)
    void shouldDeliverEverythingOnceAndInOrderHoweverTheWayBreaks(@ForAll long seed) {
        Random random = new Random(seed);
        Outbox<Long> owed = new Outbox<>(new OutboxLimits(20, 1_000));
        List<Long> stored = new ArrayList<>();
        List<Long> gaps = new ArrayList<>();
        Set<Long> ids = new HashSet<>();
        List<Outbox.Entry<Long>> unheard = new ArrayList<>();
        long last = 0;
        for (int i = 0; i < 300; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> owed.offer(++last, SIZE);
                case 2 ->
                        owed.next()
                                .ifPresent(
                                        entry -> {
                                            if (random.nextInt(4) > 0
                                                    && unheardStored(unheard, ids)) {
                                                store(entry, stored, gaps, ids);
                                            }
                                            unheard.add(entry);
                                        });
                case 3 -> {
                    if (!unheard.isEmpty() && ids.contains(unheard.get(0).message())) {
                        owed.acknowledge(unheard.remove(0), 1);
                    }
                }
                default -> {
                    if (random.nextInt(4) == 0) {
                        unheard.clear();
                        owed.rewind();
                        owed.settle(ids::contains);
                    }
                }
            }
        }
        owed.rewind();
        owed.settle(ids::contains);
        for (var next = owed.next(); next.isPresent(); next = owed.next()) {
            store(next.get(), stored, gaps, ids);
        }

        assertThat(stored).isSorted().doesNotHaveDuplicates();
        long told = gaps.stream().mapToLong(Long::longValue).sum();
        long tail = stored.isEmpty() ? last : last - stored.get(stored.size() - 1);
        assertThat(stored.size() + owed.dropped()).isEqualTo(last);
        assertThat(told + tail).isEqualTo(owed.dropped());
        assertThat(new TreeSet<>(stored)).hasSize(stored.size());
    }

    /** What a connection carried is the beginning of what it was given. */
    private static boolean unheardStored(List<Outbox.Entry<Long>> unheard, Set<Long> ids) {
        return unheard.stream().allMatch(one -> ids.contains(one.message()));
    }

    private static void store(
            Outbox.Entry<Long> entry, List<Long> stored, List<Long> gaps, Set<Long> ids) {
        stored.add(entry.message());
        gaps.add(entry.missed());
        ids.add(entry.message());
    }

    private void offer(String... messages) {
        for (String one : messages) {
            box.offer(one, SIZE);
        }
    }

    private List<String> rest() {
        List<String> all = new ArrayList<>();
        for (var next = box.next(); next.isPresent(); next = box.next()) {
            all.add(next.get().message());
        }
        return all;
    }
}
