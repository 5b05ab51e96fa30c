package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TwinId;

/** Radar frames of the original: degrees instead of radians, ids as UUIDs. */
public final class RadarMessages {
    /** Of frames and tracks. */
    static final int SCHEMA_VERSION = 1;

    private RadarMessages() {}

    /** A frame of a twin as a message. */
    public static qiki.radar.v1.RadarFrame toWire(TwinId twin, RadarFrame frame, WireDates dates) {
        qiki.radar.v1.RadarFrame.Builder message =
                qiki.radar.v1.RadarFrame.newBuilder()
                        .setSchemaVersion(SCHEMA_VERSION)
                        .setFrameId(
                                SensorMessages.id(
                                        "radar-frame",
                                        twin,
                                        frame.sequence() + "-" + frame.sourceStep()))
                        .setSensorId(SensorMessages.id(twin, SensorId.RADAR_360))
                        .setTimestamp(dates.timestamp(frame.sourceStep()));
        frame.detections().forEach(one -> message.addDetections(toWire(one)));
        return message.build();
    }

    private static qiki.radar.v1.RadarDetection toWire(RadarDetection one) {
        return qiki.radar.v1.RadarDetection.newBuilder()
                .setRangeM(one.rangeMetres())
                .setBearingDeg(Math.toDegrees(one.bearingRadians()) % 360)
                .setElevDeg(Math.toDegrees(one.elevationRadians()))
                .setVrMps(one.radialVelocityMps())
                .setSnrDb(one.snrDecibels())
                .setRcsDbsm(one.crossSectionDbsm())
                .setTransponderOn(one.transponder() == RadarDetection.TransponderMode.ON)
                .setTransponderMode(EnumTables.TRANSPONDER.toWire(one.transponder()))
                .setTransponderId(one.transponderId())
                .setRangeBand(EnumTables.BAND.toWire(one.band()))
                .setIdPresent(!one.transponderId().isEmpty())
                .build();
    }
}
