package io.qiki.dtmp.nats;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.HeldFault;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.wire.ControlRequests;
import io.qiki.dtmp.wire.OutgoingOrders;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import qiki.twin.v1.CommandReply;

/** What is asked of the twins of processes elsewhere, and what they answer. */
final class MirrorOrders {
    /** Below the limit of {@link io.qiki.dtmp.twin.CommandClient}, so that our sentence is told. */
    private static final long COMMAND_MILLIS = 12_000;

    /** Below the limit of {@link io.qiki.dtmp.sim.SimClient}. */
    private static final long FAULT_MILLIS = 4_000;

    /** Below the limit of {@link io.qiki.dtmp.twin.TickClient}: many steps take their time. */
    private static final long CONTROL_MILLIS = 55_000;

    private static final String HEARD = "told by the process of the vehicle";

    private final MirrorCalls calls;
    private final String source;

    MirrorOrders(MirrorCalls calls, String source) {
        this.calls = calls;
        this.source = source;
    }

    /**
     * Commands run state or speed of every process that paces; the first that answers counts.
     *
     * @param known counts that the answer does not tell
     */
    Future<RunStatus> control(ControlCommand command, RunStatus known) {
        String body =
                ControlRequests.toJson(command, UUID.randomUUID(), source, Instant.now()).encode();
        return calls.ask(
                        new MirrorCalls.Question(
                                Subjects.CONTROL,
                                "qiki.commands.control",
                                OutMessage.JSON,
                                Buffer.buffer(body),
                                CONTROL_MILLIS))
                .map(answer -> read(() -> ControlRequests.answer(answer.toString(), known)))
                .map(
                        answer -> {
                            answer.failure()
                                    .ifPresent(
                                            failure -> {
                                                throw new RequestFailed(failure);
                                            });
                            return answer.run();
                        });
    }

    /** Gives a command, or has it checked only. */
    Future<CommandLife> give(ActuatorCommand command, boolean dry) {
        return ask(
                        command.twin(),
                        Subjects.Noun.COMMAND,
                        OutgoingOrders.command(command, dry),
                        COMMAND_MILLIS)
                .map(reply -> life(command, reply));
    }

    /** Injects a fault; gives its id. */
    Future<String> inject(TwinId twin, FaultSpec fault) {
        return ask(twin, Subjects.Noun.FAULT, OutgoingOrders.inject(twin, fault), FAULT_MILLIS)
                .map(CommandReply::getId);
    }

    /** Clears a fault. */
    Future<CommandReply> clear(TwinId twin, String faultId) {
        return ask(
                twin, Subjects.Noun.CLEAR_FAULT, OutgoingOrders.clear(twin, faultId), FAULT_MILLIS);
    }

    /** The faults that a vehicle holds. */
    Future<List<HeldFault>> faults(TwinId twin) {
        return ask(twin, Subjects.Noun.FAULTS, CommandReply.getDefaultInstance(), FAULT_MILLIS)
                .map(reply -> read(() -> OutgoingOrders.faults(reply)));
    }

    private Future<CommandReply> ask(
            TwinId twin, Subjects.Noun noun, MessageLite body, long limitMillis) {
        return calls.ask(
                        new MirrorCalls.Question(
                                Subjects.order(twin, noun),
                                "qiki.v1.cmd." + noun.word(),
                                OutMessage.PROTOBUF,
                                Buffer.buffer(body.toByteArray()),
                                limitMillis))
                .map(MirrorOrders::reply);
    }

    private static CommandReply reply(Buffer body) {
        CommandReply reply;
        try {
            reply = CommandReply.parseFrom(body.getBytes());
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(e);
        }
        if (!reply.getOk()) {
            throw new RequestFailed(OutgoingOrders.failure(reply));
        }
        return reply;
    }

    private static CommandLife life(ActuatorCommand command, CommandReply reply) {
        CommandLife.Step step =
                new CommandLife.Step(
                        read(() -> OutgoingOrders.stage(reply)), FailureCode.NONE, HEARD, 0, 0);
        return CommandLife.begin(
                command.id(),
                command.twin(),
                command.actuator(),
                CommandLife.Origin.OPERATOR,
                step);
    }

    /** An answer that means nothing is the other process's fault, not the caller's. */
    private static <R> R read(Supplier<R> call) {
        try {
            return call.get();
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static RequestFailed unreadable(Exception e) {
        return new RequestFailed(
                FailureCode.INTERNAL, "the answer cannot be read: " + e.getMessage());
    }
}
