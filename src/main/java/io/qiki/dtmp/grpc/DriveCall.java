package io.qiki.dtmp.grpc;

import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.Map;
import java.util.Optional;
import qiki.twin.v1.DriveRequest;
import qiki.twin.v1.ObservationBatch;
import qiki.twin.v1.TwinServiceGrpcService;

/** One agent process at a shard: its first request attaches it, every further one answers. */
final class DriveCall {
    private final Map<Integer, DriveDesk> desks;
    private final GrpcServerResponse<?, ObservationBatch> response;
    private Optional<DriveDesk> desk = Optional.empty();
    private boolean driving;
    private boolean over;

    DriveCall(
            Map<Integer, DriveDesk> desks, GrpcServerRequest<DriveRequest, ObservationBatch> call) {
        this.desks = desks;
        this.response = call.response();
        GrpcCalls.read(TwinServiceGrpcService.Drive, call, this::end, this::onRequest);
        call.endHandler(done -> onEnd());
        call.exceptionHandler(gone -> gone());
        call.errorHandler(given -> gone());
        response.exceptionHandler(gone -> gone());
        response.writeHead();
    }

    private void onRequest(DriveRequest request) {
        if (over) {
            return;
        }
        try {
            if (desk.isEmpty()) {
                attach(request);
            } else if (driving && request.getShard() == desk.get().shard()) {
                desk.get().answer(request);
            } else {
                throw new IllegalArgumentException(
                        "a stream drives one shard, and a request waits for observations first");
            }
        } catch (RuntimeException refused) {
            end(Replies.failureOf(refused, FailureCode.SIM_UNAVAILABLE));
        }
    }

    private void attach(DriveRequest first) {
        DriveDesk wanted = desks.get(first.getShard());
        if (wanted == null) {
            throw new IllegalArgumentException(
                    "shard must be one of " + desks.keySet() + ", was " + first.getShard());
        }
        desk = Optional.of(wanted);
        wanted.attach(first, this);
    }

    /** Whether the caller is still there. */
    boolean open() {
        return !over;
    }

    /** From now on requests answer observations. */
    void begun() {
        driving = true;
    }

    /** Sends, unless the caller does not read: then it has not answered either. */
    void send(ObservationBatch batch) {
        if (!over && (batch.getObservationsCount() > 0 || !response.writeQueueFull())) {
            GrpcStatuses.ifOpen(() -> response.write(batch).onFailure(failed -> gone()));
        }
    }

    /** Ends the stream with a reason. */
    void end(Failure reason) {
        if (!over) {
            over = true;
            GrpcStatuses.fail(response, reason);
            desk.ifPresent(one -> one.left(this));
        }
    }

    /** The agents have said all they wanted to. */
    private void onEnd() {
        if (!over) {
            over = true;
            GrpcStatuses.ifOpen(response::end);
            desk.ifPresent(one -> one.left(this));
        }
    }

    private void gone() {
        if (!over) {
            over = true;
            desk.ifPresent(one -> one.left(this));
        }
    }
}
