package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.testkit.NatsHarness;
import io.qiki.dtmp.testkit.NatsProbe;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import qiki.radar.v1.RadarFrame;
import qiki.radar.v1.RadarTrack;
import qiki.twin.v1.CommandStep;
import qiki.twin.v1.Decision;
import qiki.twin.v1.ProcessStatus;
import qiki.twin.v1.State;
import qiki.twin.v1.Telemetry;
import qiki.twin.v1.TwinReport;

/** One process and a real server: what goes out, and what comes in. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NatsBridgeIT {
    @TempDir private static Path dir;

    private NatsHarness all;

    @BeforeAll
    void start() throws Exception {
        all = NatsHarness.start(dir, 2);
    }

    @AfterAll
    void stop() throws Exception {
        all.close();
    }

    @Test
    void shouldTellEveryEventOnceInOrderAsTheInterfaceGivesIt() throws Exception {
        UUID id = all.burst();
        await().until(() -> all.stage(id).equals("EXECUTED"));
        JsonArray logged = all.events();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> all.probe().all(Subjects.EVENTS_STREAM).size() >= logged.size());

        List<Message> told = all.probe().all(Subjects.EVENTS_STREAM);
        for (int i = 0; i < logged.size(); i++) {
            JsonObject event = logged.getJsonObject(i);
            assertThat(NatsProbe.json(told.get(i))).isEqualTo(event);
            assertThat(told.get(i).getSubject())
                    .isEqualTo("qiki.events.v1." + event.getString("type"));
        }
        assertUnique(told);
    }

    @Test
    void shouldTellEveryStageOfACommand() throws Exception {
        UUID id = all.burst();
        await().until(() -> all.stage(id).equals("EXECUTED"));
        await().atMost(Duration.ofSeconds(10)).until(() -> steps(id).size() >= 5);

        assertThat(steps(id))
                .extracting(step -> step.getStage().name().replace("COMMAND_STAGE_", ""))
                .containsExactly("REQUESTED", "VALIDATED", "ACCEPTED", "EXECUTING", "EXECUTED");
        CommandStep last = steps(id).get(4);
        assertThat(last.getTwin()).isEqualTo("qiki-1");
        assertThat(last.getActuator()).isEqualTo("rcs_forward");
        assertThat(last.getOrigin()).isEqualTo("OPERATOR");
    }

    @Test
    void shouldTellEveryVersionAndEveryDecision() throws Exception {
        await().until(() -> kept("qiki.v1.qiki-2.decision").size() > 20);

        List<Message> states = kept("qiki.v1.qiki-2.state");
        for (int i = 0; i < states.size(); i++) {
            State state = State.parseFrom(states.get(i).getData());
            assertThat(state.getVersion())
                    .isEqualTo(State.parseFrom(states.get(0).getData()).getVersion() + i);
        }
        List<Long> shown =
                all
                        .get("/api/v1/twins/qiki-2/decisions?limit=20")
                        .getJsonArray("decisions")
                        .stream()
                        .map(one -> ((JsonObject) one).getLong("tick"))
                        .sorted()
                        .toList();
        await().until(() -> decidedTicks().contains(shown.get(shown.size() - 1)));
        assertThat(decidedTicks()).containsSubsequence(shown).doesNotHaveDuplicates().isSorted();
        assertThat(decidedTicks())
                .filteredOn(tick -> tick >= shown.get(0) && tick <= shown.get(shown.size() - 1))
                .isEqualTo(shown);
        List<Message> decisions = kept("qiki.v1.qiki-2.decision");
        assertUnique(decisions);
    }

    @Test
    void shouldDescribeAMessageAsACloudEvent() throws Exception {
        await().until(() -> !kept("qiki.v1.qiki-1.state").isEmpty());
        Message state = kept("qiki.v1.qiki-1.state").get(0);

        assertThat(header(state, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(state, "ce_id")).isEqualTo(header(state, "Nats-Msg-Id"));
        assertThat(header(state, "ce_type")).isEqualTo("qiki.twin.v1.State");
        assertThat(header(state, "ce_source")).startsWith("urn:qiki:qiki-");
        assertThat(header(state, "ce_time")).startsWith("2030-01-01T00:00:0");
        assertThat(header(state, "ce_datacontenttype")).isEqualTo("application/protobuf");
        assertThat(header(state, "qiki-twin")).isEqualTo("qiki-1");
    }

    @Test
    void shouldTellTelemetryReportsRadarAndHowTheProcessIs() throws Exception {
        List<Message> telemetry = all.probe().listen("qiki.v1.qiki-2.telemetry");
        List<Message> json = all.probe().listen("qiki.v1.qiki-2.telemetry.json");
        List<Message> reports = all.probe().listen("qiki.v1.qiki-1.report");
        List<Message> frames = all.probe().listen("qiki.radar.v1.frames");
        List<Message> far = all.probe().listen("qiki.radar.v1.frames.lr");
        List<Message> near = all.probe().listen("qiki.radar.v1.frames.sr");
        List<Message> tracks = all.probe().listen("qiki.radar.v1.tracks");
        List<Message> status = all.probe().listen("qiki.status.v1.*");
        for (List<Message> one :
                List.of(telemetry, json, reports, frames, far, near, tracks, status)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> one.size() > 1);
        }

        Telemetry first = Telemetry.parseFrom(telemetry.get(0).getData());
        assertThat(first.getTwin()).isEqualTo("qiki-2");
        assertThat(first.getSignalsList())
                .anySatisfy(signal -> assertThat(signal.getName()).isEqualTo("nav.position_m"));
        assertThat(NatsProbe.json(json.get(0)).getString("twin")).isEqualTo("qiki-2");
        TwinReport report = TwinReport.parseFrom(reports.get(0).getData());
        assertThat(report.hasVehicle() && report.hasAgent() && report.getAttended()).isTrue();
        RadarFrame frame = RadarFrame.parseFrom(frames.get(0).getData());
        assertThat(frame.getDetectionsList()).isNotEmpty();
        assertThat(header(far.get(0), "x-range-band")).isEqualTo("RR_LR");
        assertThat(header(near.get(0), "x-range-band")).isEqualTo("RR_SR");
        assertThat(RadarFrame.parseFrom(near.get(0).getData()).getDetectionsList())
                .allSatisfy(one -> assertThat(one.getRangeBand().name()).isEqualTo("RR_SR"));
        assertThat(RadarTrack.parseFrom(tracks.get(0).getData()).getSchemaVersion()).isEqualTo(1);
        ProcessStatus told = ProcessStatus.parseFrom(status.get(0).getData());
        assertThat(told.getTwinsList()).containsExactly("qiki-1", "qiki-2");
        assertThat(told.getSimulator() && told.getAgents()).isTrue();
        assertUnique(frames);
    }

    private List<CommandStep> steps(UUID id) throws Exception {
        return kept("qiki.v1.qiki-1.command").stream()
                .map(NatsBridgeIT::step)
                .filter(step -> step.getCommandId().equals(id.toString()))
                .toList();
    }

    private List<Long> decidedTicks() throws Exception {
        return kept("qiki.v1.qiki-2.decision").stream().map(NatsBridgeIT::decided).toList();
    }

    private static long decided(Message message) {
        try {
            return Decision.parseFrom(message.getData()).getTick();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static CommandStep step(Message message) {
        try {
            return CommandStep.parseFrom(message.getData());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private List<Message> kept(String subject) throws Exception {
        return all.kept(Subjects.TWIN_STREAM, subject);
    }

    private static String header(Message message, String name) {
        return message.getHeaders().getFirst(name);
    }

    private static void assertUnique(List<Message> messages) {
        Set<String> ids = new HashSet<>();
        messages.forEach(one -> assertThat(ids.add(header(one, "Nats-Msg-Id"))).isTrue());
    }
}
