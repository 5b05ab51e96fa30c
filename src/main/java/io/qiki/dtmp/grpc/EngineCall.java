package io.qiki.dtmp.grpc;

import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.EngineAnswer;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.wire.ObservationMessages;
import io.qiki.dtmp.wire.StateMessages;
import io.qiki.dtmp.wire.TwinProposals;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import qiki.agent.v1.Answer;
import qiki.agent.v1.EngineMessage;
import qiki.agent.v1.EngineServiceGrpcService;
import qiki.agent.v1.Hello;
import qiki.twin.v1.Observation;

/**
 * One engine of another process. It is shown the newest observation of each of its twins as fast as
 * it reads; of its answers the newest per twin counts at each tick. One that sends more than
 * {@value #MESSAGES_PER_TICK} messages between two ticks is not read until the next.
 */
final class EngineCall {
    /** An answer to an older observation is worth nothing any more, ticks. */
    static final int LATE_TICKS = 20;

    /** Messages that are read between two ticks. */
    static final int MESSAGES_PER_TICK = 64;

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

    private final EngineApi api;
    private final TwinsView view;
    private final GrpcServerRequest<EngineMessage, Observation> call;
    private final GrpcServerResponse<?, Observation> response;
    private final Set<TwinId> twins = new HashSet<>();
    private final Map<TwinId, TwinReport> unsent = new LinkedHashMap<>();
    private final Map<TwinId, EngineAnswer> waiting = new LinkedHashMap<>();
    private final Map<TwinId, Long> ticks = new HashMap<>();
    private final Set<TwinId> answered = new HashSet<>();
    private Optional<String> id = Optional.empty();
    private int messages;
    private boolean over;

    EngineCall(EngineApi api, TwinsView view, GrpcServerRequest<EngineMessage, Observation> call) {
        this.api = api;
        this.view = view;
        this.call = call;
        this.response = call.response();
        GrpcCalls.read(EngineServiceGrpcService.Attach, call, this::end, this::onMessage);
        call.endHandler(done -> onEnd());
        call.exceptionHandler(gone -> over = true);
        call.errorHandler(given -> over = true);
        response.exceptionHandler(gone -> over = true);
        response.drainHandler(room -> drain());
        response.writeHead();
    }

    boolean over() {
        return over;
    }

    /** Name of the engine; empty until it has said it. */
    Optional<String> id() {
        return id;
    }

    private void onMessage(EngineMessage message) {
        if (over) {
            return;
        }
        messages++;
        if (messages == MESSAGES_PER_TICK) {
            call.pause();
        }
        try {
            switch (message.getMessageCase()) {
                case HELLO -> hello(message.getHello());
                case ANSWER -> answer(message.getAnswer());
                case MESSAGE_NOT_SET ->
                        throw new IllegalArgumentException("message must be hello or answer");
            }
        } catch (RuntimeException refused) {
            end(Replies.failureOf(refused, FailureCode.SIM_UNAVAILABLE));
        }
    }

    private void hello(Hello hello) {
        if (id.isPresent()) {
            throw new IllegalArgumentException("hello comes once, as the first message");
        }
        if (!ID.matcher(hello.getEngineId()).matches()) {
            throw new IllegalArgumentException(
                    "hello.engine_id must be 1 to 64 characters of a-z, 0-9 and -");
        }
        if (hello.getTwinsList().isEmpty()) {
            twins.addAll(view.twins());
        }
        for (String name : hello.getTwinsList()) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("hello.twins must name twins, one was empty");
            }
            twins.add(view.named(name));
        }
        id = Optional.of(hello.getEngineId());
        api.named(this, hello.getEngineId());
        twins.forEach(twin -> view.report(twin).ifPresent(this::show));
    }

    private void answer(Answer message) {
        String engine =
                id.orElseThrow(() -> new IllegalArgumentException("the first message is hello"));
        TwinId twin = view.named(message.getTwin());
        if (!twins.contains(twin)) {
            throw new IllegalArgumentException(
                    "answer.twin must be one that hello named, was " + twin);
        }
        EngineAnswer answer = TwinProposals.toModel(message, engine, twin);
        long newest = ticks.getOrDefault(twin, 0L);
        if (answer.askedTick() > newest) {
            throw new IllegalArgumentException(
                    "answer.asked_tick must be of an observation that was shown, at most "
                            + newest
                            + ", was "
                            + answer.askedTick());
        }
        if (newest - answer.askedTick() > LATE_TICKS) {
            api.dropped(engine, 1);
        } else if (answered.add(twin)) {
            api.answer(twin, answer);
        } else if (waiting.put(twin, answer) != null) {
            api.dropped(engine, 1);
        }
    }

    /** Shows what a tick of a twin showed, now or when the engine reads again. */
    void show(TwinReport report) {
        if (twins.contains(report.twin())) {
            ticks.put(report.twin(), report.observation().tick());
            unsent.put(report.twin(), report);
            drain();
        }
    }

    private void drain() {
        var next = unsent.values().iterator();
        while (!over && next.hasNext() && !response.writeQueueFull()) {
            TwinReport report = next.next();
            next.remove();
            Observation message =
                    ObservationMessages.toWire(report.observation()).toBuilder()
                            .setAgent(StateMessages.toWire(report.state().snapshot()))
                            .build();
            GrpcStatuses.ifOpen(() -> response.write(message).onFailure(gone -> over = true));
        }
    }

    /** From now on answers count for the next tick. */
    void nextTick() {
        if (over) {
            return;
        }
        answered.clear();
        waiting.forEach(
                (twin, answer) -> {
                    answered.add(twin);
                    api.answer(twin, answer);
                });
        waiting.clear();
        if (messages >= MESSAGES_PER_TICK) {
            call.resume();
        }
        messages = 0;
    }

    /** Ends the attachment with a reason. */
    void end(Failure reason) {
        if (!over) {
            over = true;
            GrpcStatuses.fail(response, reason);
        }
    }

    private void onEnd() {
        if (!over) {
            over = true;
            GrpcStatuses.ifOpen(response::end);
        }
    }
}
