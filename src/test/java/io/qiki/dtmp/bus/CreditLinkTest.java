package io.qiki.dtmp.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CreditLinkTest {
    private static final String ADDRESS = "qiki.test.evt.number";

    /** What travels. */
    record Numbered(int number) {}

    private Vertx vertx;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        ReferenceCodec.install(vertx.eventBus());
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldGreetWithTheNewestAndThenHandOverByReference() throws Exception {
        // Given
        Numbered first = new Numbered(1);
        Numbered second = new Numbered(2);
        List<Numbered> received = new CopyOnWriteArrayList<>();
        CreditOutlet<String, Numbered> outlet =
                new CreditOutlet<String, Numbered>(vertx, ADDRESS)
                        .greetingWith(() -> Map.of("k", first));
        get(outlet.open());
        CreditInlet<Numbered> inlet =
                new CreditInlet<>(
                        vertx, ADDRESS, Numbered.class, 2, (value, missed) -> received.add(value));

        // When
        get(inlet.open());
        await().until(() -> received.size() == 1);
        outlet.offer("k", second);
        await().until(() -> received.size() == 2);

        // Then
        assertThat(received.get(0)).isSameAs(first);
        assertThat(received.get(1)).isSameAs(second);
        get(inlet.close());
        get(outlet.close());
    }

    private static void get(io.vertx.core.Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
