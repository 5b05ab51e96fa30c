package io.qiki.dtmp.model;

import io.qiki.dtmp.model.RadarDetection.TransponderMode;
import io.qiki.dtmp.model.RadarTrack.ObjectType;
import java.util.List;

/** The numbers of the default scene; conf/scenes holds the same in JSON. */
final class StationScene {
    /** Sunlight at one astronomical unit, W/m2. Source: Kopp and Lean 2011. */
    private static final double SUNLIGHT = 1361;

    private StationScene() {}

    static Scene scene() {
        return new Scene(
                "station",
                new Vec3(0, -0.5, 0.866).unit(),
                SUNLIGHT,
                new Vec3(0, 22e-6, -38e-6),
                0,
                Scene.Eclipse.NONE,
                new Scene.Start(
                        Vec3.ZERO,
                        Vec3.ZERO,
                        Quaternion.ofRotationVector(new Vec3(0, 0, Math.PI / 2)),
                        Vec3.ZERO),
                List.of(station(), crossing(), remote()));
    }

    private static SceneObject station() {
        return new SceneObject(
                "station-1",
                ObjectType.STATION,
                new Vec3(0, 310, 0),
                Vec3.ZERO,
                0,
                10,
                25,
                TransponderMode.ON,
                "ALLY-STATION-1",
                List.of(new SceneObject.Port(new Vec3(0, -10, 0), new Vec3(0, -1, 0))));
    }

    private static SceneObject crossing() {
        return new SceneObject(
                "debris-1",
                ObjectType.DEBRIS,
                new Vec3(-1800, 180, 0),
                new Vec3(0.5, 0, 0),
                7200,
                1,
                1,
                TransponderMode.OFF,
                "",
                List.of());
    }

    private static SceneObject remote() {
        return new SceneObject(
                "debris-2",
                ObjectType.DEBRIS,
                new Vec3(420, 520, 80),
                Vec3.ZERO,
                0,
                0.5,
                -10,
                TransponderMode.OFF,
                "",
                List.of());
    }
}
