package io.qiki.dtmp.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.agent.DecisionEngine;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorTrust;
import io.qiki.dtmp.model.VehicleProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that can break without a bus, in every way it can, against the row that is expected of
 * it. What breaks with the bus is in {@code it/FailureMatrixIT}.
 */
@Timeout(60)
class FailureMatrixTest {
    private static final String EXPECTED = "/io/qiki/dtmp/scenario/failure-matrix.txt";
    private static final int FLYING_TICKS = 60;
    private static final int LONGEST_TICKS = 200;
    private static final int SAFE_WITHIN_TICKS = 3;
    private static final Map<String, String> MEASURED = new TreeMap<>();

    /** What breaks. */
    private static List<String> subjects() {
        List<String> all = new ArrayList<>();
        VehicleProfile.qikiDodeca01().criticalSensors().forEach(sensor -> all.add(sensor.id()));
        all.addAll(
                List.of(
                        SensorId.SOLAR.id(),
                        "self-test",
                        "provider",
                        "essential engine",
                        "optional engine",
                        "store"));
        return all;
    }

    private static Map<String, String> expected() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        try (InputStream in = FailureMatrixTest.class.getResourceAsStream(EXPECTED)) {
            assertThat(in).as("the table of expected rows").isNotNull();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> rows.put(cell(line), line.strip()));
        }
        return rows;
    }

    private static String cell(String row) {
        String[] parts = row.split("\\|", -1);
        return parts[0].strip() + " | " + parts[1].strip();
    }

    static Stream<Arguments> cells() {
        return subjects().stream()
                .flatMap(
                        subject ->
                                Stream.of(Breakdown.values())
                                        .map(kind -> Arguments.of(subject, kind)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void shouldCostWhatTheTableSays(String subject, Breakdown kind) throws IOException {
        String key = subject + " | " + kind.text();
        String wanted = expected().getOrDefault(key, "no row");
        if (wanted.contains("| no such cell")) {
            assertThat(wanted).as("says why").hasSizeGreaterThan(key.length() + 30);
            MEASURED.put(key, wanted);
            return;
        }
        String row = key + " | " + new Case(subject, kind).run();
        MEASURED.put(key, row);
        assertThat(row).isEqualTo(wanted);
    }

    @Test
    void shouldHaveARowForEveryCellAndNoOther() throws IOException {
        List<String> keys =
                cells().map(cell -> cell.get()[0] + " | " + ((Breakdown) cell.get()[1]).text())
                        .toList();
        assertThat(expected().keySet()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @AfterAll
    static void print() {
        System.out.println(
                "what | how | detectable after | ticks from then to SAFE_MODE | reason"
                        + " | ticks to recovery | unsafe actions | ticks lost | state lost");
        MEASURED.values().forEach(System.out::println);
    }

    /** One cell. */
    private static final class Case {
        private final String subject;
        private final Breakdown kind;
        private final Optional<SensorId> sensor;
        private final BrokenSight sight;
        private final Saboteur engine;
        private final BrokenFlight flight;

        Case(String subject, Breakdown kind) {
            this.subject = subject;
            this.kind = kind;
            this.sensor = SensorId.of(subject);
            this.sight = new BrokenSight(kind);
            this.engine = new Saboteur(subject.startsWith("essential"), kind);
            List<DecisionEngine> guests = subject.endsWith("engine") ? List.of(engine) : List.of();
            this.flight = new BrokenFlight(guests);
            if (sensor.isPresent()) {
                flight.sight = seen -> sight.sensor(seen, sensor.get());
            } else if (subject.equals("self-test")) {
                flight.sight = sight::selfTest;
            } else if (subject.equals("provider")) {
                flight.sight = sight::provider;
            }
        }

        private void set(boolean broken) {
            sight.broken = broken;
            engine.broken = broken;
            flight.selfTestThrows =
                    broken && subject.equals("self-test") && kind == Breakdown.THROWS;
            boolean store = broken && subject.equals("store");
            flight.storeAway = store && (kind == Breakdown.FAILS || kind == Breakdown.COMES_BACK);
            flight.storeThrows = store && kind == Breakdown.THROWS;
            flight.storeTicks = store && kind == Breakdown.LATE ? 2 : 0;
            flight.acks =
                    store && kind == Breakdown.GARBAGE ? BrokenFlight::foreign : answer -> answer;
        }

        String run() {
            for (int i = 0; i < FLYING_TICKS; i++) {
                flight.tick();
            }
            assertThat(flight.state()).isEqualTo(FsmState.ACTIVE);
            int detected = 0;
            int safe = 0;
            int entries = 0;
            String reason = "-";
            int recovered = 0;
            boolean before = false;
            for (int since = 1; since <= LONGEST_TICKS; since++) {
                set(kind.broken(since));
                flight.tick();
                if (detected == 0 && detectable(since)) {
                    detected = since;
                }
                FsmSnapshot now = flight.last().output().snapshot();
                boolean in = now.state() == FsmState.SAFE_MODE;
                if (in && !before) {
                    entries++;
                    safe = safe == 0 ? since : safe;
                    reason = entries == 1 ? now.reason().name() : reason + ", " + now.reason();
                } else if (!in && before) {
                    recovered = since - kind.lastBroken();
                    assertThat(now.last().trigger()).isEqualTo("SAFE_MODE_EXIT_CONFIRMED");
                }
                before = in;
            }
            assertThat(flight.state()).as("at the end").isEqualTo(FsmState.ACTIVE);
            if (safe > 0) {
                assertThat(safe - detected + 1).isBetween(1, SAFE_WITHIN_TICKS);
            }
            return (detected == 0 ? "never" : detected)
                    + " | "
                    + (safe == 0 ? "none" : safe - detected + 1)
                    + " | "
                    + reason
                    + " | "
                    + (safe == 0 ? "-" : recovered)
                    + " | "
                    + flight.unsafe()
                    + " | "
                    + flight.ticksLost()
                    + " | "
                    + flight.stateLost();
        }

        /** From when on the agent could know: by its own trust, or by what is said of it. */
        private boolean detectable(int since) {
            if (sensor.isPresent()) {
                return flight.last().output().trust().stream()
                        .anyMatch(
                                trust ->
                                        trust.sensor() == sensor.get()
                                                && trust.verdict() != SensorTrust.Verdict.OK);
            }
            if (subject.endsWith("engine")) {
                return since >= 3 && kind != Breakdown.LATE;
            }
            if (subject.equals("self-test") && kind == Breakdown.HANGS) {
                return !flight.last().output().bios().allSystemsGo();
            }
            if (subject.equals("store")) {
                return since >= 2 && kind != Breakdown.LATE;
            }
            return kind != Breakdown.LATE || subject.equals("provider");
        }
    }
}
