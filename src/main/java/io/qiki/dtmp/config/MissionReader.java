package io.qiki.dtmp.config;

import io.qiki.dtmp.model.Goal;
import io.qiki.dtmp.model.KnownObject;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.RadarTrack.ObjectType;
import io.qiki.dtmp.model.Vec3;
import java.util.List;

/** Reads mission files. */
public final class MissionReader {
    private static final double FAR_METRES = 1e9;
    private static final Goal NOTHING = new Goal.Hold("nothing", 0);

    private MissionReader() {}

    /** The mission of a file; the default mission stands in for what cannot be read. */
    public static Mission read(ConfigNode node) {
        String id = node.text("id");
        Vec3 home = node.vector("home-world-m", FAR_METRES, "m");
        double transit = node.number("transit-mps", 0.05, Mission.MAX_TRANSIT_MPS, "m/s");
        List<Goal> goals = node.list("goals", Mission.MAX_ENTRIES, MissionReader::goal);
        boolean repeat = node.flag("repeat", false);
        List<KnownObject> catalogue =
                node.list("catalogue", Mission.MAX_ENTRIES, MissionReader::known);
        List<String> allow = node.texts("allow");
        List<String> deny = node.texts("deny");
        return node.make(
                Mission.standard(),
                () -> new Mission(id, home, transit, goals, repeat, catalogue, allow, deny));
    }

    private static Goal goal(ConfigNode node) {
        String label = node.text("label");
        String kind = node.choice("goal", "", List.of("go-to", "hold", "observe"), name -> name);
        switch (kind) {
            case "go-to":
                Vec3 place = node.vector("position-world-m", FAR_METRES, "m");
                double tolerance = node.number("tolerance-m", 0.5, 0.1, 1000, "m");
                return node.make(NOTHING, () -> new Goal.GoTo(label, place, tolerance));
            case "hold":
                double seconds = node.number("seconds", 0, 1e7, "s");
                return node.make(NOTHING, () -> new Goal.Hold(label, seconds));
            case "observe":
                String object = node.text("object");
                double watch = node.number("seconds", 0, 1e7, "s");
                return node.make(NOTHING, () -> new Goal.Observe(label, object, watch));
            default:
                if (!node.has("goal")) {
                    node.fault("goal", "nothing", "one of go-to, hold, observe");
                }
                return NOTHING;
        }
    }

    private static KnownObject known(ConfigNode node) {
        String id = node.text("id");
        ObjectType type = SceneReader.type(node);
        Vec3 position = node.vector("position-world-m", FAR_METRES, "m");
        Vec3 velocity = node.vector("velocity-world-mps", Vec3.ZERO, 1e5, "m/s");
        double period = node.number("period-s", 0, 0, 1e9, "s");
        double radius = node.number("radius-m", 0, 1e6, "m");
        return node.make(
                Mission.standard().catalogue().get(0),
                () -> new KnownObject(id, type, position, velocity, period, radius));
    }
}
