package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.RunStatus;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Control commands and their acknowledgements as JSON, in the form of the original: names in
 * snake_case or camelCase.
 */
public final class ControlMessages {
    /** Of acknowledgements. */
    private static final int VERSION = 1;

    private static final int LONGEST = 128;
    private static final String UNKNOWN = "unknown";

    private ControlMessages() {}

    /**
     * Who asks, and under which ids.
     *
     * @param messageId empty: a repetition is not known as one
     * @param correlationId empty: the message id stands for it
     * @param source name of who asks
     */
    public record Sender(
            Optional<String> messageId, Optional<String> correlationId, String source) {
        /** Somebody who has not said who. */
        public static final Sender NOBODY = new Sender(Optional.empty(), Optional.empty(), UNKNOWN);

        private Optional<String> requestId() {
            return correlationId.or(() -> messageId);
        }
    }

    /**
     * Who asks, as far as a message says so.
     *
     * @throws IllegalArgumentException naming the field and what would be right
     */
    public static Sender sender(JsonFields body) {
        JsonFields metadata = body.object("metadata");
        return new Sender(
                text(metadata, "message_id", "messageId"),
                text(metadata, "correlation_id", "correlationId"),
                text(metadata, "source", "source").orElse(UNKNOWN));
    }

    /**
     * The name of the command.
     *
     * @throws IllegalArgumentException naming the field and what would be right
     */
    public static String name(JsonFields body) {
        body.only("command_name", "commandName", "parameters", "metadata");
        return text(body, "command_name", "commandName")
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "command_name is missing: one of "
                                                + String.join(", ", ControlCodec.names())));
    }

    private static Optional<String> text(JsonFields fields, String snake, String camel) {
        Optional<String> found =
                fields.json().containsKey(snake)
                        ? fields.optionalText(snake)
                        : fields.optionalText(camel);
        found.filter(text -> text.length() > LONGEST)
                .ifPresent(
                        text -> {
                            throw new IllegalArgumentException(
                                    snake
                                            + " must have at most "
                                            + LONGEST
                                            + " characters, had "
                                            + text.length());
                        });
        return found;
    }

    /** The command was carried out. */
    public static JsonObject done(Sender sender, String name, RunStatus run, Instant now) {
        return head(sender, name, true, now)
                .put(
                        "payload",
                        new JsonObject()
                                .put("command_name", name)
                                .put("status", "applied")
                                .put("run_state", run.runState().name())
                                .put("speed", run.speed()));
    }

    /**
     * The command was refused.
     *
     * @param name as it was asked for; empty when it could not be read
     */
    public static JsonObject refused(Sender sender, String name, Failure failure, Instant now) {
        return head(sender, name, false, now)
                .put(
                        "payload",
                        new JsonObject().put("command_name", name).put("status", "rejected"))
                .put("error", failure.code().text())
                .put(
                        "error_detail",
                        new JsonObject()
                                .put("code", failure.code().text())
                                .put("message", failure.sentence())
                                .put(
                                        "details",
                                        new JsonObject()
                                                .put("number", failure.code().code())
                                                .put("advice", failure.code().advice())));
    }

    private static JsonObject head(Sender sender, String name, boolean ok, Instant now) {
        String request = sender.requestId().orElse(null);
        return new JsonObject()
                .put("version", VERSION)
                .put("kind", name)
                .put("success", ok)
                .put("ok", ok)
                .put("requestId", request)
                .put("request_id", request)
                .put("timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
