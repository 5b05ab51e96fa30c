package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.Vec3;
import java.util.Optional;

/**
 * Finds the most urgent track on a collision course, by the closest point of approach of two
 * straight motions.
 */
final class CollisionCourse {
    private static final double LEAST_RELATIVE_MPS = 0.05;
    private static final double LEAST_METRES = 1e-3;

    private final AgentSettings settings;
    private final CollisionRule rule;

    CollisionCourse(AgentSettings settings) {
        this.settings = settings;
        this.rule = settings.collision();
    }

    /**
     * A way out.
     *
     * @param velocityWorld to fly, m/s
     * @param seconds until the closest approach is over, s
     */
    record Evasion(Vec3 velocityWorld, double seconds) {}

    /** The way out of the most urgent collision course, if there is one. */
    Optional<Evasion> find(Situation situation) {
        NavEstimate nav = situation.sensors().nav();
        double soonest = rule.horizonSeconds();
        Optional<Evasion> found = Optional.empty();
        for (int i = 0; i < situation.tracker().files().size(); i++) {
            RadarTrack track = situation.tracker().files().get(i).track();
            double followed = settings.seconds(track.lastStep() - track.firstStep());
            if (!track.confirmed() || !nav.known() || followed < rule.trackSeconds()) {
                continue;
            }
            double age = settings.seconds(Math.max(0, situation.step() - track.lastStep()));
            Vec3 place = track.positionWorld().plus(track.velocityWorld().times(age));
            Vec3 apart = place.minus(situation.positionNow(settings));
            Vec3 closing = track.velocityWorld().minus(nav.velocityWorld());
            double square = closing.dot(closing);
            double seconds = square == 0 ? -1 : -apart.dot(closing) / square;
            if (square < LEAST_RELATIVE_MPS * LEAST_RELATIVE_MPS
                    || seconds <= 0
                    || seconds >= soonest) {
                continue;
            }
            Vec3 miss = apart.plus(closing.times(seconds));
            if (miss.norm() < rule.missMetres()) {
                soonest = seconds;
                found = Optional.of(evasion(track, miss, closing, seconds));
            }
        }
        return found;
    }

    /** Away from where it would pass, across the relative motion, along with the track. */
    private Evasion evasion(RadarTrack track, Vec3 miss, Vec3 closing, double seconds) {
        Vec3 across = miss.norm() > LEAST_METRES ? miss.times(-1).unit() : anyAcross(closing);
        double along = track.velocityWorld().dot(across);
        return new Evasion(across.times(rule.lateralMps() + Math.max(0, along)), seconds);
    }

    private static Vec3 anyAcross(Vec3 closing) {
        Vec3 axis =
                Math.abs(closing.z()) < 0.9 * closing.norm()
                        ? new Vec3(0, 0, 1)
                        : new Vec3(1, 0, 0);
        return closing.cross(axis).unit();
    }
}
