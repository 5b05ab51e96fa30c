package io.qiki.dtmp.web;

import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.wire.JsonFields;
import io.qiki.dtmp.wire.MalformedJsonException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One browser on the socket, speaking the event-bus bridge protocol.
 *
 * <p>Everything that is not on the allow-list is refused with an {@code err} frame that carries the
 * reply address of the call, so that no caller hangs. Nothing it sends reaches the event bus.
 */
final class BrowserSession {
    private static final int MAX_REGISTRATIONS = 64;
    private static final int MAX_CALLS = 16;
    private static final int MAX_QUEUE_BYTES = 262_144;
    private static final long STUCK_NANOS = 60_000_000_000L;

    private final SockJSSocket socket;
    private final BrowserHub hub;
    private final BrowserCalls calls;
    private final Consumer<FailureCode> refusals;
    private final Set<String> registered = new HashSet<>();
    private final Outbox outbox = new Outbox();
    private long fullSinceNanos = -1;
    private int underWay;

    /**
     * A session.
     *
     * @param refusals is told of each refusal
     */
    BrowserSession(
            SockJSSocket socket,
            BrowserHub hub,
            BrowserCalls calls,
            Consumer<FailureCode> refusals) {
        this.refusals = refusals;
        this.socket = socket;
        this.hub = hub;
        this.calls = calls;
    }

    /** Begins to listen, or turns the browser away. */
    void open() {
        if (!hub.join(this)) {
            socket.close();
            return;
        }
        socket.setWriteQueueMaxSize(MAX_QUEUE_BYTES);
        socket.handler(this::onFrame);
        socket.drainHandler(drained -> onDrained());
        socket.closeHandler(closed -> hub.leave(this));
        socket.exceptionHandler(broken -> hub.leave(this));
    }

    /** Sends a frame, or keeps it while the browser is slow; true when one was given up for it. */
    boolean deliver(BrowserTopic topic, String frame) {
        if (outbox.isEmpty() && !socket.writeQueueFull()) {
            write(frame);
            return false;
        }
        if (fullSinceNanos < 0) {
            fullSinceNanos = System.nanoTime();
        }
        return outbox.put(topic, frame);
    }

    /** Ends a session whose browser has read nothing for a minute. */
    void closeWhenStuck(long nowNanos) {
        if (fullSinceNanos >= 0 && nowNanos - fullSinceNanos > STUCK_NANOS) {
            socket.close();
            hub.leave(this);
        }
    }

    private void onDrained() {
        fullSinceNanos = -1;
        socket.resume();
        while (!socket.writeQueueFull()) {
            Optional<String> frame = outbox.poll();
            if (frame.isEmpty()) {
                return;
            }
            write(frame.get());
        }
        fullSinceNanos = System.nanoTime();
    }

    private void onFrame(Buffer buffer) {
        String replyAddress = "";
        try {
            if (buffer.length() > WebConfig.MAX_BODY_BYTES) {
                refuse("", FailureCode.TOO_LARGE, "a frame has at most 65536 bytes");
                return;
            }
            JsonFields frame = JsonFields.parse(buffer.toString());
            replyAddress = frame.optionalText("replyAddress").orElse("");
            take(frame, replyAddress);
        } catch (MalformedJsonException e) {
            refuse(replyAddress, FailureCode.MALFORMED, e.getMessage());
        } catch (IllegalArgumentException e) {
            refuse(replyAddress, FailureCode.BAD_ARGUMENT, e.getMessage());
        }
    }

    private void take(JsonFields frame, String replyAddress) {
        String type = frame.text("type");
        switch (type) {
            case "ping" -> answer(BridgeFrames.PONG);
            case "register" -> register(frame.text("address"));
            case "unregister" -> unregister(frame.text("address"));
            case "send" -> call(frame.text("address"), replyAddress, frame.object("body").json());
            default ->
                    refuse(
                            replyAddress,
                            FailureCode.BAD_ARGUMENT,
                            "type must be ping, register, unregister or send, was " + type);
        }
    }

    private void register(String address) {
        Optional<BrowserTopic> topic = BrowserTopic.parse(address).filter(calls::exists);
        if (topic.isEmpty()) {
            refuse(address, FailureCode.NOT_FOUND, address + " cannot be listened to");
        } else if (registered.size() >= MAX_REGISTRATIONS && !registered.contains(address)) {
            refuse(
                    address,
                    FailureCode.QUEUE_FULL,
                    "at most " + MAX_REGISTRATIONS + " addresses at a time");
        } else {
            registered.add(address);
            hub.register(this, topic.get());
        }
    }

    private void unregister(String address) {
        registered.remove(address);
        outbox.forget(address);
        hub.unregister(this, address);
    }

    private void call(String address, String replyAddress, JsonObject body) {
        if (underWay >= MAX_CALLS) {
            refuse(
                    replyAddress,
                    FailureCode.QUEUE_FULL,
                    "at most " + MAX_CALLS + " calls at a time");
            return;
        }
        underWay++;
        calls.call(address, body)
                .onComplete(done -> underWay--)
                .onSuccess(answer -> reply(replyAddress, answer))
                .onFailure(cause -> refuse(replyAddress, cause));
    }

    private void reply(String replyAddress, JsonObject answer) {
        if (!replyAddress.isEmpty()) {
            answer(BridgeFrames.message(replyAddress, answer.encode()));
        }
    }

    private void refuse(String address, Throwable cause) {
        refuse(address, Replies.failureOf(cause, FailureCode.INTERNAL));
    }

    private void refuse(String address, FailureCode code, String sentence) {
        refuse(address, new Failure(code, sentence));
    }

    private void refuse(String address, Failure failure) {
        refusals.accept(failure.code());
        answer(BridgeFrames.refusal(address, failure));
    }

    /** A browser that asks without reading the answers is not read any further. */
    private void answer(String frame) {
        write(frame);
        if (socket.writeQueueFull()) {
            socket.pause();
        }
    }

    /** A write that fails ends in the close handler. */
    private void write(String frame) {
        socket.write(frame).onFailure(broken -> hub.leave(this));
    }
}
