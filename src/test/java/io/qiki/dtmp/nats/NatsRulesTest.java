package io.qiki.dtmp.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.TwinId;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NatsRulesTest {
    private static final long SECOND = 1_000_000_000L;

    @Nested
    class OfSlots {
        private final Slots<String, Integer> slots = new Slots<>(2);

        @Test
        void shouldKeepTheNewestAndThePlaceInTheQueue() {
            slots.offer("a", 1);
            slots.offer("b", 2);
            slots.offer("a", 3);

            assertThat(slots.poll()).contains(3);
            assertThat(slots.poll()).contains(2);
            assertThat(slots.poll()).isEmpty();
            assertThat(slots.replaced()).isEqualTo(1);
        }

        @Test
        void shouldGiveUpWhatWaitsLongestForANewKey() {
            slots.offer("a", 1);
            slots.offer("b", 2);
            slots.offer("c", 3);

            assertThat(slots.poll()).contains(2);
            assertThat(slots.replaced()).isEqualTo(1);
        }
    }

    @Nested
    class OfRates {
        private final Rates rates = new Rates(10, 0);

        @Test
        void shouldAllowASecondsWorthAtOnceAndThenTheRate() {
            assertThat(allowed("a", 0, 30)).isEqualTo(10);
            assertThat(allowed("a", SECOND / 2, 30)).isEqualTo(5);
            assertThat(allowed("a", 100 * SECOND, 30)).isEqualTo(10);
        }

        @Test
        void shouldCountEachSourceByItself() {
            assertThat(allowed("a", 0, 30)).isEqualTo(10);
            assertThat(allowed("b", 0, 30)).isEqualTo(10);
        }

        @Test
        void shouldNotGiveMoreToNewNames() {
            int all = 0;
            for (int i = 0; i < 2_000; i++) {
                all += allowed("source-" + i, 0, 1);
            }
            assertThat(all).isEqualTo(200);
        }

        private int allowed(String source, long at, int tries) {
            int count = 0;
            for (int i = 0; i < tries; i++) {
                count += rates.allows(source, at) ? 1 : 0;
            }
            return count;
        }
    }

    @Nested
    class OfRepeats {
        private final Repeats<String> repeats = new Repeats<>();
        private final AtomicInteger acts = new AtomicInteger();

        @Test
        void shouldActOnceAndAnswerTheSame() {
            assertThat(once("id", "what").result()).isEqualTo("1");
            assertThat(once("id", "what").result()).isEqualTo("1");
            assertThat(once("other", "what").result()).isEqualTo("2");
        }

        @Test
        void shouldRefuseAnIdForSomethingElse() {
            once("id", "what");

            Throwable cause = once("id", "something else").cause();
            assertThat(((RequestFailed) cause).failure().code()).isEqualTo(FailureCode.ID_REUSED);
            assertThat(acts).hasValue(1);
        }

        @Test
        void shouldForgetWhatDoesNotStandAndWhatFailed() {
            repeats.once("no", "", () -> Future.succeededFuture("kept"), kept -> true);
            repeats.once("away", "", () -> Future.succeededFuture("not kept"), kept -> false);
            repeats.once("failed", "", () -> Future.failedFuture("it did"), kept -> true);

            assertThat(once("no", "").result()).isEqualTo("kept");
            assertThat(once("away", "").result()).isEqualTo("1");
            assertThat(once("failed", "").result()).isEqualTo("2");
        }

        @Test
        void shouldForgetTheOldest() {
            once("first", "");
            for (int i = 0; i < Repeats.MOST; i++) {
                once("id" + i, "");
            }
            assertThat(once("first", "").result()).isEqualTo(Integer.toString(Repeats.MOST + 2));
        }

        private Future<String> once(String id, String what) {
            return repeats.once(
                    id,
                    what,
                    () -> Future.succeededFuture(Integer.toString(acts.incrementAndGet())),
                    kept -> true);
        }
    }

    @Test
    void shouldReadTheTwinOffASubject() {
        TwinId twin = new TwinId("qiki-7");
        assertThat(Subjects.twinOf(Subjects.order(twin, Subjects.Noun.FAULT))).isEqualTo("qiki-7");
        for (String subject : List.of("", "qiki.v1.", "qiki.v1.x", "qiki.commands.control")) {
            assertThat(Subjects.twinOf(subject)).isEmpty();
        }
    }
}
