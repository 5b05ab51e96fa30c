package io.qiki.dtmp.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What surrounds the vehicles.
 *
 * @param id name of the scene
 * @param sunDirectionWorld unit vector towards the sun
 * @param sunWattsPerSquareMetre sunlight, W/m2
 * @param magneticFieldWorld T
 * @param meanMotion of the orbit that carries the world frame, rad/s; 0: inertial frame
 * @param eclipse when the sun is hidden
 * @param start where and how vehicles start
 * @param objects each id once
 */
public record Scene(
        String id,
        Vec3 sunDirectionWorld,
        double sunWattsPerSquareMetre,
        Vec3 magneticFieldWorld,
        double meanMotion,
        Eclipse eclipse,
        Start start,
        List<SceneObject> objects) {
    /** Greatest number of objects. */
    public static final int MAX_OBJECTS = 64;

    /**
     * A periodic eclipse: light first, then shadow until the end of the period.
     *
     * @param periodNanos ns; 0: no eclipse
     * @param durationNanos shadow at the end of each period, ns
     */
    public record Eclipse(long periodNanos, long durationNanos) {
        /** The sun always shines. */
        public static final Eclipse NONE = new Eclipse(0, 0);

        /** Refuses a shadow longer than the period. */
        public Eclipse {
            Check.range(periodNanos, 0, 1_000_000_000_000_000L, "eclipse period in ns");
            Check.range(durationNanos, 0, periodNanos, "eclipse duration in ns");
        }
    }

    /**
     * How a vehicle starts.
     *
     * @param positionWorld m
     * @param velocityWorld m/s
     * @param attitude body to world
     * @param rateBody rad/s
     */
    public record Start(
            Vec3 positionWorld, Vec3 velocityWorld, Quaternion attitude, Vec3 rateBody) {
        /** Refuses missing parts. */
        public Start {
            Check.present(positionWorld, "start position");
            Check.present(velocityWorld, "start velocity");
            Check.present(attitude, "start attitude");
            Check.present(rateBody, "start rate");
        }
    }

    /** Copies; refuses missing parts, doubles and numbers out of range. */
    public Scene {
        Check.text(id, "scene id");
        Check.range(
                Check.present(sunDirectionWorld, "sun direction").norm(),
                1 - 1e-6,
                1 + 1e-6,
                "length of the sun direction",
                "1");
        Check.range(sunWattsPerSquareMetre, 0, 1e5, "sunlight", "W/m2");
        Check.present(magneticFieldWorld, "magnetic field");
        Check.range(meanMotion, 0, 0.01, "mean motion", "rad/s");
        Check.present(eclipse, "eclipse");
        Check.present(start, "start");
        objects = List.copyOf(objects);
        Check.range(objects.size(), 0, MAX_OBJECTS, "number of objects");
        Set<String> names = new HashSet<>();
        for (SceneObject object : objects) {
            Check.that(names.add(object.id()), "object " + object.id() + " is listed twice");
        }
    }

    /** The object of an id, if there is one. */
    public Optional<SceneObject> object(String objectId) {
        return objects.stream().filter(object -> object.id().equals(objectId)).findFirst();
    }

    /** The default scene: a station 300 m ahead, two pieces of debris, no eclipse. */
    public static Scene station() {
        return StationScene.scene();
    }
}
