package io.qiki.dtmp.model;

/**
 * The self-test's verdict on a device.
 *
 * @param device id in the vehicle profile
 * @param kind what it is
 * @param status the verdict
 * @param code why it is not OK
 * @param critical whether the vehicle cannot do without
 * @param message one sentence for a person; empty when OK
 */
public record DeviceStatus(
        String device, Kind kind, Status status, Code code, boolean critical, String message) {
    /** What a device is; numbers as on the wire. */
    public enum Kind {
        /** Not stated. */
        UNSPECIFIED,
        /** A sensor. */
        SENSOR,
        /** An actuator. */
        ACTUATOR,
        /** A source, store or distributor of power. */
        POWER_UNIT,
        /** A radio. */
        COMMUNICATION,
        /** A computer. */
        CONTROLLER
    }

    /** The verdict; numbers as on the wire. */
    public enum Status {
        /** Not tested. */
        UNSPECIFIED,
        /** As it should be. */
        OK,
        /** It answers, outside its nominal range. */
        WARNING,
        /** It failed. */
        ERROR,
        /** It does not answer. */
        NOT_FOUND
    }

    /** The cause; numbers as on the wire, beep codes of the self-test in {@link #beep()}. */
    public enum Code {
        /** None. */
        NONE(0x00),
        /** The component is not found. */
        COMPONENT_NOT_FOUND(0x01),
        /** Its readings are unstable. */
        UNSTABLE_READINGS(0x02),
        /** It did not respond in time. */
        TIMEOUT_RESPONSE(0x03),
        /** A critical failure at start. */
        CRITICAL_BOOT_FAILURE(0xF0);

        private final int beep;

        Code(int beep) {
            this.beep = beep;
        }

        /** The code as the self-test shows it. */
        public int beep() {
            return beep;
        }
    }

    /** Refuses missing parts. */
    public DeviceStatus {
        Check.text(device, "device");
        Check.present(kind, "device kind");
        Check.present(status, "device status");
        Check.present(code, "status code");
        Check.present(message, "message");
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        return hash.add(device).add(kind).add(status).add(code).add(critical).add(message);
    }
}
