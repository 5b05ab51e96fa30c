package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TwinId;
import java.util.Optional;

/** Radar frames of the original: degrees instead of radians, ids as UUIDs. */
public final class RadarMessages {
    /** Of frames and tracks. */
    static final int SCHEMA_VERSION = 1;

    private static final double FULL_TURN = 360;

    private RadarMessages() {}

    /** A frame of a twin as a message. */
    public static qiki.radar.v1.RadarFrame toWire(TwinId twin, RadarFrame frame, WireDates dates) {
        return toWire(report(twin, frame, dates));
    }

    /** A frame of a twin. */
    public static RadarReport report(TwinId twin, RadarFrame frame, WireDates dates) {
        String name = frame.sequence() + "-" + frame.sourceStep();
        return new RadarReport(
                SCHEMA_VERSION,
                Optional.of(SensorMessages.uuid("radar-frame", twin, name)),
                Optional.of(SensorMessages.uuid(twin, SensorId.RADAR_360)),
                Optional.of(dates.timestamp(frame.sourceStep())),
                frame.detections().stream().map(RadarMessages::echo).toList());
    }

    private static RadarReport.Echo echo(RadarDetection one) {
        return new RadarReport.Echo(
                one.rangeMetres(),
                Math.toDegrees(one.bearingRadians()) % FULL_TURN,
                Math.toDegrees(one.elevationRadians()),
                one.radialVelocityMps(),
                one.snrDecibels(),
                one.crossSectionDbsm(),
                one.transponder() == RadarDetection.TransponderMode.ON,
                one.transponder(),
                one.transponderId(),
                one.band(),
                Optional.of(!one.transponderId().isEmpty()));
    }

    /** A report as a message. */
    public static qiki.radar.v1.RadarFrame toWire(RadarReport report) {
        qiki.radar.v1.RadarFrame.Builder message =
                qiki.radar.v1.RadarFrame.newBuilder().setSchemaVersion(report.schemaVersion());
        report.frameId().ifPresent(id -> message.setFrameId(Heads.id(id)));
        report.sensorId().ifPresent(id -> message.setSensorId(Heads.id(id)));
        report.at().ifPresent(message::setTimestamp);
        report.echoes().forEach(one -> message.addDetections(toWire(one)));
        return message.build();
    }

    private static qiki.radar.v1.RadarDetection toWire(RadarReport.Echo one) {
        qiki.radar.v1.RadarDetection.Builder message =
                qiki.radar.v1.RadarDetection.newBuilder()
                        .setRangeM(one.rangeMetres())
                        .setBearingDeg(one.bearingDegrees())
                        .setElevDeg(one.elevationDegrees())
                        .setVrMps(one.radialVelocityMps())
                        .setSnrDb(one.snrDecibels())
                        .setRcsDbsm(one.crossSectionDbsm())
                        .setTransponderOn(one.transponderOn())
                        .setTransponderMode(EnumTables.TRANSPONDER.toWire(one.transponder()))
                        .setTransponderId(one.transponderId())
                        .setRangeBand(EnumTables.BAND.toWire(one.band()));
        one.idPresent().ifPresent(message::setIdPresent);
        return message.build();
    }

    /**
     * A message as a report.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static RadarReport toModel(qiki.radar.v1.RadarFrame message) {
        return new RadarReport(
                message.getSchemaVersion(),
                Heads.optionalId("frame_id", message.hasFrameId(), message.getFrameId()),
                Heads.optionalId("sensor_id", message.hasSensorId(), message.getSensorId()),
                Heads.date("timestamp", message.hasTimestamp(), message.getTimestamp()),
                Fields.each("detections", message.getDetectionsList(), RadarMessages::toModel));
    }

    private static RadarReport.Echo toModel(qiki.radar.v1.RadarDetection message) {
        return new RadarReport.Echo(
                message.getRangeM(),
                message.getBearingDeg(),
                message.getElevDeg(),
                message.getVrMps(),
                message.getSnrDb(),
                message.getRcsDbsm(),
                message.getTransponderOn(),
                EnumTables.TRANSPONDER.toModel(
                        "transponder_mode", message.getTransponderModeValue()),
                message.getTransponderId(),
                EnumTables.BAND.toModel("range_band", message.getRangeBandValue()),
                message.hasIdPresent() ? Optional.of(message.getIdPresent()) : Optional.empty());
    }
}
