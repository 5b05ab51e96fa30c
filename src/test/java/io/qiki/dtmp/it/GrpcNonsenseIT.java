package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.model.FsmState;
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
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
@Timeout(90)
class GrpcNonsenseIT {
    private static final int CONNECTIONS = 300;
    private static final int MESSAGES = 3_000;
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
        for (int i = 0; i < CONNECTIONS; i++) {
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            send(i % 2 == 0 ? new byte[0] : PREFACE.getBytes(StandardCharsets.US_ASCII), bytes);
        }
        assertWell();
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
        for (int i = 0; i < MESSAGES; i++) {
            byte[] bytes;
            if (i % 3 == 0) {
                bytes = new byte[random.nextInt(100)];
                random.nextBytes(bytes);
            } else if (i % 3 == 1) {
                bytes = java.util.Arrays.copyOf(good, random.nextInt(good.length));
            } else {
                bytes = good.clone();
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            answers.merge(caller.call(raw, Buffer.buffer(bytes)).status(), 1, Integer::sum);
        }
        assertThat(answers.keySet())
                .as("seed " + seed + ": " + answers)
                .containsOnly(GrpcStatus.INVALID_ARGUMENT);
        assertWell();
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
        assertThat(WebHarness.get(topology.twins()).get(0).state()).isEqualTo(FsmState.ACTIVE);
    }
}
