package io.qiki.dtmp.nats;

import com.google.protobuf.InvalidProtocolBufferException;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.SimClient;
import io.qiki.dtmp.twin.CommandClient;
import io.qiki.dtmp.wire.ActuatorMessages;
import io.qiki.dtmp.wire.CommandMessages;
import io.qiki.dtmp.wire.FaultCodec;
import io.qiki.dtmp.wire.OrderMessages;
import io.qiki.dtmp.wire.UnknownActuatorException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import qiki.twin.v1.ClearFaultRequest;
import qiki.twin.v1.CommandReply;
import qiki.twin.v1.InjectFaultRequest;
import qiki.twin.v1.SendCommandRequest;

/** Takes what is asked of single twins, each with an answer. Lives on its owner's context. */
final class OrderDesk {
    private final NatsSources sources;
    private final CommandClient commands;
    private final List<SimClient> simulators;
    private final Rates rates;
    private final FaultCodec faults;
    private final Map<String, TwinId> twins = new HashMap<>();

    OrderDesk(
            NatsSources sources, CommandClient commands, List<SimClient> simulators, Rates rates) {
        this.sources = sources;
        this.commands = commands;
        this.simulators = simulators;
        this.rates = rates;
        this.faults = new FaultCodec(sources.sensors());
        sources.twins().forEach(twin -> twins.put(twin.value(), twin));
    }

    /** Does what is asked or refuses it; never fails. */
    Future<CommandReply> take(String subject, String source, byte[] body, long nowNanos) {
        try {
            if (!rates.allows(source, nowNanos)) {
                throw new RequestFailed(
                        FailureCode.QUEUE_FULL,
                        "source " + source + " sends more commands than nats.rate allows");
            }
            return act(subject, body).otherwise(OrderDesk::refusal);
        } catch (InvalidProtocolBufferException broken) {
            return Future.succeededFuture(
                    OrderMessages.refused(
                            new Failure(
                                    FailureCode.MALFORMED,
                                    "the body is no message of the kind that "
                                            + subject
                                            + " takes: "
                                            + broken.getMessage())));
        } catch (UnknownActuatorException unknown) {
            return Future.succeededFuture(
                    OrderMessages.refused(
                            new Failure(FailureCode.NOT_FOUND, unknown.getMessage())));
        } catch (RequestFailed | IllegalArgumentException wrong) {
            return Future.succeededFuture(refusal(wrong));
        }
    }

    /** There was no place for the message. */
    static CommandReply full() {
        return OrderMessages.refused(
                new Failure(
                        FailureCode.QUEUE_FULL,
                        Inlet.MOST_WAITING + " messages wait already; try again later"));
    }

    private Future<CommandReply> act(String subject, byte[] body)
            throws InvalidProtocolBufferException {
        TwinId twin = twin(subject);
        SimClient sim = simulators.get(sources.shards().of(twin));
        return switch (noun(twin, subject)) {
            case COMMAND -> command(twin, SendCommandRequest.parseFrom(body));
            case ACTUATOR ->
                    give(
                            ActuatorMessages.toModel(
                                            qiki.actuators.ActuatorCommand.parseFrom(body), twin)
                                    .command(),
                            false);
            case FAULT -> inject(sim, twin, InjectFaultRequest.parseFrom(body));
            case CLEAR_FAULT -> clear(sim, twin, ClearFaultRequest.parseFrom(body));
            case FAULTS -> sim.faults(twin).map(OrderMessages::faults);
        };
    }

    private TwinId twin(String subject) {
        return Optional.ofNullable(twins.get(Subjects.twinOf(subject)))
                .orElseThrow(
                        () ->
                                new RequestFailed(
                                        FailureCode.NOT_FOUND,
                                        "the twin of " + subject + " is not in this process"));
    }

    private static Subjects.Noun noun(TwinId twin, String subject) {
        return Stream.of(Subjects.Noun.values())
                .filter(noun -> Subjects.order(twin, noun).equals(subject))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RequestFailed(
                                        FailureCode.NOT_FOUND,
                                        "the last word of the subject must be one of "
                                                + Stream.of(Subjects.Noun.values())
                                                        .map(Subjects.Noun::word)
                                                        .toList()
                                                + ", the subject was "
                                                + subject));
    }

    private Future<CommandReply> command(TwinId twin, SendCommandRequest request) {
        if (!request.hasCommand()) {
            throw new IllegalArgumentException("command is missing and must be set");
        }
        same(twin, request.getCommand().getTwin(), "command.twin");
        return give(CommandMessages.toModel(request.getCommand()), request.getDryRun());
    }

    private Future<CommandReply> give(ActuatorCommand command, boolean dry) {
        return commands.give(command, dry).map(OrderMessages::taken);
    }

    private Future<CommandReply> inject(SimClient sim, TwinId twin, InjectFaultRequest request) {
        same(twin, request.getTwin(), "twin");
        if (FaultCodec.judge(request.getType()) == FailureCode.NOT_BUILT) {
            throw new RequestFailed(
                    FailureCode.NOT_BUILT, "fault " + request.getType() + " is not built yet");
        }
        FaultSpec fault = OrderMessages.fault(faults, request);
        return sim.inject(twin, fault).map(done -> OrderMessages.done(fault.id()));
    }

    private Future<CommandReply> clear(SimClient sim, TwinId twin, ClearFaultRequest request) {
        same(twin, request.getTwin(), "twin");
        return sim.clear(twin, request.getFaultId())
                .map(done -> OrderMessages.done(request.getFaultId()));
    }

    private static void same(TwinId twin, String named, String field) {
        Optional.of(named)
                .filter(name -> !name.equals(twin.value()))
                .ifPresent(
                        name -> {
                            throw new IllegalArgumentException(
                                    field + " must be " + twin + " as in the subject, was " + name);
                        });
    }

    private static CommandReply refusal(Throwable cause) {
        return OrderMessages.refused(Replies.failureOf(cause, FailureCode.SIM_UNAVAILABLE));
    }
}
