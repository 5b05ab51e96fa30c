package io.qiki.dtmp.radar;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.RadarTrack;

/**
 * A track with what the tracker remembers beside it.
 *
 * @param track as everybody sees it
 * @param known id of the catalogue's object it matches; empty when none
 * @param recent hits (1) and misses (0) of the last frames, newest in the lowest bit
 * @param frames frames since the first hit, that one included
 */
public record TrackFile(RadarTrack track, String known, int recent, int frames) {
    /** Refuses missing parts. */
    public TrackFile {
        Check.present(track, "track");
        Check.present(known, "known object");
        Check.range(frames, 1, Integer.MAX_VALUE, "frames");
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add(known).add((long) recent).add((long) frames);
        hash.add(track.id()).add(track.status()).add(track.type()).add(track.iff());
        hash.add(track.positionWorld()).add(track.velocityWorld());
        hash.add(track.rangeMetres()).add(track.radialVelocityMps());
        hash.add(track.snrDecibels()).add(track.crossSectionDbsm());
        hash.add(track.transponder()).add(track.transponderId()).add(track.quality());
        hash.add(track.firstStep()).add(track.lastStep());
        return hash.add((long) track.hits()).add((long) track.misses());
    }
}
