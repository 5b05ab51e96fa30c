package io.qiki.dtmp.web;

import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.twin.CommandClient;
import io.qiki.dtmp.wire.CommandCodec;
import io.qiki.dtmp.wire.JsonFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** Commands as they are asked for from outside. */
final class CommandRequests {
    private final CommandClient commands;
    private final long stepNanos;

    CommandRequests(CommandClient commands, long stepNanos) {
        this.commands = commands;
        this.stepNanos = stepNanos;
    }

    /**
     * Gives a command, under a new id when it names none.
     *
     * @throws RequestFailed request.not-found for an unknown actuator
     * @throws IllegalArgumentException naming the field and what would be right
     */
    Future<JsonObject> give(TwinView twin, JsonFields body) {
        UUID id = CommandCodec.id(body).orElseGet(UUID::randomUUID);
        Actuator actuator =
                CommandCodec.actuator(body)
                        .filter(Actuator::outside)
                        .orElseThrow(
                                () ->
                                        new RequestFailed(
                                                FailureCode.NOT_FOUND,
                                                "actuator must be one of "
                                                        + Actuator.outsideIds()
                                                        + ", was "
                                                        + body.text("actuator")));
        return commands.give(
                        CommandCodec.read(twin.twin(), id, actuator, body), CommandCodec.dry(body))
                .map(CommandRequests::standing);
    }

    private static JsonObject standing(CommandLife life) {
        return new JsonObject()
                .put("command_id", life.id().toString())
                .put("stage", life.stage().name());
    }

    /** A command with its stages. */
    Future<JsonObject> find(String id) {
        UUID asked =
                CommandCodec.id(id)
                        .orElseThrow(
                                () ->
                                        new RequestFailed(
                                                FailureCode.NOT_FOUND,
                                                "there is no command " + id));
        return commands.find(asked)
                .map(
                        known ->
                                known.command()
                                        .map(CommandCodec::order)
                                        .orElseGet(() -> CommandCodec.order(known.life()))
                                        .mergeIn(CommandCodec.life(known.life(), stepNanos)));
    }
}
