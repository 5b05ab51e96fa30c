package io.qiki.dtmp.model;

/**
 * The search radar: signal-to-noise ratio, detection, accuracy.
 *
 * <p>SNR in dB = reference + cross-section in dBsm - 40 log10(range / 1 km), capped; detection by
 * Swerling 1, Pd = Pfa^(1/(1+S)); each sigma is the root sum square of a floor and a slope over
 * sqrt(2 S), S linear. Source: M. Skolnik, Introduction to Radar Systems.
 *
 * @param referenceDecibels SNR of 0 dBsm at 1 km, dB
 * @param capDecibels greatest SNR, dB
 * @param falseAlarmProbability per resolution cell, 0..1
 * @param falseAlarmsPerFrame mean of the Poisson law
 * @param falseAlarmNearMetres false alarms lie beyond, m
 * @param falseAlarmFarMetres and within, m
 * @param rangeFloor m
 * @param rangeSlope m
 * @param angleFloor rad
 * @param angleSlope rad
 * @param velocityFloor m/s
 * @param velocitySlope m/s
 * @param shortRangeMetres up to here detections carry an identity, m
 */
public record RadarSpec(
        double referenceDecibels,
        double capDecibels,
        double falseAlarmProbability,
        double falseAlarmsPerFrame,
        double falseAlarmNearMetres,
        double falseAlarmFarMetres,
        double rangeFloor,
        double rangeSlope,
        double angleFloor,
        double angleSlope,
        double velocityFloor,
        double velocitySlope,
        double shortRangeMetres) {
    /** Refuses numbers out of range. */
    public RadarSpec {
        Check.range(referenceDecibels, -200, 200, "reference SNR", "dB");
        Check.range(capDecibels, -200, 200, "SNR cap", "dB");
        Check.range(falseAlarmProbability, 1e-15, 0.5, "false-alarm probability", "1");
        Check.range(falseAlarmsPerFrame, 0, 1, "false alarms per frame", "1");
        Check.range(falseAlarmNearMetres, 0, 1e7, "nearest false alarm", "m");
        Check.range(falseAlarmFarMetres, falseAlarmNearMetres, 1e7, "farthest false alarm", "m");
        Check.range(rangeFloor, 0, 1e4, "range floor", "m");
        Check.range(rangeSlope, 0, 1e4, "range slope", "m");
        Check.range(angleFloor, 0, 1, "angle floor", "rad");
        Check.range(angleSlope, 0, 1, "angle slope", "rad");
        Check.range(velocityFloor, 0, 1e3, "velocity floor", "m/s");
        Check.range(velocitySlope, 0, 1e3, "velocity slope", "m/s");
        Check.range(shortRangeMetres, 0, 1e7, "short range", "m");
    }
}
