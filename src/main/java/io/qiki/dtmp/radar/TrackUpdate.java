package io.qiki.dtmp.radar;

import io.qiki.dtmp.model.KnownObject;
import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.RadarTrack.Iff;
import io.qiki.dtmp.model.RadarTrack.ObjectType;
import io.qiki.dtmp.model.RadarTrack.Status;
import io.qiki.dtmp.model.Vec3;
import java.util.UUID;

/**
 * What a hit or a miss does to a track: position and velocity by a g-h filter whose gains fall with
 * the number of hits down to a floor, type by the catalogue, friend or foe by the lists.
 *
 * <p>Source of the gains g = 2(2n-1)/(n(n+1)), h = 6/(n(n+1)): E. Brookner, Tracking and Kalman
 * Filtering Made Easy, expanding-memory polynomial filter of first degree.
 */
final class TrackUpdate {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LEAST_G = 0.2;
    private static final double LEAST_H = 0.02;
    private static final double MATCH_METRES = 30;
    private static final double FULL_SNR_DECIBELS = 20;

    private final TrackerSettings settings;

    TrackUpdate(TrackerSettings settings) {
        this.settings = settings;
    }

    /** Where a track should be at a step. */
    Vec3 predicted(RadarTrack track, long step) {
        return track.positionWorld()
                .plus(track.velocityWorld().times(seconds(step - track.lastStep())));
    }

    TrackFile born(UUID id, RadarDetection echo, Vec3 positionWorld, long step) {
        RadarTrack track =
                new RadarTrack(
                        id,
                        Status.NEW,
                        ObjectType.UNSPECIFIED,
                        Iff.UNKNOWN,
                        positionWorld,
                        Vec3.ZERO,
                        echo.rangeMetres(),
                        echo.radialVelocityMps(),
                        echo.snrDecibels(),
                        echo.crossSectionDbsm(),
                        echo.transponder(),
                        echo.transponderId(),
                        quality(echo.snrDecibels(), 0),
                        step,
                        step,
                        1,
                        0);
        return identified(track, "", 1, 1, step);
    }

    TrackFile hit(
            TrackFile file, RadarDetection echo, Vec3 positionWorld, long step, Status status) {
        RadarTrack old = file.track();
        int n = old.hits() + 1;
        double g = Math.max(LEAST_G, 2.0 * (2 * n - 1) / ((double) n * (n + 1)));
        double h = Math.max(LEAST_H, 6.0 / ((double) n * (n + 1)));
        double dt = Math.max(seconds(1), seconds(step - old.lastStep()));
        Vec3 expected = predicted(old, step);
        Vec3 residual = positionWorld.minus(expected);
        boolean heard = !echo.transponderId().isEmpty();
        RadarTrack track =
                new RadarTrack(
                        old.id(),
                        status,
                        old.type(),
                        old.iff(),
                        expected.plus(residual.times(g)),
                        old.velocityWorld().plus(residual.times(h / dt)),
                        echo.rangeMetres(),
                        echo.radialVelocityMps(),
                        echo.snrDecibels(),
                        echo.crossSectionDbsm(),
                        echo.transponder(),
                        heard ? echo.transponderId() : old.transponderId(),
                        quality(echo.snrDecibels(), 0),
                        old.firstStep(),
                        Math.max(step, old.firstStep()),
                        n,
                        0);
        return identified(track, file.known(), file.recent(), file.frames(), step);
    }

    TrackFile missed(TrackFile file, Status status) {
        RadarTrack old = file.track();
        int misses = old.misses() + 1;
        return new TrackFile(
                with(old, status, misses, quality(old.snrDecibels(), misses)),
                file.known(),
                file.recent(),
                file.frames());
    }

    TrackFile lost(TrackFile file) {
        RadarTrack old = file.track();
        return new TrackFile(
                with(old, Status.LOST, old.misses() + 1, 0),
                file.known(),
                file.recent(),
                file.frames());
    }

    private TrackFile identified(
            RadarTrack track, String before, int recent, int frames, long step) {
        String known = before;
        ObjectType type = track.type();
        double nearest = Double.MAX_VALUE;
        for (KnownObject object : settings.catalogue()) {
            double distance = object.positionAt(seconds(step)).minus(track.positionWorld()).norm();
            if (distance <= object.radiusMetres() + MATCH_METRES && distance < nearest) {
                nearest = distance;
                known = object.id();
                type = object.type();
            }
        }
        return new TrackFile(with(track, type, iff(track, type)), known, recent, frames);
    }

    /** FOE is for life; scrap and rock are neither friend nor foe. */
    private Iff iff(RadarTrack track, ObjectType type) {
        if (track.iff() == Iff.FOE || settings.deny().contains(track.transponderId())) {
            return Iff.FOE;
        }
        if (settings.allow().contains(track.transponderId())) {
            return Iff.FRIEND;
        }
        boolean dead = type == ObjectType.DEBRIS || type == ObjectType.ASTEROID;
        return dead ? Iff.UNSPECIFIED : Iff.UNKNOWN;
    }

    private double quality(double snrDecibels, int misses) {
        double seen = 1 - misses / (double) settings.lostMisses();
        double clear = snrDecibels / FULL_SNR_DECIBELS;
        return Math.max(0, Math.min(1, seen)) * Math.max(0, Math.min(1, clear));
    }

    private double seconds(long steps) {
        return steps * (settings.stepNanos() / NANOS_PER_SECOND);
    }

    private static RadarTrack with(RadarTrack t, ObjectType type, Iff iff) {
        return new RadarTrack(
                t.id(),
                t.status(),
                type,
                iff,
                t.positionWorld(),
                t.velocityWorld(),
                t.rangeMetres(),
                t.radialVelocityMps(),
                t.snrDecibels(),
                t.crossSectionDbsm(),
                t.transponder(),
                t.transponderId(),
                t.quality(),
                t.firstStep(),
                t.lastStep(),
                t.hits(),
                t.misses());
    }

    private static RadarTrack with(RadarTrack t, Status status, int misses, double quality) {
        return new RadarTrack(
                t.id(),
                status,
                t.type(),
                t.iff(),
                t.positionWorld(),
                t.velocityWorld(),
                t.rangeMetres(),
                t.radialVelocityMps(),
                t.snrDecibels(),
                t.crossSectionDbsm(),
                t.transponder(),
                t.transponderId(),
                quality,
                t.firstStep(),
                t.lastStep(),
                t.hits(),
                misses);
    }
}
