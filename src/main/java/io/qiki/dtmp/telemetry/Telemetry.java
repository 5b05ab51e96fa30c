package io.qiki.dtmp.telemetry;

/**
 * What a component needs to say how it is.
 *
 * @param health of the process
 * @param metrics of the process
 */
public record Telemetry(HealthRegistry health, Metrics metrics) {}
