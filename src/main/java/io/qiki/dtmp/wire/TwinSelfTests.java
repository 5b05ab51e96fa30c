package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.DeviceStatus;
import qiki.twin.v1.SelfTest;
import qiki.twin.v1.TestedDevice;

/** Self-tests in doubles, without loss. */
final class TwinSelfTests {
    private TwinSelfTests() {}

    static SelfTest toWire(BiosReport report) {
        SelfTest.Builder message =
                SelfTest.newBuilder()
                        .setTick(report.tick())
                        .setAllSystemsGo(report.allSystemsGo())
                        .setHealthScore(report.healthScore())
                        .setProfileHash(report.profileHash());
        report.devices().forEach(device -> message.addDevices(device(device)));
        return message.build();
    }

    static BiosReport toModel(SelfTest message) {
        return new BiosReport(
                message.getTick(),
                Fields.each("devices", message.getDevicesList(), TwinSelfTests::device),
                message.getAllSystemsGo(),
                Fields.finite("health_score", message.getHealthScore()),
                message.getProfileHash());
    }

    private static TestedDevice device(DeviceStatus device) {
        return TestedDevice.newBuilder()
                .setDevice(device.device())
                .setKind(EnumTables.KIND.toWire(device.kind()))
                .setStatus(EnumTables.DEVICE.toWire(device.status()))
                .setCode(EnumTables.CODE.toWire(device.code()))
                .setCritical(device.critical())
                .setMessage(device.message())
                .build();
    }

    private static DeviceStatus device(TestedDevice message) {
        return new DeviceStatus(
                message.getDevice(),
                EnumTables.KIND.toModel("kind", message.getKindValue()),
                EnumTables.DEVICE.toModel("status", message.getStatusValue()),
                EnumTables.CODE.toModel("code", message.getCodeValue()),
                message.getCritical(),
                message.getMessage());
    }
}
