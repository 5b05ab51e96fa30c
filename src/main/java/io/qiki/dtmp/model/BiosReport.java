package io.qiki.dtmp.model;

import java.util.List;

/**
 * The result of a self-test.
 *
 * @param tick at which it was made
 * @param devices one row per device of the profile, in its order
 * @param allSystemsGo every critical device is OK and the list is not empty
 * @param healthScore 0..1
 * @param profileHash fingerprint of the vehicle profile tested against
 */
public record BiosReport(
        long tick,
        List<DeviceStatus> devices,
        boolean allSystemsGo,
        double healthScore,
        long profileHash) {
    /** Copies; refuses numbers out of range. */
    public BiosReport {
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
        devices = List.copyOf(devices);
        Check.range(healthScore, 0, 1, "health score", "1");
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add(tick).add(allSystemsGo).add(healthScore).add(profileHash);
        hash.add((long) devices.size());
        for (DeviceStatus device : devices) {
            device.addTo(hash);
        }
        return hash;
    }
}
