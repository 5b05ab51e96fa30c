package io.qiki.dtmp.twin;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import java.util.UUID;

/** Commands vehicles and agents of this process from outside. */
public final class CommandClient {
    private static final long LIMIT_MILLIS = 15_000;

    private final Vertx vertx;

    /** A client of the process's commands. */
    public CommandClient(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Gives a command. Answers once it waits for the tick at which it will act, or when its id is
     * known with the stage it stands in. A refusal is a {@code RequestFailed}.
     *
     * @param dry whether it is to be checked only
     */
    public Future<CommandLife> give(ActuatorCommand command, boolean dry) {
        return request(Addresses.COMMAND_GIVE, new Give(command, dry));
    }

    /** A command with its stages. Fails with request.not-found for an unknown one. */
    public Future<Known> find(UUID id) {
        return request(Addresses.COMMAND_FIND, new Find(id));
    }

    private <R> Future<R> request(String address, Object body) {
        DeliveryOptions options =
                new DeliveryOptions().setLocalOnly(true).setSendTimeout(LIMIT_MILLIS);
        Future<Message<R>> reply = vertx.eventBus().request(address, body, options);
        return Replies.translate(reply.map(Message::body), FailureCode.SIM_UNAVAILABLE);
    }

    /**
     * A command that is known.
     *
     * @param command what was asked; empty where only its stages have been heard of
     * @param life how far it came
     */
    public record Known(Optional<ActuatorCommand> command, CommandLife life) {}

    /** A command to give. */
    public record Give(ActuatorCommand command, boolean dry) {}

    /** A command to look for. */
    public record Find(UUID id) {}
}
