package io.qiki.dtmp.nats;

import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.twin.TickClient;
import io.qiki.dtmp.wire.ControlCodec;
import io.qiki.dtmp.wire.ControlMessages;
import io.qiki.dtmp.wire.ControlMessages.Sender;
import io.qiki.dtmp.wire.JsonFields;
import io.qiki.dtmp.wire.MalformedJsonException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes control commands from outside, each with an answer. Lives on its owner's context. */
final class ControlDesk {
    private final TickClient tick;
    private final Rates rates;
    private final Clock clock;
    private final Repeats<Answer> repeats = new Repeats<>();

    ControlDesk(TickClient tick, Rates rates, Clock clock) {
        this.tick = tick;
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param body as it is sent
     * @param failure why it is a refusal, if it is one
     * @param readable whether the message could be read at all; otherwise only who asked for a
     *     reply is told
     */
    record Answer(JsonObject body, Optional<Failure> failure, boolean readable) {
        /** Whether a repetition gets it too: what was only away for now may be tried again. */
        boolean stands() {
            return failure.isEmpty()
                    || failure.get().code().category() == FailureCode.Category.REFUSED;
        }
    }

    /** Carries out a command or refuses it; never fails. */
    Future<Answer> take(String text, long nowNanos) {
        Sender sender = Sender.NOBODY;
        String name = "";
        try {
            JsonFields body = JsonFields.parse(text);
            sender = ControlMessages.sender(body);
            name = ControlMessages.name(body);
            return carryOut(sender, name, body, nowNanos);
        } catch (MalformedJsonException broken) {
            Failure failure = new Failure(FailureCode.MALFORMED, broken.getMessage());
            return Future.succeededFuture(refusal(sender, name, failure, false));
        } catch (RequestFailed | IllegalArgumentException wrong) {
            Failure failure = Replies.failureOf(wrong, FailureCode.INTERNAL);
            return Future.succeededFuture(refusal(sender, name, failure, true));
        }
    }

    /** There was no place for the message. */
    Answer full() {
        return refusal(
                Sender.NOBODY,
                "",
                new Failure(
                        FailureCode.QUEUE_FULL,
                        Inlet.MOST_WAITING + " messages wait already; try again later"),
                false);
    }

    private Future<Answer> carryOut(Sender sender, String name, JsonFields body, long nowNanos) {
        if (!rates.allows(sender.source(), nowNanos)) {
            throw new RequestFailed(
                    FailureCode.QUEUE_FULL,
                    "source "
                            + sender.source()
                            + " sends more commands than nats.rate allows; send fewer a second");
        }
        if (ControlCodec.judge(name) == FailureCode.NOT_BUILT) {
            throw new RequestFailed(FailureCode.NOT_BUILT, name + " is not built yet");
        }
        JsonFields parameters = body.object("parameters");
        var command = ControlCodec.read(name, parameters);
        Supplier<Future<Answer>> act = () -> answered(sender, name, tick.control(command));
        return sender.messageId().isEmpty()
                ? act.get()
                : repeats.once(
                                sender.messageId().get(),
                                name + parameters.json().encode(),
                                act,
                                Answer::stands)
                        .otherwise(
                                reused ->
                                        refusal(
                                                sender,
                                                name,
                                                Replies.failureOf(reused, FailureCode.INTERNAL),
                                                true));
    }

    private Future<Answer> answered(Sender sender, String name, Future<RunStatus> result) {
        return result.map(
                        run ->
                                new Answer(
                                        ControlMessages.done(sender, name, run, clock.instant()),
                                        Optional.empty(),
                                        true))
                .otherwise(
                        cause ->
                                refusal(
                                        sender,
                                        name,
                                        Replies.failureOf(cause, FailureCode.SIM_UNAVAILABLE),
                                        true));
    }

    private Answer refusal(Sender sender, String name, Failure failure, boolean readable) {
        return new Answer(
                ControlMessages.refused(sender, name, failure, clock.instant()),
                Optional.of(failure),
                readable);
    }
}
