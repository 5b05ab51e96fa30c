package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.RadarDetection.RangeBand;
import io.qiki.dtmp.model.RadarDetection.TransponderMode;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.Vec3;
import java.util.List;
import java.util.Optional;
import qiki.common.Vector3;

/** Radar tracks of the original: degrees instead of radians, floats for vectors. */
public final class TrackMessages {
    private static final double FULL_TURN = 360;

    private TrackMessages() {}

    /**
     * A track.
     *
     * @param ownWorld position of the vehicle, m, world frame: bearing and elevation are from there
     */
    public static TrackReport report(RadarTrack track, Vec3 ownWorld, WireDates dates) {
        Vec3 line = track.positionWorld().minus(ownWorld);
        double bearing = Math.toDegrees(Math.atan2(line.x(), line.y()));
        boolean identified = !track.transponderId().isEmpty();
        return new TrackReport(
                RadarMessages.SCHEMA_VERSION,
                track.id(),
                track.type(),
                track.iff(),
                new RadarReport.Echo(
                        track.rangeMetres(),
                        (bearing + FULL_TURN) % FULL_TURN,
                        Math.toDegrees(Math.atan2(line.z(), Math.hypot(line.x(), line.y()))),
                        track.radialVelocityMps(),
                        track.snrDecibels(),
                        track.crossSectionDbsm(),
                        track.transponder() == TransponderMode.ON,
                        track.transponder(),
                        track.transponderId(),
                        identified ? RangeBand.SHORT : RangeBand.UNSPECIFIED,
                        Optional.of(identified)),
                track.quality(),
                Optional.of(dates.timestamp(track.lastStep())),
                track.status(),
                Optional.of(track.positionWorld()),
                Optional.of(track.velocityWorld()),
                List.of(),
                List.of(),
                (track.lastStep() - track.firstStep()) * dates.stepNanos() / 1e9,
                track.misses());
    }

    /** A report as a message; vectors become the nearest floats. */
    public static qiki.radar.v1.RadarTrack toWire(TrackReport report) {
        RadarReport.Echo seen = report.seen();
        qiki.radar.v1.RadarTrack.Builder message =
                qiki.radar.v1.RadarTrack.newBuilder()
                        .setSchemaVersion(report.schemaVersion())
                        .setTrackId(Heads.id(report.id()))
                        .setObjectType(EnumTables.OBJECT.toWire(report.type()))
                        .setIff(EnumTables.IFF.toWire(report.iff()))
                        .setTransponderOn(seen.transponderOn())
                        .setQuality(report.quality())
                        .setRangeM(seen.rangeMetres())
                        .setBearingDeg(seen.bearingDegrees())
                        .setElevDeg(seen.elevationDegrees())
                        .setVrMps(seen.radialVelocityMps())
                        .setSnrDb(seen.snrDecibels())
                        .setRcsDbsm(seen.crossSectionDbsm())
                        .setTransponderMode(EnumTables.TRANSPONDER.toWire(seen.transponder()))
                        .setTransponderId(seen.transponderId())
                        .setStatus(EnumTables.TRACK.toWire(report.status()))
                        .addAllPositionCovariance(report.positionCovariance())
                        .addAllVelocityCovariance(report.velocityCovariance())
                        .setAgeS(report.ageSeconds())
                        .setMissCount(report.misses())
                        .setRangeBand(EnumTables.BAND.toWire(seen.band()));
        report.at().ifPresent(message::setTimestamp);
        report.positionWorld().ifPresent(v -> message.setPosition(Heads.vector(v)));
        report.velocityWorld().ifPresent(v -> message.setVelocity(Heads.vector(v)));
        seen.idPresent().ifPresent(message::setIdPresent);
        return message.build();
    }

    /**
     * A message as a report.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static TrackReport toModel(qiki.radar.v1.RadarTrack message) {
        return new TrackReport(
                message.getSchemaVersion(),
                Heads.id("track_id", message.hasTrackId(), message.getTrackId()),
                EnumTables.OBJECT.toModel("object_type", message.getObjectTypeValue()),
                EnumTables.IFF.toModel("iff", message.getIffValue()),
                seen(message),
                message.getQuality(),
                Heads.date("timestamp", message.hasTimestamp(), message.getTimestamp()),
                EnumTables.TRACK.toModel("status", message.getStatusValue()),
                vector("position", message.hasPosition(), message.getPosition()),
                vector("velocity", message.hasVelocity(), message.getVelocity()),
                message.getPositionCovarianceList(),
                message.getVelocityCovarianceList(),
                message.getAgeS(),
                message.getMissCount());
    }

    private static RadarReport.Echo seen(qiki.radar.v1.RadarTrack message) {
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

    private static Optional<Vec3> vector(String field, boolean present, Vector3 message) {
        return present
                ? Optional.of(Fields.at(field, () -> Heads.vector(message)))
                : Optional.empty();
    }
}
