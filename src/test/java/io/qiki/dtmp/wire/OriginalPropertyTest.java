package io.qiki.dtmp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TwinId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import qiki.fsm.FsmStateSnapshot;

/** Messages of the original: what comes back equals what went. */
class OriginalPropertyTest {
    private static final TwinId TWIN = new TwinId("qiki-1");
    private static final WireDates DATES =
            new WireDates(Instant.parse("2030-01-01T00:00:00Z"), 20_000_000);

    @Property(tries = 2_000)
    void shouldKeepEveryStateMachine(@ForAll long seed) throws InvalidProtocolBufferException {
        FsmReport report = report(new Random(seed));

        FsmStateSnapshot message = FsmMessages.toWire(report);
        FsmReport back = FsmMessages.toModel(FsmStateSnapshot.parseFrom(message.toByteArray()));

        assertThat(back).isEqualTo(report);
        assertThat(FsmMessages.toWire(back)).isEqualTo(message);
    }

    private static FsmReport report(Random random) {
        FsmState[] states = FsmState.values();
        List<FsmReport.Step> history = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            history.add(
                    new FsmReport.Step(
                            date(random),
                            states[random.nextInt(states.length)],
                            states[random.nextInt(states.length)],
                            text(random),
                            FsmReport.Outcome.values()[random.nextInt(4)],
                            text(random)));
        }
        return new FsmReport(
                random.nextBoolean() ? Optional.of(UUID.randomUUID()) : Optional.empty(),
                date(random),
                states[random.nextInt(states.length)],
                history,
                texts(random),
                random.nextBoolean() ? Optional.of(UUID.randomUUID()) : Optional.empty(),
                texts(random),
                text(random),
                random.nextInt(Integer.MAX_VALUE),
                whole(random),
                random.nextBoolean() ? Optional.of(text(random)) : Optional.empty(),
                random.nextBoolean()
                        ? Optional.of(states[random.nextInt(states.length)])
                        : Optional.empty(),
                whole(random),
                random.nextBoolean() ? Optional.of(Activity.CRUISE) : Optional.empty());
    }

    private static OptionalLong whole(Random random) {
        return random.nextBoolean()
                ? OptionalLong.of(random.nextLong() >>> 1)
                : OptionalLong.empty();
    }

    private static Optional<Timestamp> date(Random random) {
        return random.nextBoolean()
                ? Optional.of(
                        Timestamp.newBuilder()
                                .setSeconds(random.nextInt())
                                .setNanos(random.nextInt(1_000_000_000))
                                .build())
                : Optional.empty();
    }

    private static SortedMap<String, String> texts(Random random) {
        SortedMap<String, String> texts = new TreeMap<>();
        String[] keys = {"a", "dto_", "dto_version", "dto_user_x", "dto_user_dto_y", "user", ""};
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.put(keys[random.nextInt(keys.length)], text(random));
        }
        return texts;
    }

    private static String text(Random random) {
        String[] all = {"", "x", "dto_version", "läuft", "a b", "\u0000", "0"};
        return all[random.nextInt(all.length)];
    }

    @Property(tries = 2_000)
    void shouldKeepEveryReading(@ForAll long seed) throws InvalidProtocolBufferException {
        ReadingReport report = new RandomReports(seed).reading();

        var message = SensorMessages.toWire(report);
        var back =
                SensorMessages.toModel(qiki.sensors.SensorReading.parseFrom(message.toByteArray()));

        assertThat(back).isEqualTo(report);
        assertThat(SensorMessages.toWire(back)).isEqualTo(message);
    }

    @Property(tries = 1_000)
    void shouldKeepEveryRadarFrame(@ForAll long seed) throws InvalidProtocolBufferException {
        RadarReport report = new RandomReports(seed).frame();

        var message = RadarMessages.toWire(report);
        var back = RadarMessages.toModel(qiki.radar.v1.RadarFrame.parseFrom(message.toByteArray()));

        assertThat(back).isEqualTo(report);
        assertThat(RadarMessages.toWire(back)).isEqualTo(message);
    }

    @Property(tries = 1_000)
    void shouldKeepEveryRadarTrack(@ForAll long seed) throws InvalidProtocolBufferException {
        TrackReport report = new RandomReports(seed).track();

        var message = TrackMessages.toWire(report);
        var back = TrackMessages.toModel(qiki.radar.v1.RadarTrack.parseFrom(message.toByteArray()));

        assertThat(back).isEqualTo(report);
        assertThat(TrackMessages.toWire(back)).isEqualTo(message);
    }

    @Property(tries = 1_000)
    void shouldKeepEverySelfTest(@ForAll long seed) throws InvalidProtocolBufferException {
        SelfTestReport report = new RandomReports(seed).selfTest();

        var message = SelfTestMessages.toWire(report);
        var back =
                SelfTestMessages.toModel(
                        qiki.bios.BiosStatusReport.parseFrom(message.toByteArray()));

        assertThat(back).isEqualTo(report);
        assertThat(SelfTestMessages.toWire(back)).isEqualTo(message);
    }

    @Property(tries = 1_000)
    void shouldKeepEveryProposal(@ForAll long seed) throws InvalidProtocolBufferException {
        ProposalReport report = new RandomReports(seed).proposal(TWIN);

        var message = ProposalMessages.toWire(report);
        var back =
                ProposalMessages.toModel(qiki.mind.Proposal.parseFrom(message.toByteArray()), TWIN);

        assertThat(back).isEqualTo(report);
        assertThat(ProposalMessages.toWire(back)).isEqualTo(message);
    }

    @Property(tries = 1_000)
    void shouldComeToTheNearestFloatOfWhatIsMeasured(@ForAll long seed) {
        RandomModel random = new RandomModel(seed);
        double metres = Math.abs((float) random.number() * 0.7);
        if (!Float.isFinite((float) metres)) {
            metres = 1 / 3.0;
        }
        SensorReading reading =
                SensorReading.ok(SensorId.LIDAR_FRONT, 1, 100, new Measurement.Range(metres));

        ReadingReport back = SensorMessages.toModel(SensorMessages.toWire(TWIN, reading, DATES));

        assertThat(back.value()).isEqualTo(new ReadingReport.Value.Scalar((float) metres));
    }

    @Property(tries = 1_000)
    void shouldKeepEveryRadarFrameThatIsMeasured(@ForAll long seed) {
        RandomModel random = new RandomModel(seed);
        RadarFrame frame = new RadarFrame(7, 100, List.of(random.echo(), random.echo()));

        RadarReport report = RadarMessages.report(TWIN, frame, DATES);

        assertThat(RadarMessages.toModel(RadarMessages.toWire(report))).isEqualTo(report);
        assertThat(Math.toRadians(report.echoes().get(0).bearingDegrees()))
                .isCloseTo(frame.detections().get(0).bearingRadians(), Offset.offset(1e-12));
    }

    @Property(tries = 2_000)
    void shouldKeepEveryCommandThatAFloatCanHold(@ForAll long seed)
            throws InvalidProtocolBufferException {
        RandomModel random = new RandomModel(seed);
        qiki.actuators.ActuatorCommand message =
                ActuatorMessages.toWire(
                        new ActuatorMessages.Received(
                                random.command(TWIN),
                                Optional.of(
                                        Timestamp.newBuilder()
                                                .setSeconds(seed % 1_000_000_000)
                                                .build()),
                                0.5f,
                                (seed & 1) == 0,
                                3));
        // a double beyond every float becomes infinite, and is refused
        boolean finite =
                switch (message.getCommandValueCase()) {
                    case FLOAT_VALUE -> Float.isFinite(message.getFloatValue());
                    case VECTOR_VALUE ->
                            Float.isFinite(message.getVectorValue().getX())
                                    && Float.isFinite(message.getVectorValue().getY())
                                    && Float.isFinite(message.getVectorValue().getZ());
                    default -> true;
                };
        if (!finite) {
            assertThatThrownBy(() -> ActuatorMessages.toModel(message, TWIN))
                    .isInstanceOf(ConversionException.class)
                    .hasMessageContaining("finite");
            return;
        }

        ActuatorMessages.Received back =
                ActuatorMessages.toModel(
                        qiki.actuators.ActuatorCommand.parseFrom(message.toByteArray()), TWIN);

        assertThat(ActuatorMessages.toWire(back)).isEqualTo(message);
        ActuatorCommand again =
                ActuatorMessages.toModel(ActuatorMessages.toWire(back), TWIN).command();
        assertThat(again).isEqualTo(back.command());
    }
}
