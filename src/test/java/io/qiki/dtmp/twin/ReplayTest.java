package io.qiki.dtmp.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qiki.dtmp.journal.InputLog;
import io.qiki.dtmp.journal.InputLogDamaged;
import io.qiki.dtmp.journal.InputLogHeader;
import io.qiki.dtmp.journal.InputLogReader;
import io.qiki.dtmp.model.InputRecord;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ReplayTest {
    private static final List<TwinId> TWINS = StepRun.names("qiki-", 3);
    private static final TwinSetup SETUP = TwinSetup.of(5);

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("run.log");
    }

    private static InputLogHeader header() {
        List<String> fields =
                new World(SETUP.world(), TWINS)
                        .columns().all().stream().map(column -> column.name()).toList();
        return new InputLogHeader(InputLog.SCHEMA, 0, 1, List.of("{}"), fields);
    }

    private RecordedRun record(long seed, int ticks) throws IOException {
        try (InputLog log = InputLog.create(file(), header())) {
            RecordedRun run = new RecordedRun(seed, SETUP, TWINS, log);
            run.run(ticks);
            return run;
        }
    }

    private static Replay replay() {
        return new Replay(SETUP, TWINS, List.of(TWINS));
    }

    private List<InputRecord> records() throws IOException {
        List<InputRecord> all = new ArrayList<>();
        try (InputLogReader reader = new InputLogReader(file())) {
            readInto(all, reader);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldGiveTheChainOfTheRunWhateverHappenedInIt(long seed) throws IOException {
        // Given
        RecordedRun run = record(seed, 1_500);

        // When
        Replay replay = replay();
        List<ReplayDifference> differences = new ArrayList<>();
        for (InputRecord record : records()) {
            replay.apply(record).ifPresent(differences::add);
        }

        // Then
        assertThat(differences).as("seed %d", seed).isEmpty();
        for (int i = 0; i < TWINS.size(); i++) {
            TwinId twin = TWINS.get(i);
            assertThat(replay.result().lines().get(i).hash()).isEqualTo(run.chain(i));
            assertThat(replay.snapshot(twin).world().longs())
                    .isEqualTo(run.sim().world().snapshot(i).longs());
            assertThat(replay.store().get(twin)).isEqualTo(run.store().get(twin));
        }
    }

    @Test
    void shouldReplayACutOffLogToItsLastWholeRecord() throws IOException {
        // Given
        record(9, 300);
        List<InputRecord> whole = records();
        byte[] bytes = Files.readAllBytes(file());

        for (int lost : new int[] {1, 7, 8, 100, bytes.length / 2, bytes.length - 2_000}) {
            // When
            Files.write(file(), Arrays.copyOf(bytes, bytes.length - lost));

            // Then
            List<InputRecord> left = records();
            assertThat(left).isEqualTo(whole.subList(0, left.size()));
            assertThat(left.size()).isLessThan(whole.size());
            Replay replay = replay();
            left.forEach(record -> assertThat(replay.apply(record)).isEmpty());
        }
    }

    @Test
    void shouldNameTheFirstDifferingTickAndField() throws IOException {
        // Given a log in which a fault came two records later than it did
        record(1, 400);
        List<InputRecord> records = new ArrayList<>(records());
        int fault = first(records, InputRecord.FaultInjected.class);
        InputRecord.FaultInjected injected = (InputRecord.FaultInjected) records.remove(fault);

        // When
        Replay replay = replay();
        Optional<ReplayDifference> found = Optional.empty();
        long ticks = 0;
        for (int i = 0; i < records.size() && found.isEmpty(); i++) {
            ticks += records.get(i) instanceof InputRecord.Advanced ? 1 : 0;
            found = replay.apply(records.get(i));
        }

        // Then
        assertThat(found).isPresent();
        assertThat(found.get().twin()).isEqualTo(injected.twin());
        assertThat(found.get().field()).startsWith("world ");
        assertThat(found.get().text()).contains("tick " + found.get().tick());
        assertThat(ticks).isEqualTo(advancesBefore(records, fault) + 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.7, 0.9})
    void shouldSayWhereALogIsDamaged(double place) throws IOException {
        // Given
        record(3, 200);
        byte[] bytes = Files.readAllBytes(file());
        int whole = records().size();
        int wrong = (int) (bytes.length * place);
        bytes[wrong] ^= 0x10;
        Files.write(file(), bytes);

        // When
        try (InputLogReader reader = new InputLogReader(file())) {
            List<InputRecord> read = new ArrayList<>();
            assertThatThrownBy(() -> readInto(read, reader))

                    // Then
                    .isInstanceOf(InputLogDamaged.class)
                    .hasMessageEndingWith("is damaged at byte " + reader.length());
            assertThat(read).hasSizeLessThan(whole);
            assertThat(reader.length()).isBetween(wrong - 100_000L, (long) wrong);
        }
    }

    @Test
    void shouldSeeADamagedLengthInTheMiddle() throws IOException {
        // Given a frame whose length is far beyond the end of the file
        record(3, 200);
        byte[] bytes = Files.readAllBytes(file());
        int second = headOf(bytes, 2);
        bytes[second + 1] = 0x7f;
        Files.write(file(), bytes);

        // When, then
        try (InputLogReader reader = new InputLogReader(file())) {
            assertThatThrownBy(() -> readInto(new ArrayList<>(), reader))
                    .isInstanceOfSatisfying(
                            InputLogDamaged.class,
                            damaged -> assertThat(damaged.offset()).isEqualTo(second));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeros", "garbage", "wrong last", "length and zeros"})
    void shouldTakeWhatACrashLeavesAtTheEndForACut(String left) throws IOException {
        // Given
        record(3, 200);
        List<InputRecord> whole = records();
        byte[] bytes = Files.readAllBytes(file());
        byte[] torn = Arrays.copyOf(bytes, bytes.length + 5_000);
        switch (left) {
            case "garbage" -> {
                byte[] garbage = new byte[5_000];
                new Random(7).nextBytes(garbage);
                System.arraycopy(garbage, 0, torn, bytes.length, garbage.length);
            }
            case "wrong last" -> {
                torn = bytes.clone();
                torn[torn.length - 1] ^= 1;
            }
            case "length and zeros" -> torn[bytes.length + 2] = 9;
            default -> assertThat(left).isEqualTo("zeros");
        }
        Files.write(file(), torn);

        // When
        List<InputRecord> read = new ArrayList<>();
        try (InputLogReader reader = new InputLogReader(file())) {
            readInto(read, reader);

            // Then
            int lost = left.equals("wrong last") ? 1 : 0;
            assertThat(read).isEqualTo(whole.subList(0, whole.size() - lost));
            assertThat(reader.cutOff()).isTrue();
            assertThat(reader.length()).isLessThan(torn.length);
        }
    }

    private static void readInto(List<InputRecord> all, InputLogReader reader) throws IOException {
        Optional<InputRecord> next = reader.next();
        while (next.isPresent()) {
            all.add(next.get());
            next = reader.next();
        }
    }

    /** Where a frame begins; the header is the first. */
    private static int headOf(byte[] bytes, int number) {
        int at = "QIKILOG1".length();
        for (int i = 0; i < number; i++) {
            at += Integer.BYTES + Integer.BYTES + ByteBuffer.wrap(bytes).getInt(at);
        }
        return at;
    }

    @Test
    void shouldRefuseWhatIsNoLog() throws IOException {
        Files.writeString(file(), "{}");
        assertThatThrownBy(() -> new InputLogReader(file()).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no input log");
        assertThatThrownBy(() -> new InputLogReader(folder.resolve("none")).close())
                .hasMessageContaining("does not exist");
        try (InputLog log =
                InputLog.create(file(), new InputLogHeader(1, 2, 1, List.of("{}"), List.of()))) {
            assertThat(log.records()).isZero();
        }
        assertThatThrownBy(() -> new InputLogReader(file()).close())
                .hasMessageContaining("another build");
    }

    @Test
    void shouldLeaveOutWhatAReplacedWriterStillRecords() throws IOException {
        try (InputLog log = InputLog.create(file(), header())) {
            var old = log.open("sim-0");
            old.record(new InputRecord.WorldsReset(0));
            var next = log.open("sim-0");
            old.record(new InputRecord.WorldsReset(0));
            next.record(new InputRecord.WorldsReset(0));
            assertThat(log.records()).isEqualTo(2);
        }
        assertThat(records()).hasSize(2);
    }

    private static int first(List<InputRecord> records, Class<? extends InputRecord> type) {
        for (int i = 0; i < records.size(); i++) {
            if (type.isInstance(records.get(i))) {
                return i;
            }
        }
        throw new AssertionError("the run has no " + type.getSimpleName());
    }

    private static long advancesBefore(List<InputRecord> records, int end) {
        return records.subList(0, end).stream()
                .filter(InputRecord.Advanced.class::isInstance)
                .count();
    }
}
