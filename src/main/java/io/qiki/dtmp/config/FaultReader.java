package io.qiki.dtmp.config;

import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Reads faults that are injected from the start. */
public final class FaultReader {
    private final List<SensorId> sensors;
    private final Set<String> ids = new HashSet<>();

    private FaultReader(List<SensorId> sensors) {
        this.sensors = sensors;
    }

    /**
     * The faults of a key: as many as a vehicle takes, each on a sensor that it has, each with an
     * id of its own.
     *
     * @param sensors of the vehicle
     */
    public static List<FaultSpec> read(ConfigNode node, String key, List<SensorSpec> sensors) {
        FaultReader reader = new FaultReader(sensors.stream().map(SensorSpec::id).toList());
        return node.list(key, FaultSpec.MOST_AT_A_TIME, reader::fault);
    }

    /** One fault of a list; without an id it is named by what it does. */
    private FaultSpec fault(ConfigNode node) {
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
        SensorId target = node.choice("target", SensorId.IMU_MAIN, sensors, SensorId::id);
        String id = node.text("id", "configured-" + target.id());
        if (node.has("id") || node.has("target")) {
            once(node, id);
        }
        long from = node.integer("from-tick", 0, 0, Long.MAX_VALUE);
        long until = node.integer("until-tick", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        if (until < from) {
            node.fault("until-tick", Long.toString(until), "at least from-tick, " + from);
        }
        return new FaultSpec(id, type, target.id(), new TreeMap<>(), from, Math.max(from, until));
    }

    private void once(ConfigNode node, String id) {
        if (!ids.add(id)) {
            node.fault("id", '"' + id + '"', "an id that no other fault of the list has");
        }
    }
}
