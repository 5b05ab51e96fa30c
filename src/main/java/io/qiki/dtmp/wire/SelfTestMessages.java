package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.TwinId;
import java.util.Optional;
import java.util.UUID;
import qiki.bios.BiosStatusReport;

/** Self-tests as the original tells of them. */
public final class SelfTestMessages {
    private static final double SECOND_NANOS = 1e9;

    private SelfTestMessages() {}

    /**
     * The self-test of a twin.
     *
     * @param stepsPerTick of the twin
     */
    public static SelfTestReport report(
            TwinId twin, BiosReport report, WireDates dates, int stepsPerTick) {
        long step = report.tick() * stepsPerTick;
        return new SelfTestReport(
                Optional.of(dates.timestamp(step)),
                Hash64.hex(report.profileHash()),
                report.devices().stream().map(one -> device(twin, one)).toList(),
                report.allSystemsGo(),
                Optional.of(SensorMessages.uuid("self-test", twin, Long.toString(report.tick()))),
                (float) report.healthScore(),
                Optional.of(dates.timestamp(step)),
                (long) (step * dates.stepNanos() / SECOND_NANOS));
    }

    private static SelfTestReport.Device device(TwinId twin, DeviceStatus one) {
        UUID id =
                one.kind() == DeviceStatus.Kind.SENSOR
                        ? SensorMessages.uuid("sensor", twin, one.device())
                        : Actuator.of(one.device())
                                .map(Actuator::uuid)
                                .orElseGet(() -> SensorMessages.uuid("device", twin, one.device()));
        return new SelfTestReport.Device(
                Optional.of(id), one.device(), one.status(), one.message(), one.kind(), one.code());
    }

    /** A report as a message. */
    public static BiosStatusReport toWire(SelfTestReport report) {
        BiosStatusReport.Builder message =
                BiosStatusReport.newBuilder()
                        .setFirmwareVersion(report.firmware())
                        .setAllSystemsGo(report.allSystemsGo())
                        .setHealthScore(report.healthScore())
                        .setUptimeSec(report.uptimeSeconds());
        report.at().ifPresent(message::setTimestamp);
        report.id().ifPresent(id -> message.setBiosUuid(Heads.id(id)));
        report.lastChecked().ifPresent(message::setLastChecked);
        report.devices().forEach(one -> message.addPostResults(toWire(one)));
        return message.build();
    }

    private static qiki.bios.DeviceStatus toWire(SelfTestReport.Device one) {
        qiki.bios.DeviceStatus.Builder message =
                qiki.bios.DeviceStatus.newBuilder()
                        .setDeviceName(one.name())
                        .setStatus(EnumTables.DEVICE.toWire(one.status()))
                        .setErrorMessage(one.error())
                        .setDeviceType(EnumTables.KIND.toWire(one.kind()))
                        .setStatusCode(EnumTables.CODE.toWire(one.code()));
        one.id().ifPresent(id -> message.setDeviceId(Heads.id(id)));
        return message.build();
    }

    /**
     * A message as a report.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static SelfTestReport toModel(BiosStatusReport message) {
        return new SelfTestReport(
                Heads.date("timestamp", message.hasTimestamp(), message.getTimestamp()),
                message.getFirmwareVersion(),
                Fields.each(
                        "post_results", message.getPostResultsList(), SelfTestMessages::toModel),
                message.getAllSystemsGo(),
                Heads.optionalId("bios_uuid", message.hasBiosUuid(), message.getBiosUuid()),
                message.getHealthScore(),
                Heads.date("last_checked", message.hasLastChecked(), message.getLastChecked()),
                message.getUptimeSec());
    }

    private static SelfTestReport.Device toModel(qiki.bios.DeviceStatus message) {
        return new SelfTestReport.Device(
                Heads.optionalId("device_id", message.hasDeviceId(), message.getDeviceId()),
                message.getDeviceName(),
                EnumTables.DEVICE.toModel("status", message.getStatusValue()),
                message.getErrorMessage(),
                EnumTables.KIND.toModel("device_type", message.getDeviceTypeValue()),
                EnumTables.CODE.toModel("status_code", message.getStatusCodeValue()));
    }
}
