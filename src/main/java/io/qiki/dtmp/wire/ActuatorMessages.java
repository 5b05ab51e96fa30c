package io.qiki.dtmp.wire;

import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.TwinId;
import java.util.Optional;
import java.util.UUID;

/** Commands of the original: floats, UUIDs for actuators. */
public final class ActuatorMessages {
    private ActuatorMessages() {}

    /**
     * A command with what the message carries beside it.
     *
     * @param command itself
     * @param sent date of the message; empty when it names none
     * @param confidence 0..1
     * @param ackRequired whether an acknowledgement is wanted
     * @param retryCount how often it was sent before, at least 0
     */
    public record Received(
            ActuatorCommand command,
            Optional<Timestamp> sent,
            float confidence,
            boolean ackRequired,
            int retryCount) {
        /** Refuses missing parts and numbers out of range. */
        public Received {
            Check.present(command, "command");
            Check.present(sent, "date");
            Check.range(confidence, 0, 1, "confidence", "1");
            Check.range(retryCount, 0, Integer.MAX_VALUE, "retry_count");
        }
    }

    /**
     * A message as a command to a twin.
     *
     * @throws UnknownActuatorException for an id that is a UUID of no actuator
     * @throws ConversionException naming the field and what would be right
     */
    public static Received toModel(qiki.actuators.ActuatorCommand message, TwinId twin) {
        UUID target = Heads.id("actuator_id", message.hasActuatorId(), message.getActuatorId());
        UUID id = Heads.id("command_id", message.hasCommandId(), message.getCommandId());
        Actuator actuator =
                Actuator.of(target.toString())
                        .orElseThrow(() -> new UnknownActuatorException(target));
        ActuatorCommand command =
                new ActuatorCommand(
                        id,
                        twin,
                        actuator,
                        EnumTables.COMMAND.toModel("command_type", message.getCommandTypeValue()),
                        value(message),
                        EnumTables.UNIT.toModel("unit", message.getUnitValue()),
                        timeout(message.getTimeoutMs()));
        return new Received(
                command,
                Heads.date("timestamp", message.hasTimestamp(), message.getTimestamp()),
                message.getConfidence(),
                message.getAckRequired(),
                message.getRetryCount());
    }

    private static int timeout(int millis) {
        return Fields.at(
                "timeout_ms",
                () ->
                        (int)
                                Check.range(
                                        millis,
                                        0,
                                        ActuatorCommand.MAX_TIMEOUT_MILLIS,
                                        "timeout in ms"));
    }

    private static CommandValue value(qiki.actuators.ActuatorCommand message) {
        return switch (message.getCommandValueCase()) {
            case FLOAT_VALUE ->
                    new CommandValue.Scalar(Fields.finite("float_value", message.getFloatValue()));
            case INT_VALUE -> new CommandValue.Whole(message.getIntValue());
            case BOOL_VALUE -> new CommandValue.Flag(message.getBoolValue());
            case VECTOR_VALUE ->
                    Fields.at(
                            "vector_value",
                            () -> new CommandValue.Vector(Heads.vector(message.getVectorValue())));
            case COMMANDVALUE_NOT_SET ->
                    throw new ConversionException(
                            "command_value",
                            "must be one of float_value, int_value, bool_value and vector_value,"
                                    + " was none");
        };
    }

    /** A command as a message. */
    public static qiki.actuators.ActuatorCommand toWire(Received received) {
        ActuatorCommand command = received.command();
        qiki.actuators.ActuatorCommand.Builder message =
                qiki.actuators.ActuatorCommand.newBuilder()
                        .setActuatorId(Heads.id(command.actuator().uuid()))
                        .setCommandId(Heads.id(command.id()))
                        .setCommandType(EnumTables.COMMAND.toWire(command.type()))
                        .setUnit(EnumTables.UNIT.toWire(command.unit()))
                        .setTimeoutMs(command.timeoutMillis())
                        .setConfidence(received.confidence())
                        .setAckRequired(received.ackRequired())
                        .setRetryCount(received.retryCount());
        received.sent().ifPresent(message::setTimestamp);
        CommandValue value = command.value();
        if (value instanceof CommandValue.Scalar one) {
            message.setFloatValue((float) one.value());
        } else if (value instanceof CommandValue.Whole one) {
            message.setIntValue(one.value());
        } else if (value instanceof CommandValue.Flag one) {
            message.setBoolValue(one.value());
        } else if (value instanceof CommandValue.Vector one) {
            message.setVectorValue(Heads.vector(one.value()));
        }
        return message.build();
    }
}
