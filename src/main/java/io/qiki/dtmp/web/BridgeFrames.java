package io.qiki.dtmp.web;

import io.qiki.dtmp.model.Failure;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/**
 * The frames of the event-bus bridge protocol, as texts.
 *
 * <p>Source: Vert.x 5, TCP and SockJS event-bus bridge: types register, unregister, send, publish,
 * ping in; rec, err, pong out.
 */
final class BridgeFrames {
    static final String PONG = new JsonObject().put("type", "pong").encode();

    private BridgeFrames() {}

    /** A message to an address, or the answer to a reply address. */
    static String message(String address, String body) {
        return "{\"type\":\"rec\",\"address\":" + Json.encode(address) + ",\"body\":" + body + "}";
    }

    /** A refusal; the address is the reply address of the refused call, or what was asked for. */
    static String refusal(String address, Failure failure) {
        return new JsonObject()
                .put("type", "err")
                .put("address", address)
                .put("failureCode", failure.code().code())
                .put("failureType", "RECIPIENT_FAILURE")
                .put("message", failure.sentence())
                .put("body", Problem.document(failure))
                .encode();
    }
}
