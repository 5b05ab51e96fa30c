package io.qiki.dtmp.agent;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.CommandBatch;
import io.qiki.dtmp.bus.ObservationBatch;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/**
 * Asks the agents of one shard. The caller keeps the deadline of a tick: a late answer still comes,
 * for the next boundary.
 */
public final class AgentClient {
    /**
     * A batch that is not answered for so long counts as failed, ms. Source: design, supervision.
     */
    public static final long LIMIT_MILLIS = 3_000;

    private final Vertx vertx;
    private final String address;
    private final String blindAddress;

    /** A client of a shard. */
    public AgentClient(Vertx vertx, int shard) {
        this.vertx = vertx;
        this.address = Addresses.agentTick(shard);
        this.blindAddress = Addresses.agentBlind(shard);
    }

    /**
     * Lets every agent of the shard tick without an observation.
     *
     * @param cause why there is none, one sentence
     */
    public Future<Void> blind(String cause) {
        DeliveryOptions options =
                new DeliveryOptions().setLocalOnly(true).setSendTimeout(LIMIT_MILLIS);
        return Replies.translate(
                        vertx.eventBus().request(blindAddress, cause, options),
                        FailureCode.AGENT_MISSED)
                .mapEmpty();
    }

    /** Lets every agent of the shard tick; fails with agent.missed when nobody answers. */
    public Future<CommandBatch> tick(ObservationBatch batch) {
        DeliveryOptions options =
                new DeliveryOptions().setLocalOnly(true).setSendTimeout(LIMIT_MILLIS);
        Future<Message<CommandBatch>> reply = vertx.eventBus().request(address, batch, options);
        return Replies.translate(reply.map(Message::body), FailureCode.AGENT_MISSED);
    }
}
