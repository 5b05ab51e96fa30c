package io.qiki.dtmp.store;

import io.qiki.dtmp.store.StoreRun.Request;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Assertions;

/** Any sequence of requests gives the answers and states of the simple model. */
class StateStorePropertyTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Property(tries = 500)
    void shouldBehaveAsTheModel(@ForAll("requests") List<Request> requests) {
        Assertions.assertTimeout(LIMIT, () -> new StoreRun().serveAll(requests));
    }

    @Provide
    Arbitrary<List<Request>> requests() {
        Arbitrary<Request.Kind> kind =
                Arbitraries.frequency(
                        Tuple.of(2, Request.Kind.ACQUIRE),
                        Tuple.of(20, Request.Kind.COMMIT),
                        Tuple.of(3, Request.Kind.REPEAT),
                        Tuple.of(8, Request.Kind.POLL),
                        Tuple.of(1, Request.Kind.SUBSCRIBE),
                        Tuple.of(1, Request.Kind.CLOSE));
        Arbitrary<Integer> pick = Arbitraries.integers().between(0, 9);
        Arbitrary<Integer> twin = Arbitraries.integers().between(0, StoreRun.TWINS - 1);
        return Combinators.combine(kind, twin, pick, pick, pick, pick)
                .as(Request::new)
                .list()
                .ofMaxSize(120);
    }
}
