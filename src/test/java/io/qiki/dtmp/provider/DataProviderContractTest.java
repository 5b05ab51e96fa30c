package io.qiki.dtmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.qiki.dtmp.grpc.GrpcDataProvider;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.wire.DriveMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qiki.twin.v1.ObservationBatch;

/** What holds of every provider, and the failures of each. */
@Timeout(20)
class DataProviderContractTest {
    private static final TwinId TWIN = new TwinId("qiki-1");
    private static final int LENGTH = 12;

    static Stream<DataProvider> providers() {
        return Stream.of(simulated(), new MockDataProvider(TWIN, script(), 5, false), remote());
    }

    /** What a simulator sends over the wire, byte by byte. */
    private static DataProvider remote() {
        World world = new World(WorldSettings.of(1), List.of(TWIN));
        GrpcDataProvider provider = new GrpcDataProvider(TWIN);
        return tick -> {
            provider.accept(sent(observe(world, tick)));
            return provider.observe(tick);
        };
    }

    private static SensedInput sent(Observation seen) {
        SensedBatch batch = new SensedBatch(1, List.of(new SensedInput.Seen(seen)));
        RunStatus run = new RunStatus(RunState.RUNNING, 1, 0, 0, 0);
        byte[] bytes = DriveMessages.batch(batch, List.of(TWIN), run).toByteArray();
        try {
            return DriveMessages.sensed(ObservationBatch.parseFrom(bytes)).sensed().get(0);
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }

    private static DataProvider simulated() {
        World world = new World(WorldSettings.of(1), List.of(TWIN));
        return new WorldDataProvider(TWIN, tick -> observe(world, tick));
    }

    private static Observation observe(World world, long tick) {
        if (tick > 0) {
            world.advance(5);
        }
        return world.observe(0, tick);
    }

    private static List<Observation> script() {
        World world = new World(WorldSettings.of(1), List.of(TWIN));
        List<Observation> lines = new ArrayList<>();
        for (int tick = 0; tick < LENGTH; tick++) {
            lines.add(observe(world, tick));
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldNumberTicksAndStepsWithoutGaps(DataProvider provider) {
        for (long tick = 0; tick < LENGTH; tick++) {
            Observation seen = seen(provider, tick);
            assertThat(seen.tick()).isEqualTo(tick);
            assertThat(seen.step()).isEqualTo(5 * tick);
            assertThat(seen.twin()).isEqualTo(TWIN);
            assertThat(seen.readings()).hasSize(SensorId.count());
        }
    }

    @Test
    void shouldRunOnWhenAScriptLoops() {
        DataProvider provider = new MockDataProvider(TWIN, script(), 5, true);
        long sequence = -1;
        for (long tick = 0; tick < 3 * LENGTH; tick++) {
            Observation seen = seen(provider, tick);
            assertThat(seen.step()).isEqualTo(5 * tick);
            long next = seen.reading(SensorId.IMU_MAIN).sequence();
            assertThat(next).isGreaterThanOrEqualTo(sequence);
            sequence = next;
            assertThat(seen.reading(SensorId.IMU_MAIN).sourceStep())
                    .isBetween(Math.max(0, seen.step() - 3), seen.step());
        }
    }

    @Test
    void shouldFailBeyondTheEndOfAScript() {
        assertBlind(new MockDataProvider(TWIN, script(), 5, false).observe(LENGTH));
        assertBlind(new MockDataProvider(TWIN, List.of(), 5, true).observe(0));
    }

    @Test
    void shouldRefuseAScriptWithAGap() {
        List<Observation> lines = script();
        lines.remove(3);
        assertThatThrownBy(() -> new MockDataProvider(TWIN, lines, 5, true))
                .hasMessageContaining("line 4 was tick 4");
    }

    @Test
    void shouldTurnEveryFailureOfASimulatorIntoAValue() {
        Observation line = script().get(3);
        assertBlind(
                new WorldDataProvider(
                                TWIN,
                                tick -> {
                                    throw new IllegalStateException("gone");
                                })
                        .observe(3));
        assertBlind(new WorldDataProvider(TWIN, tick -> line).observe(4));
        assertBlind(new WorldDataProvider(new TwinId("other"), tick -> line).observe(3));
    }

    @Test
    void shouldBeBlindWhileASimulatorOutsideIsNotHeard() {
        GrpcDataProvider provider = new GrpcDataProvider(TWIN);
        assertBlind(provider.observe(3));

        Observation line = script().get(3);
        provider.accept(sent(line));
        assertThat(seen(provider, 3)).isEqualTo(line);
        assertBlind(provider.observe(4));

        provider.lost("the line is cut");
        assertBlind(provider.observe(3));

        GrpcDataProvider other = new GrpcDataProvider(new TwinId("other"));
        other.accept(sent(line));
        assertBlind(other.observe(3));
    }

    private static Observation seen(DataProvider provider, long tick) {
        return ((SensedInput.Seen) provider.observe(tick)).observation();
    }

    private static void assertBlind(SensedInput input) {
        assertThat(input)
                .isInstanceOfSatisfying(
                        SensedInput.Blind.class,
                        blind ->
                                assertThat(blind.failure().code())
                                        .isEqualTo(FailureCode.PROVIDER_UNAVAILABLE));
    }
}
