package io.qiki.dtmp.twin;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.RunStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/** Asks the pacing of this process. Futures complete on the caller's context. */
public final class TickClient {
    private static final long LIMIT_MILLIS = 60_000;

    private final Vertx vertx;

    /** A client of the process's pacing. */
    public TickClient(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Commands run state or speed. Answers when it holds: after a pause no tick is under way, after
     * a step all its ticks are done. Fails with request.wrong-state when the run state forbids it.
     */
    public Future<RunStatus> control(ControlCommand command) {
        return request(Addresses.TICK_CONTROL, command);
    }

    /** What runs, and how fast. */
    public Future<RunStatus> status() {
        return request(Addresses.TICK_STATUS, "");
    }

    private Future<RunStatus> request(String address, Object body) {
        DeliveryOptions options =
                new DeliveryOptions().setLocalOnly(true).setSendTimeout(LIMIT_MILLIS);
        Future<Message<RunStatus>> reply = vertx.eventBus().request(address, body, options);
        return Replies.translate(reply.map(Message::body), FailureCode.SIM_UNAVAILABLE);
    }
}
