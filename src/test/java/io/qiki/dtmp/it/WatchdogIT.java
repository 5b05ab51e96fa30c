package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.journal.InputLogReader;
import io.qiki.dtmp.launcher.TwinStatus;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.InputRecord;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.qiki.dtmp.twin.Replay;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process with a blocked event loop ends, and goes on from its input log. */
@Timeout(90)
class WatchdogIT {
    private static final TwinId TWIN = new TwinId("qiki-1");
    private static final int EXIT = 70;

    @TempDir private Path folder;

    @Test
    void shouldEndABlockedProcessThatThenGoesOnFromItsInputLog() throws Exception {
        // Given a process whose simulator blocks its event loop after 30 ticks
        Path log = folder.resolve("run.log");
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BlockedProcess.class.getName(),
                                log.toString())
                        .redirectError(errors.toFile())
                        .start();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.equals("blocked")) {
                line = out.readLine();
            }
            long began = System.nanoTime();

            // Then it ends within 10 s with a sentence that says where it stands
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(process.exitValue()).isEqualTo(EXIT);
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(errors))
                .contains("qiki: ")
                .contains("sim of shard 0")
                .contains(" has blocked its event loop ")
                .contains("; the process ends");

        // And its log holds every tick, those that the agent made blind meanwhile included
        StoredState then = replayed(log);
        assertThat(then.tick()).isBetween(30L, 150L);
        assertThat(then.snapshot().reason()).isEqualTo(SafeModeReason.PROVIDER_UNAVAILABLE);

        // And the run goes on from there: out of SAFE_MODE by the exit rule, versions going on
        try (LiveProcess next = LiveProcess.start(Plans.logged(1, new Shards(1), log, true))) {
            await().ignoreExceptions().until(() -> first(next).state() == FsmState.ACTIVE);
            assertThat(first(next).version()).isGreaterThan(then.version());
        }
        System.out.println(
                "simulator | blocks its event loop | exit 70 | "
                        + then.snapshot().state()
                        + " version "
                        + then.version()
                        + " at tick "
                        + then.tick()
                        + " from the input log, then ACTIVE");
    }

    private static TwinStatus first(LiveProcess process) throws Exception {
        return WebHarness.get(process.topology().twins()).get(0);
    }

    private static StoredState replayed(Path log) throws Exception {
        Replay replay = new Replay(Plans.setup(), List.of(TWIN), List.of(List.of(TWIN)));
        try (InputLogReader reader = new InputLogReader(log)) {
            Optional<InputRecord> next = reader.next();
            while (next.isPresent()) {
                assertThat(replay.apply(next.get())).isEmpty();
                next = reader.next();
            }
        }
        return replay.store().get(TWIN).orElseThrow();
    }
}
