package io.qiki.dtmp.model;

/**
 * The newest answer of a sensor: a measurement with its source time and its worth, or none with the
 * reason.
 *
 * @param sensor which sensor
 * @param sequence counts the readings of this sensor from 1; 0 before the first. Distinct readings
 *     are told apart by it, not by ticks
 * @param sourceStep the simulation step whose truth was measured; of a reading without data, the
 *     step since which there is none
 * @param truth OK or INVALID with a measurement, NO_DATA without
 * @param reason NONE exactly when truth is OK
 * @param quality 0 (worthless) to 1
 * @param forced whether an injected fault acts on it
 * @param measurement the value; {@link Measurement.None} exactly when truth is NO_DATA
 */
public record SensorReading(
        SensorId sensor,
        long sequence,
        long sourceStep,
        TruthState truth,
        DataReason reason,
        double quality,
        boolean forced,
        Measurement measurement) {
    /** Refuses a value without worth and worth without a value. */
    public SensorReading {
        Check.present(sensor, "sensor");
        Check.range(sequence, 0, Long.MAX_VALUE, "sequence");
        Check.range(sourceStep, 0, Long.MAX_VALUE, "source step");
        Check.present(truth, "truth state");
        Check.present(reason, "reason");
        Check.range(quality, 0, 1, "quality", "1");
        Check.present(measurement, "measurement");
        Check.that(
                (truth == TruthState.OK) == (reason == DataReason.NONE),
                () ->
                        "reason must be NONE exactly when the truth is OK, was "
                                + truth
                                + " "
                                + reason);
        Check.that(
                (truth == TruthState.NO_DATA) == (measurement instanceof Measurement.None),
                () ->
                        "a measurement must be absent exactly when the truth is NO_DATA, was "
                                + truth);
    }

    /** A good reading. */
    public static SensorReading ok(
            SensorId sensor, long sequence, long sourceStep, Measurement measurement) {
        return new SensorReading(
                sensor,
                sequence,
                sourceStep,
                TruthState.OK,
                DataReason.NONE,
                1,
                false,
                measurement);
    }

    /** No data, and why. */
    public static SensorReading noData(
            SensorId sensor, long sequence, long sinceStep, DataReason reason, boolean forced) {
        return new SensorReading(
                sensor,
                sequence,
                sinceStep,
                TruthState.NO_DATA,
                reason,
                0,
                forced,
                Measurement.None.INSTANCE);
    }

    /** Whether there is a value that may be used. */
    public boolean usable() {
        return truth == TruthState.OK || truth == TruthState.FALLBACK;
    }
}
