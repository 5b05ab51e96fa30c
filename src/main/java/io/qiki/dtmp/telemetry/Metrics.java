package io.qiki.dtmp.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;

/** The metrics of a process, in the text of Prometheus. May be used from any thread. */
public final class Metrics implements AutoCloseable {
    private static final Duration SHORTEST = Duration.ofNanos(10_000);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();

    /** Metrics of this process, those of the Java machine included. */
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    /** A timer; takes nanoseconds. */
    public LongConsumer timer(String name, String... tags) {
        Timer timer =
                Timer.builder(name)
                        .description(MetricNames.help(name))
                        .tags(tags)
                        .publishPercentileHistogram()
                        .minimumExpectedValue(SHORTEST)
                        .maximumExpectedValue(LONGEST)
                        .register(registry);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A counter; takes what to add. */
    public LongConsumer counter(String name, String... tags) {
        Counter counter =
                Counter.builder(name)
                        .description(MetricNames.help(name))
                        .tags(tags)
                        .register(registry);
        return counter::increment;
    }

    /**
     * A gauge that reads its owner for as long as there is one; a new owner replaces an old one.
     */
    public <T> void gauge(String name, T owner, ToDoubleFunction<T> figure, String... tags) {
        forget(name, tags);
        Gauge.builder(name, owner, figure)
                .description(MetricNames.help(name))
                .tags(tags)
                .register(registry);
    }

    /**
     * A counter that reads its owner, whose figure never falls, for as long as there is one; a new
     * owner replaces an old one.
     */
    public <T> void rising(String name, T owner, ToDoubleFunction<T> figure, String... tags) {
        forget(name, tags);
        FunctionCounter.builder(name, owner, figure)
                .description(MetricNames.help(name))
                .tags(tags)
                .register(registry);
    }

    /**
     * The registry would go on with the owner that was there first, say of a restarted verticle.
     */
    private void forget(String name, String... tags) {
        registry.find(name).tags(tags).meters().forEach(registry::remove);
    }

    /** Everything, as Prometheus reads it. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
