package io.qiki.dtmp.config;

import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.RadarDetection.TransponderMode;
import io.qiki.dtmp.model.RadarTrack.ObjectType;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.SceneObject;
import io.qiki.dtmp.model.Vec3;
import java.util.List;

/** Reads scene files. */
public final class SceneReader {
    private static final double DEGREE = Math.PI / 180;
    private static final double MICRO = 1e6;
    private static final double FAR_METRES = 1e9;
    private static final long LONGEST = 1_000_000_000_000_000L;

    private SceneReader() {}

    /** The scene of a file; the default scene stands in for what cannot be read. */
    public static Scene read(ConfigNode node) {
        String id = node.text("id");
        Vec3 sun = node.vector("sun-direction-world", 1e3, "");
        double light = node.number("sun-w-per-m2", 0, 1e5, "W/m2");
        Vec3 field = node.vector("magnetic-field-world-ut", 1e3, "uT");
        double motion = node.number("mean-motion-rad-per-s", 0, 0, 0.01, "rad/s");
        Scene.Eclipse eclipse = eclipse(node.object("eclipse"));
        Scene.Start start = start(node.object("start"));
        List<SceneObject> objects = node.list("objects", Scene.MAX_OBJECTS, SceneReader::object);
        return node.make(
                Scene.station(),
                () ->
                        new Scene(
                                id,
                                sun.unit(),
                                light,
                                new Vec3(field.x() / MICRO, field.y() / MICRO, field.z() / MICRO),
                                motion,
                                eclipse,
                                start,
                                objects));
    }

    private static Scene.Eclipse eclipse(ConfigNode node) {
        long period = node.duration("period", 0, 0, LONGEST);
        long duration = node.duration("duration", 0, 0, LONGEST);
        node.done();
        return node.make(Scene.Eclipse.NONE, () -> new Scene.Eclipse(period, duration));
    }

    private static Scene.Start start(ConfigNode node) {
        Vec3 position = node.vector("position-world-m", Vec3.ZERO, FAR_METRES, "m");
        Vec3 velocity = node.vector("velocity-world-mps", Vec3.ZERO, 1e5, "m/s");
        Vec3 rotation = node.vector("rotation-vector-deg", Vec3.ZERO, 360, "deg");
        Vec3 rate = node.vector("rate-body-deg-per-s", Vec3.ZERO, 1e4, "deg/s");
        node.done();
        return new Scene.Start(
                position,
                velocity,
                Quaternion.ofRotationVector(rotation.times(DEGREE)),
                rate.times(DEGREE));
    }

    private static SceneObject object(ConfigNode node) {
        String id = node.text("id");
        ObjectType type = type(node);
        Vec3 position = node.vector("position-world-m", FAR_METRES, "m");
        Vec3 velocity = node.vector("velocity-world-mps", Vec3.ZERO, 1e5, "m/s");
        double period = node.number("period-s", 0, 0, 1e9, "s");
        double radius = node.number("radius-m", 0, 1e6, "m");
        double section = node.number("radar-cross-section-dbsm", -100, 100, "dBsm");
        TransponderMode mode =
                node.choice(
                        "transponder",
                        TransponderMode.OFF,
                        List.of(TransponderMode.values()),
                        Enum::name);
        String identity = node.anyText("transponder-id", "");
        List<SceneObject.Port> ports = node.list("ports", 16, SceneReader::port);
        return node.make(
                Scene.station().objects().get(0),
                () ->
                        new SceneObject(
                                id, type, position, velocity, period, radius, section, mode,
                                identity, ports));
    }

    /** What an object is, by the name of its type. */
    static ObjectType type(ConfigNode node) {
        return node.choice(
                "type", ObjectType.UNSPECIFIED, List.of(ObjectType.values()), Enum::name);
    }

    private static SceneObject.Port port(ConfigNode node) {
        Vec3 position = node.vector("position-object-m", 1e6, "m");
        Vec3 facing = node.vector("facing-object", 1, "");
        return node.make(
                new SceneObject.Port(Vec3.ZERO, new Vec3(0, -1, 0)),
                () -> new SceneObject.Port(position, facing));
    }
}
