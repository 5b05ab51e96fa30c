package io.qiki.dtmp.wire;

import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.DeviceStatus;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The result of a self-test as the original tells of it.
 *
 * @param at when it was made; empty when not told
 * @param firmware version of the vehicle profile
 * @param devices one row per device
 * @param allSystemsGo every critical device is OK
 * @param id names the report; empty when not told
 * @param healthScore 0..1
 * @param lastChecked time of the newest probe; empty when not told
 * @param uptimeSeconds simulation time, at least 0
 */
public record SelfTestReport(
        Optional<Timestamp> at,
        String firmware,
        List<Device> devices,
        boolean allSystemsGo,
        Optional<UUID> id,
        float healthScore,
        Optional<Timestamp> lastChecked,
        long uptimeSeconds) {
    /** Copies; refuses missing parts and numbers out of range. */
    public SelfTestReport {
        Check.present(at, "timestamp");
        Check.present(firmware, "firmware_version");
        devices = List.copyOf(devices);
        Check.present(id, "bios_uuid");
        Check.range(healthScore, 0, 1, "health_score", "1");
        Check.present(lastChecked, "last_checked");
        Check.range(uptimeSeconds, 0, Long.MAX_VALUE, "uptime_sec");
    }

    /**
     * The verdict on a device.
     *
     * @param id which; empty when not told
     * @param name in the vehicle profile
     * @param status the verdict
     * @param error one sentence; empty when OK
     * @param kind what it is
     * @param code why it is not OK
     */
    public record Device(
            Optional<UUID> id,
            String name,
            DeviceStatus.Status status,
            String error,
            DeviceStatus.Kind kind,
            DeviceStatus.Code code) {
        /** Refuses missing parts. */
        public Device {
            Check.present(id, "device_id");
            Check.present(name, "device_name");
            Check.present(status, "status");
            Check.present(error, "error_message");
            Check.present(kind, "device_type");
            Check.present(code, "status_code");
        }
    }
}
