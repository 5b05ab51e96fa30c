package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandValue;
import qiki.twin.v1.Command;

/** Commands in doubles, without loss. */
public final class CommandMessages {
    private CommandMessages() {}

    /** A command as a message. */
    public static Command toWire(ActuatorCommand command) {
        Command.Builder message =
                Command.newBuilder()
                        .setId(command.id().toString())
                        .setTwin(command.twin().value())
                        .setActuator(command.actuator().id())
                        .setType(EnumTables.COMMAND.toWire(command.type()))
                        .setUnit(EnumTables.UNIT.toWire(command.unit()))
                        .setTimeoutMs(command.timeoutMillis());
        CommandValue value = command.value();
        if (value instanceof CommandValue.Scalar one) {
            message.setScalar(one.value());
        } else if (value instanceof CommandValue.Whole one) {
            message.setWhole(one.value());
        } else if (value instanceof CommandValue.Flag one) {
            message.setFlag(one.value());
        } else if (value instanceof CommandValue.Vector one) {
            message.setVector(GeometryMessages.toWire(one.value()));
        }
        return message.build();
    }

    /**
     * A message as a command.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static ActuatorCommand toModel(Command message) {
        return new ActuatorCommand(
                Fields.uuid("id", message.getId()),
                Fields.twin("twin", message.getTwin()),
                ObservationMessages.actuator(message.getActuator()),
                EnumTables.COMMAND.toModel("type", message.getTypeValue()),
                value(message),
                EnumTables.UNIT.toModel("unit", message.getUnitValue()),
                message.getTimeoutMs());
    }

    private static CommandValue value(Command message) {
        return switch (message.getValueCase()) {
            case SCALAR -> new CommandValue.Scalar(Fields.finite("scalar", message.getScalar()));
            case WHOLE -> new CommandValue.Whole(message.getWhole());
            case FLAG -> new CommandValue.Flag(message.getFlag());
            case VECTOR ->
                    Fields.at(
                            "vector",
                            () ->
                                    new CommandValue.Vector(
                                            GeometryMessages.toModel(message.getVector())));
            case VALUE_NOT_SET ->
                    throw new ConversionException(
                            "value", "must be one of scalar, whole, flag and vector, was none");
        };
    }
}
