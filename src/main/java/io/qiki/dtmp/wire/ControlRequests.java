package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Control commands as they are sent to another process, and its acknowledgements. */
public final class ControlRequests {
    private ControlRequests() {}

    /**
     * What became of a command.
     *
     * @param run run state and speed now; as known before when it was refused
     * @param failure why it was refused, if it was
     */
    public record Answer(RunStatus run, Optional<Failure> failure) {}

    /**
     * A command as a message.
     *
     * @param id of the message, by which a repetition is known as one
     * @param source name of who asks
     */
    public static JsonObject toJson(ControlCommand command, UUID id, String source, Instant now) {
        return new JsonObject()
                .put("command_name", command.commandName())
                .put("parameters", parameters(command))
                .put(
                        "metadata",
                        new JsonObject()
                                .put("message_id", id.toString())
                                .put("correlation_id", id.toString())
                                .put("timestamp", now.toString())
                                .put("source", source)
                                .put("destination", "sim"));
    }

    private static JsonObject parameters(ControlCommand command) {
        if (command instanceof ControlCommand.StartAt start) {
            return new JsonObject().put("speed", start.speed());
        } else if (command instanceof ControlCommand.Step step) {
            return new JsonObject().put("ticks", step.ticks());
        } else if (command instanceof ControlCommand.Speed speed) {
            return new JsonObject().put("factor", speed.factor());
        }
        return new JsonObject();
    }

    /**
     * An acknowledgement.
     *
     * @param known counts that it does not tell
     * @throws IllegalArgumentException naming the field and what would be right
     */
    public static Answer answer(String text, RunStatus known) {
        JsonFields body = JsonFields.parse(text);
        if (!body.flag("ok")) {
            JsonFields detail = body.object("error_detail");
            return new Answer(
                    known,
                    Optional.of(
                            new Failure(
                                    OutgoingOrders.code(detail.text("code")),
                                    detail.text("message"))));
        }
        JsonFields payload = body.object("payload");
        return new Answer(
                new RunStatus(
                        Fields.word("run_state", RunState.class, payload.text("run_state")),
                        payload.number("speed", ControlCommand.MIN_SPEED, ControlCommand.MAX_SPEED),
                        known.ticks(),
                        known.slips(),
                        known.failedAdvances()),
                Optional.empty());
    }
}
