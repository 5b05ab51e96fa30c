package io.qiki.dtmp.wire;

import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.RadarDetection.RangeBand;
import io.qiki.dtmp.model.RadarDetection.TransponderMode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A radar frame as the original tells of it: angles in degrees.
 *
 * @param schemaVersion at least 0
 * @param frameId names the frame; empty when not told
 * @param sensorId which radar; empty when not told
 * @param at date of the sweep; empty when not told
 * @param echoes in order of detection
 */
public record RadarReport(
        int schemaVersion,
        Optional<UUID> frameId,
        Optional<UUID> sensorId,
        Optional<Timestamp> at,
        List<Echo> echoes) {
    /** Copies; refuses missing parts and a version below 0. */
    public RadarReport {
        Check.range(schemaVersion, 0, Integer.MAX_VALUE, "schema_version");
        Check.present(frameId, "frame_id");
        Check.present(sensorId, "sensor_id");
        Check.present(at, "timestamp");
        echoes = List.copyOf(echoes);
    }

    /**
     * Where something was seen, and what it radiates.
     *
     * @param rangeMetres distance, m, at least 0
     * @param bearingDegrees clockwise from world +Y, 0 to below 360
     * @param elevationDegrees above the world XY plane, -90..90
     * @param radialVelocityMps m/s; negative is closing
     * @param snrDecibels signal-to-noise ratio, dB
     * @param crossSectionDbsm radar cross-section, dBsm
     * @param transponderOn whether a transponder answered
     * @param transponder what it radiates
     * @param transponderId the identity it claims; empty when none
     * @param band long or short range
     * @param idPresent whether an identity was received; empty when not told
     */
    public record Echo(
            double rangeMetres,
            double bearingDegrees,
            double elevationDegrees,
            double radialVelocityMps,
            double snrDecibels,
            double crossSectionDbsm,
            boolean transponderOn,
            TransponderMode transponder,
            String transponderId,
            RangeBand band,
            Optional<Boolean> idPresent) {
        private static final double FULL_TURN = 360;
        private static final double RIGHT_ANGLE = 90;

        /** Refuses missing parts and numbers out of range. */
        public Echo {
            Check.range(rangeMetres, 0, Double.MAX_VALUE, "range_m", "m");
            Check.range(bearingDegrees, 0, Math.nextDown(FULL_TURN), "bearing_deg", "deg");
            Check.range(elevationDegrees, -RIGHT_ANGLE, RIGHT_ANGLE, "elev_deg", "deg");
            Check.finite(radialVelocityMps, "vr_mps", "m/s");
            Check.finite(snrDecibels, "snr_db", "dB");
            Check.finite(crossSectionDbsm, "rcs_dbsm", "dBsm");
            Check.present(transponder, "transponder_mode");
            Check.present(transponderId, "transponder_id");
            Check.present(band, "range_band");
            Check.present(idPresent, "id_present");
        }
    }
}
