package io.qiki.dtmp.model;

import java.util.List;

/** What a sensor measured, in SI units and radians. */
public sealed interface Measurement {
    /** No value: the reading says why. */
    record None() implements Measurement {
        /** The one instance. */
        public static final None INSTANCE = new None();
    }

    /**
     * Rate of turn and specific force.
     *
     * @param rateBody rad/s in the body frame
     * @param specificForceBody m/s2 in the body frame, gravity excluded
     */
    record Inertial(Vec3 rateBody, Vec3 specificForceBody) implements Measurement {
        /** Refuses missing parts. */
        public Inertial {
            Check.present(rateBody, "rate of turn");
            Check.present(specificForceBody, "specific force");
        }
    }

    /**
     * Position and velocity.
     *
     * @param positionWorld m from the start position, world frame
     * @param velocityWorld m/s, world frame
     */
    record Navigation(Vec3 positionWorld, Vec3 velocityWorld) implements Measurement {
        /** Refuses missing parts. */
        public Navigation {
            Check.present(positionWorld, "position");
            Check.present(velocityWorld, "velocity");
        }
    }

    /**
     * Attitude.
     *
     * @param bodyToWorld unit quaternion
     */
    record Attitude(Quaternion bodyToWorld) implements Measurement {
        /** Refuses a missing quaternion. */
        public Attitude {
            Check.present(bodyToWorld, "attitude");
        }
    }

    /**
     * Distance to what is ahead.
     *
     * @param metres along the sensor's axis, at least 0
     */
    record Range(double metres) implements Measurement {
        /** Refuses a negative or non-finite range. */
        public Range {
            Check.range(metres, 0, Double.MAX_VALUE, "range", "m");
        }
    }

    /**
     * Direction to the sun.
     *
     * @param directionBody unit vector in the body frame
     */
    record SunDirection(Vec3 directionBody) implements Measurement {
        /** Refuses a missing direction. */
        public SunDirection {
            Check.present(directionBody, "direction to the sun");
        }
    }

    /**
     * Magnetic field.
     *
     * @param teslaBody T in the body frame
     */
    record MagneticField(Vec3 teslaBody) implements Measurement {
        /** Refuses a missing field. */
        public MagneticField {
            Check.present(teslaBody, "magnetic field");
        }
    }

    /**
     * Temperatures of the thermal nodes.
     *
     * @param kelvin one per node of the vehicle profile, in its order
     */
    record Temperatures(List<Double> kelvin) implements Measurement {
        /** Copies; refuses what is not a temperature. */
        public Temperatures {
            kelvin = List.copyOf(kelvin);
            for (double value : kelvin) {
                Check.range(value, 0, 1e6, "temperature", "K");
            }
        }
    }

    /**
     * The electrical plane as the power gauge reports it.
     *
     * @param stateOfCharge battery charge, 0..1
     * @param busVolts bus voltage, V
     * @param busAmperes current drawn from the bus, A
     * @param arrayWatts power of the solar array, W
     * @param loadWatts power granted to all loads, W
     * @param supercapStateOfCharge super-capacitor charge, 0..1
     * @param shed what is shed or throttled now, in the order of shedding
     */
    record PowerGauge(
            double stateOfCharge,
            double busVolts,
            double busAmperes,
            double arrayWatts,
            double loadWatts,
            double supercapStateOfCharge,
            List<ShedLoad> shed)
            implements Measurement {
        /** Copies; refuses what is not finite. A gauge's noise may lead slightly out of 0..1. */
        public PowerGauge {
            Check.finite(stateOfCharge, "state of charge", "1");
            Check.finite(busVolts, "bus voltage", "V");
            Check.finite(busAmperes, "bus current", "A");
            Check.finite(arrayWatts, "array power", "W");
            Check.finite(loadWatts, "load power", "W");
            Check.finite(supercapStateOfCharge, "super-capacitor charge", "1");
            shed = List.copyOf(shed);
        }
    }

    /**
     * A load that gets less than it wants.
     *
     * @param load name of the load in the vehicle profile
     * @param reason machine-readable, for example {@code low-charge}
     */
    record ShedLoad(String load, String reason) {
        /** Refuses blanks. */
        public ShedLoad {
            Check.text(load, "load");
            Check.text(reason, "reason");
        }
    }

    /**
     * Propellant left.
     *
     * @param kilograms kg
     */
    record Propellant(double kilograms) implements Measurement {
        /** Refuses NaN and infinity. */
        public Propellant {
            Check.finite(kilograms, "propellant", "kg");
        }
    }

    /**
     * One turn of the search radar.
     *
     * @param frame what it detected
     */
    record Radar(RadarFrame frame) implements Measurement {
        /** Refuses a missing frame. */
        public Radar {
            Check.present(frame, "radar frame");
        }
    }
}
