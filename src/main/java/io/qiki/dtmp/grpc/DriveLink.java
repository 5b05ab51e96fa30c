package io.qiki.dtmp.grpc;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import qiki.twin.v1.DriveRequest;
import qiki.twin.v1.ObservationBatch;
import qiki.twin.v1.TwinServiceGrpcClient;

/**
 * One attachment to a simulator of another process. Once it is lost it stays so; nothing that it
 * was given to send is ever sent again. Lives on its owner's context.
 */
final class DriveLink {
    private static final int CONNECT_MILLIS = 1_000;

    /** Observations of a large shard may be larger than any request. */
    private static final long MAX_BATCH_BYTES = 256L << 20;

    private final GrpcClient client;
    private final SocketAddress simulator;
    private final Consumer<ObservationBatch> reader;
    private final BiConsumer<GrpcStatus, String> loss;
    private Optional<GrpcClientRequest<DriveRequest, ObservationBatch>> stream = Optional.empty();
    private boolean over;

    /**
     * A link that is not open yet.
     *
     * @param reader gets every batch in its order
     * @param loss is told once why there will be no more, unless it was closed
     */
    DriveLink(
            GrpcClient client,
            SocketAddress simulator,
            Consumer<ObservationBatch> reader,
            BiConsumer<GrpcStatus, String> loss) {
        this.client = client;
        this.simulator = simulator;
        this.reader = reader;
        this.loss = loss;
    }

    /**
     * A client for links; an upgrade from HTTP/1.1 would wait for a request to end.
     *
     * @param trusted certificates, PEM; empty: no TLS
     */
    static GrpcClient client(Vertx vertx, Optional<Path> trusted) {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setConnectTimeout(CONNECT_MILLIS);
        trusted.ifPresent(
                file ->
                        options.setSsl(true)
                                .setUseAlpn(true)
                                .setTrustOptions(
                                        new PemTrustOptions().addCertPath(file.toString())));
        return GrpcClient.client(
                vertx, new GrpcClientOptions().setMaxMessageSize(MAX_BATCH_BYTES), options);
    }

    /** Connects and attaches. */
    void open(DriveRequest first) {
        client.<DriveRequest, ObservationBatch>request(simulator, TwinServiceGrpcClient.Drive)
                .onSuccess(request -> begin(request, first))
                .onFailure(cause -> lose(GrpcStatus.UNAVAILABLE, cause.getMessage()));
    }

    private void begin(
            GrpcClientRequest<DriveRequest, ObservationBatch> request, DriveRequest first) {
        if (over) {
            request.cancel();
            return;
        }
        stream = Optional.of(request);
        request.exceptionHandler(cause -> lose(GrpcStatus.UNAVAILABLE, cause.getMessage()));
        request.response()
                .onSuccess(this::listen)
                .onFailure(cause -> lose(GrpcStatus.UNAVAILABLE, cause.getMessage()));
        request.write(first);
    }

    private void listen(GrpcClientResponse<DriveRequest, ObservationBatch> response) {
        response.handler(
                batch -> {
                    if (!over) {
                        reader.accept(batch);
                    }
                });
        response.exceptionHandler(cause -> lose(GrpcStatus.UNAVAILABLE, cause.getMessage()));
        response.endHandler(
                end -> {
                    GrpcStatus status =
                            Optional.ofNullable(response.status()).orElse(GrpcStatus.UNKNOWN);
                    String said = Optional.ofNullable(response.statusMessage()).orElse("");
                    lose(status, said.isEmpty() ? "it ended the stream: " + status : said);
                });
    }

    /** Sends what was decided, at most once. */
    void send(DriveRequest request) {
        if (!over) {
            stream.ifPresent(open -> open.write(request));
        }
    }

    /** Leaves; the simulator is told that no more will come. */
    void finish() {
        over = true;
        stream.ifPresent(GrpcClientRequest::end);
    }

    /** Gives up at once. */
    void close() {
        over = true;
        stream.ifPresent(GrpcClientRequest::cancel);
    }

    private void lose(GrpcStatus status, String cause) {
        if (!over) {
            over = true;
            loss.accept(status, Optional.ofNullable(cause).orElse("no reason given"));
        }
    }
}
