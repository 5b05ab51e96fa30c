package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.testkit.Http2Socket;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.RawMessages;
import io.qiki.dtmp.testkit.WebHarness;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import qiki.actuators.ActuatorCommand.CommandType;
import qiki.common.Unit;
import qiki.twin.v1.Command;
import qiki.twin.v1.ListTwinsRequest;
import qiki.twin.v1.SendCommandRequest;
import qiki.twin.v1.WatchRequest;

/** A call that its caller gives up costs that call, not its connection and not the server. */
@Timeout(120)
class GivenUpCallsIT {
    private static final String SERVICE = "qiki.twin.v1.TwinService/";
    private static final int CALLS = 500;
    private static final int WINDOW = 65_535;
    private static final int SHORT_MILLIS = 30;
    private static final int CANCEL = 8;
    private static final int UNKNOWN_CODE = 0x77;

    private Topology topology;
    private final ListAppender<ILoggingEvent> errors = new ListAppender<>();

    @BeforeEach
    void start() throws Exception {
        errors.start();
        root().addAppender(errors);
        topology = WebHarness.get(Topology.start(Plans.demo(1)));
        await().ignoreExceptions()
                .until(() -> WebHarness.get(topology.twins()).get(0).state() == FsmState.ACTIVE);
    }

    @AfterEach
    void stop() throws Exception {
        WebHarness.get(topology.close());
        root().detachAppender(errors);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** Nothing went wrong that somebody would have to look at. */
    private void assertQuiet() {
        assertThat(errors.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .isEmpty();
    }

    @Test
    void shouldKeepAWatcherBesideCallsThatAreGivenUp() throws Exception {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", topology.grpcPort())
                        .usePlaintext()
                        .build();
        try {
            Reader watcher =
                    begin(
                            channel,
                            "WatchTelemetry",
                            WatchRequest.getDefaultInstance(),
                            CallOptions.DEFAULT);
            await().until(() -> watcher.messages.get() > 0);

            for (int i = 0; i < CALLS; i++) {
                Reader given =
                        begin(
                                channel,
                                "WatchState",
                                WatchRequest.getDefaultInstance(),
                                CallOptions.DEFAULT);
                given.first.get(10, TimeUnit.SECONDS);
                given.call.cancel("given up", null);
            }
            for (int i = 0; i < CALLS; i++) {
                begin(
                                channel,
                                "ListTwins",
                                ListTwinsRequest.getDefaultInstance(),
                                CallOptions.DEFAULT.withDeadlineAfter(
                                        50L * i, TimeUnit.MICROSECONDS))
                        .closed
                        .get(10, TimeUnit.SECONDS);
            }

            int before = watcher.messages.get();
            await().until(() -> watcher.messages.get() > before + 5);
            assertThat(watcher.closed).isNotDone();
            assertQuiet();
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void shouldBearCallsThatAreGivenUpBeforeTheyAreAnswered() throws Exception {
        try (Http2Socket caller = new Http2Socket(topology.grpcPort(), WINDOW)) {
            int watch = caller.call(SERVICE + "WatchState", WatchRequest.getDefaultInstance());
            caller.flush();
            caller.read(Http2Socket.DATA, watch);

            // When question and surrender arrive together, for every reason there is and one more
            for (int i = 0; i < CALLS; i++) {
                int stream =
                        caller.call(SERVICE + "ListTwins", ListTwinsRequest.getDefaultInstance());
                caller.reset(stream, i % 16 == 15 ? UNKNOWN_CODE : i % 16);
                int slow = caller.call(SERVICE + "SendCommand", command(), SHORT_MILLIS);
                caller.reset(slow, i % 16 == 15 ? UNKNOWN_CODE : i % 16);
                caller.flush();
            }

            // Then the same connection serves when every deadline is over
            int late =
                    caller.call(
                            SERVICE + "WatchTelemetry",
                            WatchRequest.getDefaultInstance(),
                            10 * SHORT_MILLIS);
            caller.flush();
            caller.read(Http2Socket.HEADERS, late);
            caller.read(Http2Socket.HEADERS, late);
            int last = caller.call(SERVICE + "ListTwins", ListTwinsRequest.getDefaultInstance());
            caller.flush();
            assertThat(caller.read(Http2Socket.DATA, last).type()).isEqualTo(Http2Socket.DATA);
            assertQuiet();
        }
    }

    @Test
    void shouldOutliveCallersThatVanish() throws Exception {
        try (Http2Socket watcher = new Http2Socket(topology.grpcPort(), WINDOW)) {
            int watch = watcher.call(SERVICE + "WatchTelemetry", WatchRequest.getDefaultInstance());
            watcher.flush();

            for (int i = 0; i < 50; i++) {
                try (Http2Socket caller = new Http2Socket(topology.grpcPort(), WINDOW)) {
                    caller.call(SERVICE + "SendCommand", command(), SHORT_MILLIS);
                    caller.call(
                            SERVICE + "WatchTelemetry",
                            WatchRequest.getDefaultInstance(),
                            SHORT_MILLIS);
                    caller.flush();
                }
            }

            for (int i = 0; i < 20; i++) {
                assertThat(watcher.read(Http2Socket.DATA, watch).type())
                        .isEqualTo(Http2Socket.DATA);
            }
            assertQuiet();
        }
    }

    @Test
    void shouldBearACallerThatGivesUpWhatItDoesNotRead() throws Exception {
        try (Http2Socket caller = new Http2Socket(topology.grpcPort(), 0)) {
            for (int i = 0; i < 20; i++) {
                int stream =
                        caller.call(SERVICE + "ListTwins", ListTwinsRequest.getDefaultInstance());
                caller.flush();
                caller.read(Http2Socket.HEADERS, stream);
                caller.reset(stream, CANCEL);
            }
            caller.flush();

            int last = caller.call(SERVICE + "ListTwins", ListTwinsRequest.getDefaultInstance());
            caller.flush();
            assertThat(caller.read(Http2Socket.HEADERS, last).type())
                    .isEqualTo(Http2Socket.HEADERS);
            assertQuiet();
        }
    }

    @Test
    void shouldEndAFloodOfCallsThatAreGivenUp() throws Exception {
        try (Http2Socket flood = new Http2Socket(topology.grpcPort(), WINDOW)) {
            assertThat(
                            catchThrowable(
                                    () -> {
                                        for (int i = 0; i < 1_000_000; i++) {
                                            int stream =
                                                    flood.call(
                                                            SERVICE + "None",
                                                            ListTwinsRequest.getDefaultInstance());
                                            flood.reset(stream, CANCEL);
                                            if (i % 100 == 0) {
                                                flood.flush();
                                            }
                                        }
                                    }))
                    .isInstanceOf(IOException.class);
        }
    }

    private static SendCommandRequest command() {
        return SendCommandRequest.newBuilder()
                .setCommand(
                        Command.newBuilder()
                                .setTwin("qiki-1")
                                .setId(UUID.randomUUID().toString())
                                .setActuator("rcs_up")
                                .setType(CommandType.SET_VELOCITY)
                                .setScalar(1)
                                .setUnit(Unit.PERCENT)
                                .setTimeoutMs(100))
                .build();
    }

    /** One call of a Java client. */
    private static final class Reader extends ClientCall.Listener<byte[]> {
        private final ClientCall<byte[], byte[]> call;
        private final AtomicInteger messages = new AtomicInteger();
        private final CompletableFuture<Void> first = new CompletableFuture<>();
        private final CompletableFuture<Status> closed = new CompletableFuture<>();

        Reader(ClientCall<byte[], byte[]> call) {
            this.call = call;
        }

        @Override
        public void onMessage(byte[] message) {
            messages.incrementAndGet();
            first.complete(null);
            call.request(1);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            closed.complete(status);
            first.completeExceptionally(status.asException());
        }
    }

    private static Reader begin(
            ManagedChannel channel, String method, Message message, CallOptions options) {
        ClientCall<byte[], byte[]> call =
                channel.newCall(
                        MethodDescriptor.<byte[], byte[]>newBuilder()
                                .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                                .setFullMethodName(SERVICE + method)
                                .setRequestMarshaller(new RawMessages())
                                .setResponseMarshaller(new RawMessages())
                                .build(),
                        options);
        Reader reader = new Reader(call);
        call.start(reader, new Metadata());
        call.request(1);
        call.sendMessage(message.toByteArray());
        call.halfClose();
        return reader;
    }
}
