package io.qiki.dtmp.config;

import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.SensorId;
import java.util.List;
import java.util.TreeMap;

/** Reads faults that are injected from the start. */
public final class FaultReader {
    private FaultReader() {}

    /** One fault of a list; without an id it is named by what it does. */
    public static FaultSpec read(ConfigNode node) {
        if (!node.has("type")) {
            node.fault("type", "nothing", "one of " + FaultSpec.Type.SENSOR_OFF.text());
        }
        FaultSpec.Type type =
                node.choice(
                        "type",
                        FaultSpec.Type.SENSOR_OFF,
                        List.of(FaultSpec.Type.values()),
                        FaultSpec.Type::text);
        if (!node.has("target")) {
            node.fault("target", "nothing", "the id of a sensor");
        }
        SensorId target =
                node.choice("target", SensorId.IMU_MAIN, List.of(SensorId.values()), SensorId::id);
        String id = node.text("id", "configured-" + target.id());
        long from = node.integer("from-tick", 0, 0, Long.MAX_VALUE);
        long until = node.integer("until-tick", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        if (until < from) {
            node.fault("until-tick", Long.toString(until), "at least from-tick, " + from);
        }
        return new FaultSpec(id, type, target.id(), new TreeMap<>(), from, Math.max(from, until));
    }
}
