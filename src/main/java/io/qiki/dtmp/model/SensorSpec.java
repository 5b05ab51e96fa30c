package io.qiki.dtmp.model;

/**
 * When a sensor measures and when its answer is there. Sensors without a spec are not built.
 *
 * @param id which sensor
 * @param periodNanos time between measurements, ns
 * @param latencyNanos time from measurement to reading, ns, at most the period
 */
public record SensorSpec(SensorId id, long periodNanos, long latencyNanos) {
    private static final long LEAST_FRESHNESS_NANOS = 300_000_000L;
    private static final int FRESH_PERIODS = 3;

    /** Refuses a latency beyond the period. */
    public SensorSpec {
        Check.present(id, "sensor");
        Check.range(periodNanos, 1_000_000L, 3_600_000_000_000L, "sensor period in ns");
        Check.range(latencyNanos, 0, periodNanos, "sensor latency in ns");
    }

    /** Age beyond which a reading is stale: three periods, at least 0.3 s; in ns. */
    public long freshnessNanos() {
        return Math.max(FRESH_PERIODS * periodNanos, LEAST_FRESHNESS_NANOS);
    }
}
