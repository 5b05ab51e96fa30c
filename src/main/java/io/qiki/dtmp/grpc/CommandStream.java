package io.qiki.dtmp.grpc;

import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.twin.CommandClient;
import io.qiki.dtmp.wire.CommandMessages;
import io.qiki.dtmp.wire.RunMessages;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import qiki.twin.v1.CommandStep;
import qiki.twin.v1.SendCommandRequest;
import qiki.twin.v1.TwinServiceGrpcService;

/** Commands whose every stage is told to whoever gave them, until the final one. */
final class CommandStream {
    private final CommandClient commands;
    private final List<Follower> followers = new ArrayList<>();

    CommandStream(CommandClient commands) {
        this.commands = commands;
    }

    void bind(GrpcCalls calls) {
        calls.streaming(TwinServiceGrpcService.SendCommand, this::begin);
    }

    private void begin(
            SendCommandRequest request, GrpcServerRequest<SendCommandRequest, CommandStep> call) {
        if (!request.hasCommand()) {
            throw new IllegalArgumentException("command is missing and must be set");
        }
        ActuatorCommand command = CommandMessages.toModel(request.getCommand());
        Follower follower = new Follower(command.id(), call);
        commands.give(command, request.getDryRun())
                .onSuccess(life -> follower.tell(life, request.getDryRun()))
                .onFailure(cause -> GrpcStatuses.fail(call.response(), cause));
    }

    /** A tick may have moved some commands on. */
    void onReport(TickReport report) {
        followers.removeIf(one -> one.over);
        for (Follower follower : List.copyOf(followers)) {
            follower.ask();
        }
    }

    void close(Failure reason) {
        followers.forEach(one -> one.end(reason));
        followers.clear();
    }

    /** One caller who follows one command. */
    private final class Follower {
        private final UUID id;
        private final GrpcServerResponse<?, CommandStep> response;
        private int told;
        private boolean asking;
        private boolean over;

        Follower(UUID id, GrpcServerRequest<?, CommandStep> call) {
            this.id = id;
            this.response = call.response();
            call.exceptionHandler(gone -> over = true);
            call.errorHandler(given -> over = true);
        }

        void tell(CommandLife life, boolean once) {
            if (over) {
                return;
            }
            List<CommandLife.Step> steps = life.steps();
            for (; told < steps.size(); told++) {
                CommandStep next = RunMessages.toWire(id, steps.get(told));
                GrpcStatuses.ifOpen(() -> response.write(next));
            }
            if (life.ended() || once) {
                over = true;
                GrpcStatuses.ifOpen(response::end);
            } else if (!followers.contains(this)) {
                followers.add(this);
            }
        }

        void ask() {
            if (!asking && !over) {
                asking = true;
                commands.find(id)
                        .onComplete(
                                found -> {
                                    asking = false;
                                    if (found.succeeded()) {
                                        tell(found.result().life(), false);
                                    }
                                });
            }
        }

        void end(Failure reason) {
            if (!over) {
                over = true;
                GrpcStatuses.fail(response, reason);
            }
        }
    }
}
