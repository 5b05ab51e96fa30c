package io.qiki.dtmp.agent;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.AgentWish;
import io.qiki.dtmp.bus.CommandBatch;
import io.qiki.dtmp.bus.ObservationBatch;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.EngineAnswer;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.TwinId;
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

    /** In lockstep nobody minds the clock: a day stands for as long as it takes, ms. */
    public static final long PATIENT_LIMIT_MILLIS = 86_400_000;

    private final Vertx vertx;
    private final int shard;

    /** A client of a shard. */
    public AgentClient(Vertx vertx, int shard) {
        this.vertx = vertx;
        this.shard = shard;
    }

    /**
     * Lets every agent of the shard tick without an observation.
     *
     * @param cause why there is none, one sentence
     * @return what they would command
     */
    public Future<CommandBatch> blind(String cause) {
        return ask(Addresses.agentBlind(shard), cause, CommandBatch.class, LIMIT_MILLIS);
    }

    /** Lets every agent of the shard tick; fails with agent.missed when nobody answers. */
    public Future<CommandBatch> tick(ObservationBatch batch) {
        return tick(batch, LIMIT_MILLIS);
    }

    /**
     * The same with a limit of one's own.
     *
     * @param limitMillis wall time after which it counts as failed, ms, at least 1
     */
    public Future<CommandBatch> tick(ObservationBatch batch, long limitMillis) {
        return ask(Addresses.agentTick(shard), batch, CommandBatch.class, limitMillis);
    }

    /**
     * Asks an agent for another mode at its next tick. Fails with request.queue-full, and with
     * agent.missed when nobody answers.
     */
    public Future<Requested> request(AgentWish wish) {
        return ask(Addresses.agentRequest(shard), wish, Requested.class, LIMIT_MILLIS);
    }

    /**
     * Hands the answer of an outside engine to an agent, for its next tick. Fails with
     * request.queue-full, and with agent.missed when nobody takes it.
     */
    public Future<Void> answer(TwinId twin, EngineAnswer answer) {
        return ask(
                        Addresses.agentAnswer(shard),
                        new Answered(twin, answer),
                        Object.class,
                        LIMIT_MILLIS)
                .mapEmpty();
    }

    /** What an engine answered about a twin. */
    record Answered(TwinId twin, EngineAnswer answer) {}

    /** An answer of another type is a failure like any other. */
    private <R> Future<R> ask(String address, Object body, Class<R> answer, long limitMillis) {
        DeliveryOptions options =
                new DeliveryOptions().setLocalOnly(true).setSendTimeout(limitMillis);
        Future<Message<Object>> reply = vertx.eventBus().request(address, body, options);
        return Replies.translate(
                reply.map(Message::body).map(answer::cast), FailureCode.AGENT_MISSED);
    }

    /**
     * When a request was taken.
     *
     * @param incarnation that the agent knows
     * @param tick the agent has finished; it sees the request in the next one
     * @param step of that tick
     */
    public record Requested(int incarnation, long tick, long step) {}
}
