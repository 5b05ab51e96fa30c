package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.CommandLife.Step;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.SimTime;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands to actuators as they come from outside, and their lives as they are shown. */
public final class CommandCodec {
    private static final String MODE = "SET_MODE";
    private static final double LARGEST = 1e9;
    private static final int UUID_DIGITS = 36;

    private CommandCodec() {}

    /** The actuator that a body names, if there is one of that name. */
    public static Optional<Actuator> actuator(JsonFields body) {
        return Actuator.of(body.text("actuator"));
    }

    /**
     * The id that a body names; empty when it names none.
     *
     * @throws IllegalArgumentException for anything but a UUID
     */
    public static Optional<UUID> id(JsonFields body) {
        return body.optionalText("command_id")
                .map(
                        text ->
                                id(text).orElseThrow(
                                                () ->
                                                        new IllegalArgumentException(
                                                                "command_id must be a UUID, 32"
                                                                        + " hexadecimal digits as"
                                                                        + " 8-4-4-4-12, was "
                                                                        + JsonFields.shown(text))));
    }

    /** The id in a text; empty for anything but a UUID. */
    public static Optional<UUID> id(String text) {
        return isCanonical(text) ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static boolean isCanonical(String text) {
        if (text.length() != UUID_DIGITS) {
            return false;
        }
        for (int i = 0; i < UUID_DIGITS; i++) {
            char one = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? one != '-' : !HexFormat.isHexDigit(one)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a body asks for a check only. */
    public static boolean dry(JsonFields body) {
        return body.flag("dry_run");
    }

    /**
     * The command of a body.
     *
     * @throws IllegalArgumentException naming the field and what would be right
     */
    public static ActuatorCommand read(TwinId twin, UUID id, Actuator actuator, JsonFields body) {
        body.only(
                "command_id", "actuator", "command_type", "value", "unit", "timeout_ms", "dry_run");
        ActuatorCommand.Type type =
                one(ActuatorCommand.Type.class, body.text("command_type"), "command_type");
        Unit unit =
                body.optionalText("unit")
                        .map(name -> one(Unit.class, name, "unit"))
                        .orElse(Unit.UNSPECIFIED);
        long timeout =
                body.optionalWhole("timeout_ms", 0, ActuatorCommand.MAX_TIMEOUT_MILLIS).orElse(0);
        return new ActuatorCommand(
                id, twin, actuator, type, value(type, body), unit, Math.toIntExact(timeout));
    }

    private static CommandValue value(ActuatorCommand.Type type, JsonFields body) {
        if (!type.name().equals(MODE)) {
            return new CommandValue.Scalar(body.number("value", -LARGEST, LARGEST));
        }
        if (body.json().getValue("value") instanceof String) {
            FsmState mode = one(FsmState.class, body.text("value"), "value");
            return new CommandValue.Whole(mode.number());
        }
        return new CommandValue.Whole((int) body.whole("value", 0, Integer.MAX_VALUE));
    }

    private static <E extends Enum<E>> E one(Class<E> type, String name, String field) {
        return Stream.of(type.getEnumConstants())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        field
                                                + " must be one of "
                                                + names(type)
                                                + ", was "
                                                + JsonFields.shown(name)));
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return Stream.of(type.getEnumConstants())
                .map(Enum::name)
                .filter(name -> !name.equals("UNSPECIFIED"))
                .collect(Collectors.joining(", "));
    }

    /** What was asked. */
    public static JsonObject order(ActuatorCommand command) {
        return new JsonObject()
                .put("command_id", command.id().toString())
                .put("twin", command.twin().value())
                .put("actuator", command.actuator().id())
                .put("command_type", command.type().name())
                .put("value", JsonCodec.value(command.value()))
                .put("unit", command.unit().name())
                .put("timeout_ms", command.timeoutMillis());
    }

    /** What was asked, as far as its stages tell it: neither type nor value. */
    public static JsonObject order(CommandLife life) {
        return new JsonObject()
                .put("command_id", life.id().toString())
                .put("twin", life.twin().value())
                .put("actuator", life.actuator().id())
                .putNull("command_type")
                .putNull("value")
                .putNull("unit")
                .putNull("timeout_ms");
    }

    /**
     * How far it came.
     *
     * @param stepNanos simulation time of a step, ns
     */
    public static JsonObject life(CommandLife life, long stepNanos) {
        return new JsonObject()
                .put("origin", life.origin().name())
                .put("stage", life.stage().name())
                .put("final", life.ended())
                .put("stages", JsonCodec.array(life.steps(), step -> stage(step, stepNanos)));
    }

    private static JsonObject stage(Step step, long stepNanos) {
        return new JsonObject()
                .put("stage", step.stage().name())
                .put("tick", step.tick())
                .put("sim_time_s", new SimTime(step.step(), stepNanos).seconds())
                .put("truth", step.truth().name())
                .put("code", step.code() == FailureCode.NONE ? null : step.code().text())
                .put("reason", step.reason());
    }
}
