package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.Vec3;
import java.util.List;

/**
 * What is really so, for tests only; never sent to an agent.
 *
 * @param step simulation step
 * @param positionWorld m
 * @param velocityWorld m/s
 * @param attitude body to world
 * @param rateBody rad/s
 * @param propellantKilograms kg
 * @param stateOfCharge of the battery, 0..1
 * @param kelvin temperature of each thermal node
 */
public record Truth(
        long step,
        Vec3 positionWorld,
        Vec3 velocityWorld,
        Quaternion attitude,
        Vec3 rateBody,
        double propellantKilograms,
        double stateOfCharge,
        List<Double> kelvin) {
    /** Copies. */
    public Truth {
        kelvin = List.copyOf(kelvin);
    }
}
