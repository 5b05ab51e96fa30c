package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.RadarTrack;
import qiki.twin.v1.Track;

/** Contacts that an agent follows, in doubles, without loss. */
final class TwinTracks {
    private TwinTracks() {}

    static Track toWire(RadarTrack track) {
        return Track.newBuilder()
                .setId(track.id().toString())
                .setStatus(EnumTables.TRACK.toWire(track.status()))
                .setType(EnumTables.OBJECT.toWire(track.type()))
                .setIff(EnumTables.IFF.toWire(track.iff()))
                .setPosition(GeometryMessages.toWire(track.positionWorld()))
                .setVelocity(GeometryMessages.toWire(track.velocityWorld()))
                .setRangeM(track.rangeMetres())
                .setVrMps(track.radialVelocityMps())
                .setSnrDb(track.snrDecibels())
                .setRcsDbsm(track.crossSectionDbsm())
                .setTransponder(EnumTables.TRANSPONDER.toWire(track.transponder()))
                .setTransponderId(track.transponderId())
                .setQuality(track.quality())
                .setFirstStep(track.firstStep())
                .setLastStep(track.lastStep())
                .setHits(track.hits())
                .setMisses(track.misses())
                .build();
    }

    static RadarTrack toModel(Track message) {
        Fields.needs(message.hasPosition(), "position");
        Fields.needs(message.hasVelocity(), "velocity");
        return new RadarTrack(
                Fields.uuid("id", message.getId()),
                EnumTables.TRACK.toModel("status", message.getStatusValue()),
                EnumTables.OBJECT.toModel("type", message.getTypeValue()),
                EnumTables.IFF.toModel("iff", message.getIffValue()),
                Fields.at("position", () -> GeometryMessages.toModel(message.getPosition())),
                Fields.at("velocity", () -> GeometryMessages.toModel(message.getVelocity())),
                Fields.finite("range_m", message.getRangeM()),
                Fields.finite("vr_mps", message.getVrMps()),
                Fields.finite("snr_db", message.getSnrDb()),
                Fields.finite("rcs_dbsm", message.getRcsDbsm()),
                EnumTables.TRANSPONDER.toModel("transponder", message.getTransponderValue()),
                message.getTransponderId(),
                Fields.finite("quality", message.getQuality()),
                message.getFirstStep(),
                message.getLastStep(),
                message.getHits(),
                message.getMisses());
    }
}
