package io.qiki.dtmp.model;

import java.util.List;

/**
 * An object of the scene. It moves in a straight line and, with a period, starts over at its end.
 *
 * @param id name in the scene
 * @param type what it is
 * @param positionWorld at the start of each period, m
 * @param velocityWorld m/s
 * @param periodSeconds after which it is back at its start position, s; 0: never
 * @param radiusMetres of the sphere that stands for it, m
 * @param crossSectionDbsm radar cross-section, dBsm
 * @param transponder what its transponder does
 * @param transponderId the identity it radiates; empty when it has none
 * @param ports where a vehicle can dock
 */
public record SceneObject(
        String id,
        RadarTrack.ObjectType type,
        Vec3 positionWorld,
        Vec3 velocityWorld,
        double periodSeconds,
        double radiusMetres,
        double crossSectionDbsm,
        RadarDetection.TransponderMode transponder,
        String transponderId,
        List<Port> ports) {
    /**
     * A docking port.
     *
     * @param positionObject relative to the object's centre, world axes, m
     * @param facingObject where it faces, unit vector, world axes
     */
    public record Port(Vec3 positionObject, Vec3 facingObject) {
        /** Refuses a facing that is not a unit vector. */
        public Port {
            Check.present(positionObject, "port position");
            Check.range(
                    Check.present(facingObject, "port facing").norm(),
                    1 - 1e-6,
                    1 + 1e-6,
                    "length of the port's facing",
                    "1");
        }
    }

    /** Copies; refuses missing parts and numbers out of range. */
    public SceneObject {
        Check.text(id, "object id");
        Check.present(type, "object type");
        Check.present(positionWorld, "position");
        Check.present(velocityWorld, "velocity");
        Check.range(periodSeconds, 0, 1e9, "period", "s");
        Check.range(radiusMetres, 0, 1e6, "radius", "m");
        Check.range(crossSectionDbsm, -100, 100, "radar cross-section", "dBsm");
        Check.present(transponder, "transponder mode");
        Check.present(transponderId, "transponder id");
        Check.that(
                transponder != RadarDetection.TransponderMode.ON || !transponderId.isEmpty(),
                "a transponder that is ON needs an identity, object " + id);
        ports = List.copyOf(ports);
    }
}
