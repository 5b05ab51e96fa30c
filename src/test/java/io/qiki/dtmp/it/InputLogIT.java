package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.agent.Drafts;
import io.qiki.dtmp.agent.GuestEngine;
import io.qiki.dtmp.bus.ComponentFailed;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.journal.InputLogReader;
import io.qiki.dtmp.launcher.TwinStatus;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator.PowerMode;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.InputRecord;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.testkit.CliProcess;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.qiki.dtmp.twin.Lockstep;
import io.qiki.dtmp.twin.Replay;
import io.qiki.dtmp.twin.ReplayDifference;
import io.qiki.dtmp.twin.StepRun;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live runs, written down and done again. */
@Timeout(180)
class InputLogIT {
    private static final int TWINS = 4;
    private static final List<TwinId> IDS = StepRun.names("qiki-", TWINS);

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("run.log");
    }

    private static List<InputRecord> records(Path file) throws IOException {
        List<InputRecord> all = new ArrayList<>();
        try (InputLogReader reader = new InputLogReader(file)) {
            Optional<InputRecord> next = reader.next();
            while (next.isPresent()) {
                all.add(next.get());
                next = reader.next();
            }
        }
        return all;
    }

    /** Simulation time over wall time of the long run: 1 for two minutes by the clock. */
    private static final double SPEED = Integer.getInteger("qiki.replay.speed", 20);

    private static Replay replayed(List<InputRecord> records, Shards shards) {
        List<List<TwinId>> members = new ArrayList<>();
        for (int shard = 0; shard < shards.count(); shard++) {
            members.add(shards.members(shard, IDS));
        }
        Replay replay = new Replay(Plans.setup(), IDS, members);
        for (InputRecord record : records) {
            assertThat(replay.apply(record).map(ReplayDifference::text)).isEmpty();
        }
        return replay;
    }

    @ParameterizedTest(name = "{0} shards")
    @ValueSource(ints = {1, 2, 4})
    void shouldGiveTheChainOfTheLockstepHoweverManyShards(int count) throws Exception {
        // Given a live run in which the agents were never late; a busy machine may need a few
        Shards shards = new Shards(count);
        List<InputRecord> records = fly(shards);
        for (int tries = 0; tries < 5 && late(records); tries++) {
            records = fly(shards);
        }
        assertThat(late(records)).as("a run without a late answer in six").isFalse();

        // When
        Replay replay = replayed(records, shards);

        // Then
        Lockstep lockstep = new Lockstep(Plans.setup(), IDS);
        long ticks = replay.result().lines().get(0).ticks();
        for (long tick = 0; tick < ticks; tick++) {
            lockstep.tick();
        }
        for (int i = 0; i < TWINS; i++) {
            assertThat(replay.result().lines().get(i).ticks()).isEqualTo(ticks);
            assertThat(replay.result().lines().get(i).hash()).isEqualTo(lockstep.hash(i));
        }
    }

    private List<InputRecord> fly(Shards shards) throws Exception {
        Files.deleteIfExists(file());
        try (LiveProcess process = LiveProcess.start(Plans.logged(TWINS, shards, file(), false))) {
            await().until(() -> status(process).tick() >= 5);
            WebHarness.get(process.topology().control(new ControlCommand.Pause()));
            WebHarness.get(process.topology().control(new ControlCommand.Step(40)));
        }
        return records(file());
    }

    private static boolean late(List<InputRecord> records) {
        return records.stream()
                .anyMatch(
                        record ->
                                record instanceof InputRecord.Finished finished && finished.missed()
                                        || record instanceof InputRecord.AgentsTicked ticked
                                                && !ticked.inputs().isEmpty());
    }

    @Test
    void shouldReplayALiveRunInWhichMuchHappened() throws Exception {
        // Given
        long seed = 20261123;
        Random random = new Random(seed);
        Shards shards = new Shards(2);
        List<GuestEngine> guests = List.of(new LateEngine(seed));
        try (LiveProcess process =
                LiveProcess.start(Plans.logged(TWINS, shards, file(), false, guests))) {
            await().until(() -> status(process).state() == FsmState.ACTIVE);
            WebHarness.get(process.topology().control(new ControlCommand.Speed(SPEED)));
            for (int i = 0; i < 60; i++) {
                happen(process, random, i);
                long from = status(process).tick();
                await().pollInterval(Duration.ofMillis(20))
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> Math.abs(status(process).tick() - from) >= 20);
            }
        }

        // When, then
        List<InputRecord> records = records(file());
        assertThat(records).hasAtLeastOneElementOfType(InputRecord.WorldsRestarted.class);
        assertThat(records).hasAtLeastOneElementOfType(InputRecord.AgentsRestored.class);
        assertThat(records).hasAtLeastOneElementOfType(InputRecord.FaultInjected.class);
        assertThat(records).hasAtLeastOneElementOfType(InputRecord.WorldsReset.class);
        assertThat(records).hasAtLeastOneElementOfType(InputRecord.CommandGiven.class);
        assertThat(records).anyMatch(InputLogIT::holdsAnEnginesAnswer);
        Replay replay = replayed(records, shards);
        assertThat(replay.result().lines()).hasSize(TWINS);
    }

    private static boolean holdsAnEnginesAnswer(InputRecord record) {
        return record instanceof InputRecord.AgentsTicked ticked
                && ticked.inputs().stream()
                        .anyMatch(
                                input ->
                                        input.answers().stream()
                                                .anyMatch(one -> !one.proposals().isEmpty()));
    }

    /** An engine beside the agents that takes its time, now and then far too much. */
    private static final class LateEngine implements GuestEngine {
        private final Random random;

        LateEngine(long seed) {
            random = new Random(seed);
        }

        @Override
        public String id() {
            return "late";
        }

        @Override
        public List<Proposal> propose(Observation seen, FsmSnapshot state, Drafts drafts)
                throws Exception {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(random.nextInt(10) == 0 ? 300 : 30));
            return List.of(
                    drafts.proposal(
                            new Drafts.Purpose(id(), Proposal.Type.EXPLORATION, 0.1, 0.9),
                            List.of(drafts.power(PowerMode.NORMAL)),
                            "late by intention",
                            Activity.NONE));
        }
    }

    private static void command(LiveProcess process, String twin, Random random) throws Exception {
        process.probe()
                .post(
                        "/api/v1/twins/" + twin + "/commands",
                        new JsonObject()
                                .put(
                                        "actuator",
                                        random.nextBoolean() ? "rcs_forward" : "motor_left")
                                .put("command_type", "SET_VELOCITY")
                                .put("value", random.nextInt(60))
                                .put("unit", "PERCENT")
                                .put("timeout_ms", 500));
    }

    private static void happen(LiveProcess process, Random random, int number) throws Exception {
        String twin = "qiki-" + (1 + random.nextInt(TWINS));
        switch (number % 10) {
            case 0, 5 ->
                    process.probe()
                            .post(
                                    "/api/v1/twins/" + twin + "/faults",
                                    new JsonObject()
                                            .put("type", "sensor.off")
                                            .put(
                                                    "target",
                                                    random.nextBoolean()
                                                            ? "imu_main"
                                                            : "sensor_solar")
                                            .put("until_tick", 100_000));
            case 1, 4, 7 -> command(process, twin, random);
            case 2 -> {
                WebHarness.get(process.topology().control(new ControlCommand.Pause()));
                WebHarness.get(process.topology().control(new ControlCommand.Step(3)));
                WebHarness.get(process.topology().control(new ControlCommand.Start()));
            }
            case 3 -> process.topology().restart(new ComponentFailed("sim", shard(random), "test"));
            case 6 ->
                    process.topology().restart(new ComponentFailed("agent", shard(random), "test"));
            case 8 -> {
                double factor = 0.5 + random.nextDouble();
                WebHarness.get(
                        process.topology().control(new ControlCommand.Speed(SPEED * factor)));
                process.topology()
                        .restart(new ComponentFailed("store", ComponentFailed.NO_SHARD, "test"));
            }
            case 9 -> {
                if (random.nextInt(3) == 0) {
                    WebHarness.get(process.topology().control(new ControlCommand.Reset()));
                }
            }
            default -> throw new IllegalStateException("there is no case " + number);
        }
    }

    private static int shard(Random random) {
        return random.nextInt(2);
    }

    @Test
    void shouldGoOnAfterAKillWithWhatItsLogHolds() throws Exception {
        // Given a process that is killed
        Path config = folder.resolve("config.json");
        Files.writeString(
                config,
                "{\"http\":{\"port\":0},\"input-log\":{\"path\":\""
                        + file()
                        + "\",\"resume\":true}}");
        long version;
        try (CliProcess first = CliProcess.java("run", config.toString(), "--grpc-port", "0")) {
            String line = first.await(text -> text.contains("state ACTIVE"));
            version = field(line, "version");
            first.signal("KILL");
            first.exitCode();
        }
        long ticks = field(step(), "ticks");
        assertThat(ticks).isGreaterThan(1);

        // When
        try (CliProcess second =
                CliProcess.java("run", config.toString(), "--for", "6s", "--grpc-port", "0")) {
            String line = second.await(text -> text.startsWith("twin "));

            // Then
            assertThat(field(line, "tick")).isGreaterThan(ticks);
            assertThat(field(line, "version")).isGreaterThan(version);
            assertThat(second.exitCode()).isZero();
        }
        assertThat(field(step(), "ticks")).isGreaterThan(ticks + 20);
    }

    @Test
    void shouldNotWriteOverALogThatIsThere() throws Exception {
        // Given
        Path log = folder.resolve("runs/first/run.log");
        String[] run = {
            "run",
            "--port",
            "0",
            "--grpc-port",
            "0",
            "--for",
            "2s",
            "--set",
            "input-log.path=" + log
        };
        try (CliProcess first = CliProcess.java(run)) {
            assertThat(first.exitCode()).as(first.errors()).isZero();
        }
        byte[] before = Files.readAllBytes(log);

        // When
        try (CliProcess second = CliProcess.java(run)) {

            // Then
            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(second.errors())
                    .startsWith("qiki: input log " + log)
                    .contains("input-log.resume=true")
                    .hasLineCount(1);
        }
        assertThat(Files.readAllBytes(log)).isEqualTo(before);

        // When a byte in the middle of it is another
        before[before.length / 2] ^= 0x10;
        Files.write(log, before);

        // Then the replay says from where on it is worth nothing
        try (CliProcess step = CliProcess.java("step", "--replay", log.toString())) {
            assertThat(step.exitCode()).isEqualTo(1);
            assertThat(step.errors())
                    .matches(
                            "qiki: input log .* is damaged at byte \\d+, after tick \\d+; what"
                                    + " follows cannot be replayed\n");
        }
    }

    private String step() throws Exception {
        try (CliProcess step = CliProcess.java("step", "--replay", file().toString())) {
            assertThat(step.exitCode()).as(step.errors()).isZero();
            return step.lines().get(0);
        }
    }

    private static long field(String line, String name) {
        String[] words = line.split(" ", -1);
        for (int i = 0; i + 1 < words.length; i++) {
            if (words[i].equals(name)) {
                return Long.parseLong(words[i + 1]);
            }
        }
        throw new AssertionError(line + " has no " + name);
    }

    private static TwinStatus status(LiveProcess process) throws Exception {
        return await().ignoreExceptions()
                .until(() -> WebHarness.get(process.topology().twins()), all -> !all.isEmpty())
                .get(0);
    }
}
