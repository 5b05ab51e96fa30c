package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.launcher.TwinStatus;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole processes: several shards, an occupied port, a reset, a clean end. */
@Timeout(90)
class TopologyIT {
    @Test
    void shouldFlyTwinsInSeveralShards() throws Exception {
        try (LiveProcess process = LiveProcess.start(Plans.demo(6, new Shards(3), 0))) {
            await().atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    statuses(process).stream()
                                                    .filter(s -> s.state() == FsmState.ACTIVE)
                                                    .count()
                                            == 6);
            Set<Integer> shards = new HashSet<>();
            for (Object row : process.probe().get("/api/v1/twins").json().getJsonArray("twins")) {
                shards.add(((JsonObject) row).getInteger("shard"));
            }

            assertThat(statuses(process))
                    .extracting(s -> s.twin().value())
                    .containsExactly("qiki-1", "qiki-2", "qiki-3", "qiki-4", "qiki-5", "qiki-6");
            assertThat(shards).hasSizeGreaterThan(1);
        }
    }

    @Test
    void shouldSayWhenThePortIsTakenAndLeaveNothingRunning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(
                            () ->
                                    WebHarness.get(
                                            Topology.start(Plans.demo(1, new Shards(1), port))))
                    .cause()
                    .isInstanceOfSatisfying(
                            RequestFailed.class,
                            failed -> {
                                assertThat(failed.failure().code()).isEqualTo(FailureCode.NET_BIND);
                                assertThat(failed.failure().sentence())
                                        .contains("127.0.0.1:" + port);
                            });
        }
    }

    @Test
    void shouldBeginANewLifeAfterAResetWithVersionsGoingOn() throws Exception {
        try (LiveProcess process = LiveProcess.start(Plans.demo(1))) {
            // Given
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> first(process).state() == FsmState.ACTIVE);
            WebHarness.get(process.topology().control(new ControlCommand.StartAt(10)));
            await().until(() -> first(process).tick() > 50);
            WebHarness.get(process.topology().control(new ControlCommand.Pause()));
            TwinStatus before = first(process);

            // When
            WebHarness.get(process.topology().control(new ControlCommand.Reset()));
            WebHarness.get(process.topology().control(new ControlCommand.Step(1)));

            // Then
            TwinStatus after = first(process);
            assertThat(after.tick()).isEqualTo(1);
            assertThat(after.state()).isIn(FsmState.BOOTING, FsmState.IDLE);
            assertThat(after.version()).isGreaterThan(before.version());
            JsonObject row = process.probe().get("/api/v1/twins/qiki-1").json();
            assertThat(row.getInteger("epoch")).isEqualTo(2);
            assertThat(row.getString("run_state")).isEqualTo("PAUSED");
            assertThat(row.getDouble("speed")).isEqualTo(10.0);
        }
    }

    @Test
    void shouldEndWithinFiveSeconds() throws Exception {
        LiveProcess process = LiveProcess.start(Plans.demo(1));
        long began = System.nanoTime();

        process.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    private static TwinStatus first(LiveProcess process) throws Exception {
        return statuses(process).get(0);
    }

    private static List<TwinStatus> statuses(LiveProcess process) throws Exception {
        return WebHarness.get(process.topology().twins());
    }
}
