package io.qiki.dtmp.model;

/**
 * An object whose orbit is in the mission's catalogue: what an agent knows beforehand, as operators
 * know tracked objects. It moves in a straight line and, with a period, starts over at its end.
 *
 * @param id name in the catalogue
 * @param type what it is
 * @param positionWorld at the start of each period, m, world frame
 * @param velocityWorld m/s, world frame
 * @param periodSeconds after which it is back at its start position, s; 0: never
 * @param radiusMetres m
 */
public record KnownObject(
        String id,
        RadarTrack.ObjectType type,
        Vec3 positionWorld,
        Vec3 velocityWorld,
        double periodSeconds,
        double radiusMetres) {
    /** Refuses missing parts and numbers out of range. */
    public KnownObject {
        Check.text(id, "object id");
        Check.present(type, "object type");
        Check.present(positionWorld, "object position");
        Check.present(velocityWorld, "object velocity");
        Check.range(periodSeconds, 0, 1e9, "period", "s");
        Check.range(radiusMetres, 0, 1e6, "radius", "m");
    }

    /** The entry of a scene object. */
    public static KnownObject of(SceneObject object) {
        return new KnownObject(
                object.id(),
                object.type(),
                object.positionWorld(),
                object.velocityWorld(),
                object.periodSeconds(),
                object.radiusMetres());
    }

    /**
     * Where it is.
     *
     * @param seconds since the start of the incarnation
     * @return m, world frame
     */
    public Vec3 positionAt(double seconds) {
        double within =
                periodSeconds > 0
                        ? seconds - periodSeconds * Math.floor(seconds / periodSeconds)
                        : seconds;
        return positionWorld.plus(velocityWorld.times(within));
    }
}
