package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.testkit.GrpcCaller;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import qiki.api.HealthCheckRequest;
import qiki.api.QSimAPIServiceGrpcClient;
import qiki.api.SendActuatorCommandRequest;

/** Bytes that mean nothing: typed refusals or a closed connection, and the twin flies on. */
@Timeout(300)
class GrpcNonsenseIT {
    /** More of both by command: {@code -Dqiki.nonsense=100}; up to 200 it takes minutes. */
    private static final int MANY = Integer.getInteger("qiki.nonsense", 1);

    private static final int CONNECTIONS = 600 * MANY;
    private static final int MESSAGES = 6_000 * MANY;

    /** What may come and go by itself: the files of a JIT, a timer, a pooled buffer. */
    private static final int SPARE_FILES = 8;

    private static final long SPARE_BYTES = 4L << 20;
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private Topology topology;
    private Vertx client;
    private GrpcCaller caller;
    private long seed;
    private Random random;

    @BeforeEach
    void start() throws Exception {
        seed = System.nanoTime();
        random = new Random(seed);
        topology = WebHarness.get(Topology.start(Plans.demo(1)));
        client = Vertx.vertx();
        caller = new GrpcCaller(client, topology.grpcPort());
        await().ignoreExceptions()
                .until(() -> WebHarness.get(topology.twins()).get(0).state() == FsmState.ACTIVE);
    }

    @AfterEach
    void stop() throws Exception {
        caller.close();
        WebHarness.get(client.close());
        WebHarness.get(topology.close());
    }

    @Test
    void shouldOutliveRandomBytesOnTheWire() throws Exception {
        connect(CONNECTIONS / 2);
        Held before = held();

        connect(CONNECTIONS / 2);

        assertHeld(before);
        assertWell();
    }

    private void connect(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            send(i % 2 == 0 ? new byte[0] : PREFACE.getBytes(StandardCharsets.US_ASCII), bytes);
        }
    }

    private void send(byte[] first, byte[] then) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", topology.grpcPort());
                OutputStream out = socket.getOutputStream()) {
            out.write(first);
            out.write(then);
        } catch (java.net.SocketException closedOnUs) {
            assertThat(closedOnUs).hasMessageNotContaining("refused");
        }
    }

    @Test
    void shouldAnswerEveryBrokenMessageWithAStatus() throws Exception {
        ServiceMethod<Buffer, Buffer> raw =
                ServiceMethod.client(
                        ServiceName.create("qiki.api", "QSimAPIService"),
                        "SendActuatorCommand",
                        GrpcMessageEncoder.IDENTITY,
                        GrpcMessageDecoder.IDENTITY);
        byte[] good =
                SendActuatorCommandRequest.newBuilder()
                        .setCommand(
                                qiki.actuators.ActuatorCommand.newBuilder()
                                        .setFloatValue(1)
                                        .setTimeoutMs(5))
                        .build()
                        .toByteArray();
        Map<GrpcStatus, Integer> answers = new EnumMap<>(GrpcStatus.class);
        ask(raw, good, MESSAGES / 2, answers);
        Held before = held();

        ask(raw, good, MESSAGES / 2, answers);

        assertThat(answers.keySet())
                .as("seed " + seed + ": " + answers)
                .containsOnly(GrpcStatus.INVALID_ARGUMENT);
        assertHeld(before);
        assertWell();
    }

    private void ask(
            ServiceMethod<Buffer, Buffer> raw,
            byte[] good,
            int times,
            Map<GrpcStatus, Integer> answers)
            throws Exception {
        for (int i = 0; i < times; i++) {
            Buffer bytes = Buffer.buffer(broken(good, i % 3));
            answers.merge(caller.call(raw, bytes).status(), 1, Integer::sum);
        }
    }

    /** Random bytes, a message cut off, or one with a bit turned. */
    private byte[] broken(byte[] good, int how) {
        if (how == 0) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            return bytes;
        }
        if (how == 1) {
            return Arrays.copyOf(good, random.nextInt(good.length));
        }
        byte[] bytes = good.clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    /** What the process holds once the garbage is gone. */
    private record Held(long heapBytes, long files) {}

    private static Held held() {
        System.gc();
        UnixOperatingSystemMXBean system =
                (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Held(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                system.getOpenFileDescriptorCount());
    }

    /** As many calls again must leave no more behind; what is just being closed gets a while. */
    private static void assertHeld(Held before) {
        await().untilAsserted(
                        () -> {
                            Held now = held();
                            assertThat(now.files()).isLessThan(before.files() + SPARE_FILES);
                            assertThat(now.heapBytes())
                                    .isLessThan(before.heapBytes() + SPARE_BYTES);
                        });
    }

    @Test
    void shouldRefuseAMessageThatIsTooLarge() throws Exception {
        ServiceMethod<Buffer, Buffer> raw =
                ServiceMethod.client(
                        ServiceName.create("qiki.api", "QSimAPIService"),
                        "HealthCheck",
                        GrpcMessageEncoder.IDENTITY,
                        GrpcMessageDecoder.IDENTITY);

        var answer = caller.call(raw, Buffer.buffer(new byte[5 << 20]));

        assertThat(answer.status()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
        assertWell();
    }

    @Test
    void shouldRefuseAMethodThatThereIsNot() throws Exception {
        ServiceMethod<Buffer, Buffer> raw =
                ServiceMethod.client(
                        ServiceName.create("qiki.api", "QSimAPIService"),
                        "FlyAway",
                        GrpcMessageEncoder.IDENTITY,
                        GrpcMessageDecoder.IDENTITY);
        assertThat(caller.call(raw, Buffer.buffer()).status()).isEqualTo(GrpcStatus.UNIMPLEMENTED);
    }

    private void assertWell() throws Exception {
        var health =
                caller.call(
                        QSimAPIServiceGrpcClient.HealthCheck,
                        HealthCheckRequest.getDefaultInstance());
        assertThat(health.one().getStatus()).as("seed " + seed).isEqualTo("SERVING");
        long before = WebHarness.get(topology.runStatus()).ticks();
        await().until(() -> WebHarness.get(topology.runStatus()).ticks() > before + 5);
        // A cold process on a busy machine may have been late and safe meanwhile; it comes back.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> WebHarness.get(topology.twins()).get(0).state() == FsmState.ACTIVE);
        RunStatus status = WebHarness.get(topology.runStatus());
        System.out.println("nonsense over " + status.ticks() + " ticks, slips: " + status.slips());
    }
}
