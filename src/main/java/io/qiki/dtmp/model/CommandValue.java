package io.qiki.dtmp.model;

/** The value of a command: exactly one of four kinds. */
public sealed interface CommandValue {
    /** Adds the value to a fingerprint. */
    Hash64 addTo(Hash64 hash);

    /** The value as its sender would write it. */
    String shown();

    /**
     * A floating-point number.
     *
     * @param value finite
     */
    record Scalar(double value) implements CommandValue {
        /** Refuses NaN and infinity. */
        public Scalar {
            Check.finite(value, "command value", "the unit of the command");
        }

        @Override
        public Hash64 addTo(Hash64 hash) {
            return hash.add(1L).add(value);
        }

        @Override
        public String shown() {
            return Check.plain(value);
        }
    }

    /**
     * A whole number.
     *
     * @param value any
     */
    record Whole(int value) implements CommandValue {
        @Override
        public Hash64 addTo(Hash64 hash) {
            return hash.add(2L).add((long) value);
        }

        @Override
        public String shown() {
            return Integer.toString(value);
        }
    }

    /**
     * On or off.
     *
     * @param value on
     */
    record Flag(boolean value) implements CommandValue {
        @Override
        public Hash64 addTo(Hash64 hash) {
            return hash.add(3L).add(value);
        }

        @Override
        public String shown() {
            return Boolean.toString(value);
        }
    }

    /**
     * A vector; the actuator says its frame.
     *
     * @param value finite
     */
    record Vector(Vec3 value) implements CommandValue {
        /** Refuses a missing vector. */
        public Vector {
            Check.present(value, "command vector");
        }

        @Override
        public Hash64 addTo(Hash64 hash) {
            return hash.add(4L).add(value);
        }

        @Override
        public String shown() {
            return "["
                    + Check.plain(value.x())
                    + ", "
                    + Check.plain(value.y())
                    + ", "
                    + Check.plain(value.z())
                    + "]";
        }
    }
}
