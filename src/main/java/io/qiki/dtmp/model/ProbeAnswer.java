package io.qiki.dtmp.model;

/**
 * What a device answered to its self-test probe at the time of an observation.
 *
 * @param device id of the device in the vehicle profile
 * @param result how it answered
 * @param value what it measured of itself (V, K, 1: the profile says), 0 when it did not answer
 * @param ageSteps simulation steps since it last answered
 */
public record ProbeAnswer(String device, Result result, double value, long ageSteps) {
    /** How a device answers. */
    public enum Result {
        /** As it should. */
        ANSWERED,
        /** Not at all. */
        SILENT,
        /** It says that it is off. */
        OFF
    }

    /** Refuses blanks and NaN. */
    public ProbeAnswer {
        Check.text(device, "device");
        Check.present(result, "probe result");
        Check.finite(value, "probe value", "the device's unit");
        Check.range(ageSteps, 0, Long.MAX_VALUE, "age in steps");
    }
}
