package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.testkit.Examples;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs in other languages that know nothing but the message files. */
@Timeout(180)
class ExamplesIT {
    private static final double SPEED = 20;

    private Topology topology;

    @BeforeEach
    void start() throws Exception {
        topology = WebHarness.get(Topology.start(Plans.demo(1)));
        await().ignoreExceptions()
                .until(() -> WebHarness.get(topology.twins()).get(0).state() == FsmState.ACTIVE);
    }

    @AfterEach
    void stop() throws Exception {
        WebHarness.get(topology.close());
    }

    @Test
    void shouldFlyToAWaypointFromPython() throws Exception {
        Examples.makePython();
        WebHarness.get(topology.control(new ControlCommand.Speed(SPEED)));

        List<String> said = Examples.python("agent.py", address());

        assertThat(said)
                .singleElement()
                .asString()
                .matches("arrived tick \\d+ distance 0\\.\\d+ m");
    }

    @Test
    void shouldFlyToAWaypointFromNode() throws Exception {
        Examples.installNode();
        WebHarness.get(topology.control(new ControlCommand.Speed(SPEED)));

        List<String> said = Examples.node("agent.js", address());

        assertThat(said)
                .singleElement()
                .asString()
                .matches("arrived tick \\d+ distance 0\\.\\d+ m");
    }

    @Test
    void shouldAnswerEveryCallOfTheOriginalFromPython() throws Exception {
        Examples.makePython();

        List<String> said = Examples.python("api.py", address());

        assertOriginal(said);
    }

    @Test
    void shouldAnswerEveryCallOfTheOriginalFromNode() throws Exception {
        Examples.installNode();

        List<String> said = Examples.node("api.js", address());

        assertOriginal(said);
    }

    private static void assertOriginal(List<String> said) {
        assertThat(said.get(0)).isEqualTo("health SERVING true");
        assertThat(said.get(1)).startsWith("reading LIDAR ");
        assertThat(said.get(2)).isEqualTo("reading RADAR radar_data true");
        assertThat(said.get(3)).isEqualTo("reading IMU vector_data true");
        assertThat(said.get(5)).isEqualTo("frame 1 true");
        assertThat(said.get(6)).isEqualTo("accepted true");
        assertThat(said.get(7)).startsWith("unknown-actuator NOT_FOUND request.not-found there is");
        assertThat(said.get(8)).startsWith("nan INVALID_ARGUMENT request.bad-argument float_value");
        assertThat(said.get(9)).startsWith("nine-hundred INVALID_ARGUMENT").contains("0..100");
        assertThat(said.get(10)).startsWith("no-uuid INVALID_ARGUMENT").contains("UUID");
        assertThat(said.get(11)).startsWith("empty INVALID_ARGUMENT").contains("command");
    }

    private String address() {
        return "127.0.0.1:" + topology.grpcPort();
    }
}
