package io.qiki.dtmp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MetricsTest {
    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void shouldReadTheNewOwnerOfAGaugeAndNoOther() {
        AtomicLong first = new AtomicLong(1);
        AtomicLong second = new AtomicLong(2);
        AtomicLong beside = new AtomicLong(3);
        metrics.gauge(MetricNames.NATS_WAITING, first, AtomicLong::get, "kind", "event");
        metrics.gauge(MetricNames.NATS_WAITING, beside, AtomicLong::get, "kind", "state");

        metrics.gauge(MetricNames.NATS_WAITING, second, AtomicLong::get, "kind", "event");

        assertThat(metrics.scrape())
                .contains("qiki_nats_waiting{kind=\"event\"} 2.0")
                .contains("qiki_nats_waiting{kind=\"state\"} 3.0");
    }

    @Test
    void shouldReadTheNewOwnerOfACounter() {
        AtomicLong first = new AtomicLong(7);
        AtomicLong second = new AtomicLong(9);
        metrics.rising(MetricNames.NATS_CONNECTS, first, AtomicLong::get);

        metrics.rising(MetricNames.NATS_CONNECTS, second, AtomicLong::get);

        assertThat(metrics.scrape()).contains("qiki_nats_connects_total 9.0");
    }
}
