package io.qiki.dtmp.web;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.wire.JsonFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * The calls a browser may make: snapshot, control, fault, command, and nothing else. A refusal of
 * one of these is an answer with an {@code error}; a call to any other address fails.
 */
final class BrowserCalls {
    private final LiveApi api;
    private final LiveView live;

    BrowserCalls(LiveApi api, LiveView live) {
        this.api = api;
        this.live = live;
    }

    /** Whether a topic belongs to the fleet or to a twin of this process. */
    boolean exists(BrowserTopic topic) {
        return topic.kind() == BrowserTopic.Kind.FLEET || live.twin(topic.twin()).isPresent();
    }

    /** Answers a call. */
    Future<JsonObject> call(String address, JsonObject body) {
        switch (address) {
            case Addresses.WEB_SNAPSHOT,
            Addresses.WEB_CONTROL,
            Addresses.WEB_FAULT,
            Addresses.WEB_COMMAND:
                return attempt(address, JsonFields.of(body)).otherwise(BrowserCalls::error);
            default:
                return Future.failedFuture(
                        new RequestFailed(FailureCode.NOT_FOUND, "access denied: " + address));
        }
    }

    private Future<JsonObject> attempt(String address, JsonFields body) {
        try {
            return switch (address) {
                case Addresses.WEB_SNAPSHOT ->
                        api.snapshot(api.twin(body.only("twin").text("twin")));
                case Addresses.WEB_CONTROL -> api.control(body);
                case Addresses.WEB_COMMAND -> command(body);
                default -> fault(body);
            };
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<JsonObject> fault(JsonFields body) {
        String action = body.text("action");
        TwinView twin = api.twin(body.text("twin"));
        if (action.equals("inject")) {
            JsonObject fault = body.json().copy();
            fault.remove("action");
            fault.remove("twin");
            return api.inject(twin, JsonFields.of(fault));
        } else if (action.equals("clear")) {
            return api.clear(twin, body.only("action", "twin", "fault_id").text("fault_id"));
        }
        throw new IllegalArgumentException("action must be inject or clear, was " + action);
    }

    private Future<JsonObject> command(JsonFields body) {
        TwinView twin = api.twin(body.text("twin"));
        JsonObject order = body.json().copy();
        order.remove("twin");
        return api.give(twin, JsonFields.of(order));
    }

    private static JsonObject error(Throwable cause) {
        return new JsonObject()
                .put("error", Problem.document(Replies.failureOf(cause, FailureCode.INTERNAL)));
    }
}
