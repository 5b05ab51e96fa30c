package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.HeldFault;
import io.qiki.dtmp.model.SensorId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Faults as they are asked for from outside, against the catalogue of what is built. */
public final class FaultCodec {
    private static final List<String> NOT_BUILT =
            List.of(
                    "sensor.stuck",
                    "sensor.bias",
                    "sensor.drift",
                    "sensor.noise",
                    "sensor.dropout",
                    "sensor.delay",
                    "thruster.stuck-off",
                    "thruster.stuck-open",
                    "thruster.weak",
                    "power.cell-loss",
                    "power.array-loss",
                    "power.bus-short",
                    "power.load-stuck",
                    "thermal.heater-off",
                    "thermal.radiator-loss",
                    "comms.blackout",
                    "agent.late",
                    "scene.contact",
                    "scene.spoof",
                    "scene.manoeuvre");

    private final List<SensorId> sensors;

    /**
     * A codec.
     *
     * @param sensors of the vehicle
     */
    public FaultCodec(List<SensorId> sensors) {
        this.sensors = List.copyOf(sensors);
    }

    /** What can be injected, with parameters and their ranges. */
    public JsonObject catalogue() {
        JsonObject sensorOff =
                new JsonObject()
                        .put("type", FaultSpec.Type.SENSOR_OFF.text())
                        .put("targets", JsonCodec.array(sensors, SensorId::id))
                        .put("parameters", new JsonArray());
        return new JsonObject().put("faults", new JsonArray().add(sensorOff));
    }

    /**
     * A fault of a request, with an id of its own.
     *
     * @throws IllegalArgumentException naming the field and what would be right
     */
    public FaultSpec read(JsonFields body) {
        body.only("type", "target", "parameters", "from_tick", "until_tick");
        FaultSpec.Type type = type(body.text("type"));
        String target = body.text("target");
        if (sensors.stream().noneMatch(sensor -> sensor.id().equals(target))) {
            throw new IllegalArgumentException(
                    "target of "
                            + type.text()
                            + " must be one of "
                            + String.join(", ", sensors.stream().map(SensorId::id).toList())
                            + ", was "
                            + JsonFields.shown(target));
        }
        body.object("parameters").only();
        long from = body.optionalWhole("from_tick", 0, Long.MAX_VALUE).orElse(0);
        long until = body.optionalWhole("until_tick", from, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        return new FaultSpec(
                UUID.randomUUID().toString(), type, target, new TreeMap<>(), from, until);
    }

    /** Why a type cannot be read as a fault: NONE, NOT_BUILT or BAD_ARGUMENT. */
    public static FailureCode judge(String type) {
        if (Stream.of(FaultSpec.Type.values()).anyMatch(one -> one.text().equals(type))) {
            return FailureCode.NONE;
        }
        return NOT_BUILT.contains(type) ? FailureCode.NOT_BUILT : FailureCode.BAD_ARGUMENT;
    }

    /** A fault that a vehicle holds. */
    public static JsonObject row(HeldFault held) {
        FaultSpec fault = held.fault();
        return new JsonObject()
                .put("fault_id", fault.id())
                .put("type", fault.type().text())
                .put("target", fault.target())
                .put("from_tick", fault.fromTick())
                .put(
                        "until_tick",
                        fault.untilTick() == Long.MAX_VALUE ? null : (Object) fault.untilTick())
                .put("active", held.active());
    }

    static FaultSpec.Type type(String name) {
        return Stream.of(FaultSpec.Type.values())
                .filter(type -> type.text().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "type must be one of the catalogue, was "
                                                + JsonFields.shown(name)));
    }
}
