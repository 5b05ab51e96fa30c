package io.qiki.dtmp.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.RadarDetection.RangeBand;
import io.qiki.dtmp.model.RadarDetection.TransponderMode;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import qiki.common.SensorType;

/** What the original may tell, each of it possible, none of it likely; numbers fit into floats. */
final class RandomReports {
    private static final String[] TEXTS = {"", "x", "dto_version", "läuft", "a b", "\u0000", "0"};

    private final Random random;
    private final RandomModel values;

    RandomReports(long seed) {
        random = new Random(seed);
        values = new RandomModel(seed);
    }

    ReadingReport reading() {
        SensorType[] types = SensorType.values();
        return new ReadingReport(
                id(),
                types[1 + random.nextInt(types.length - 2)],
                maybe(this::date),
                value(),
                one(Unit.values()),
                random.nextBoolean(),
                text(),
                random.nextFloat(),
                text());
    }

    private ReadingReport.Value value() {
        return switch (random.nextInt(6)) {
            case 0 -> ReadingReport.Value.None.INSTANCE;
            case 1 -> new ReadingReport.Value.Vector(vector());
            case 2 -> new ReadingReport.Value.Scalar(number());
            case 3 -> new ReadingReport.Value.Bytes(ByteString.copyFromUtf8(text()));
            case 4 -> new ReadingReport.Value.Frame(frame());
            default -> new ReadingReport.Value.Track(track());
        };
    }

    RadarReport frame() {
        return new RadarReport(
                count(), maybe(this::id), maybe(this::id), maybe(this::date), some(this::echo));
    }

    private RadarReport.Echo echo() {
        return new RadarReport.Echo(
                Math.abs(values.number()),
                random.nextInt(5) == 0 ? Math.nextDown(360.0) : 360 * random.nextDouble(),
                180 * random.nextDouble() - 90,
                values.number(),
                values.number(),
                values.number(),
                random.nextBoolean(),
                one(TransponderMode.values()),
                text(),
                one(RangeBand.values()),
                maybe(random::nextBoolean));
    }

    TrackReport track() {
        return new TrackReport(
                count(),
                id(),
                one(RadarTrack.ObjectType.values()),
                one(RadarTrack.Iff.values()),
                echo(),
                random.nextDouble(),
                maybe(this::date),
                one(RadarTrack.Status.values()),
                maybe(this::vector),
                maybe(this::vector),
                triangle(),
                triangle(),
                Math.abs(values.number()),
                count());
    }

    private List<Double> triangle() {
        List<Double> all = new ArrayList<>();
        for (int i = random.nextBoolean() ? 6 : 0; i > 0; i--) {
            all.add(values.number());
        }
        return all;
    }

    SelfTestReport selfTest() {
        return new SelfTestReport(
                maybe(this::date),
                text(),
                some(
                        () ->
                                new SelfTestReport.Device(
                                        maybe(this::id),
                                        text(),
                                        one(DeviceStatus.Status.values()),
                                        text(),
                                        one(DeviceStatus.Kind.values()),
                                        one(DeviceStatus.Code.values()))),
                random.nextBoolean(),
                maybe(this::id),
                random.nextFloat(),
                maybe(this::date),
                random.nextLong() >>> 1);
    }

    ProposalReport proposal(TwinId twin) {
        return new ProposalReport(
                id(),
                text(),
                maybe(this::date),
                some(() -> action(twin)),
                text(),
                random.nextFloat(),
                maybe(
                        () ->
                                Duration.newBuilder()
                                        .setSeconds(count())
                                        .setNanos(random.nextInt(1_000_000_000))
                                        .build()),
                one(Proposal.Type.values()),
                texts(),
                random.nextFloat(),
                one(ProposalReport.Verdict.values()),
                some(this::id),
                some(this::id),
                text());
    }

    private ActuatorMessages.Received action(TwinId twin) {
        ActuatorCommand any = values.command(twin);
        CommandValue value = any.value();
        if (value instanceof CommandValue.Scalar) {
            value = new CommandValue.Scalar(number());
        } else if (value instanceof CommandValue.Vector) {
            value = new CommandValue.Vector(vector());
        }
        return new ActuatorMessages.Received(
                new ActuatorCommand(
                        any.id(),
                        twin,
                        any.actuator(),
                        any.type(),
                        value,
                        any.unit(),
                        any.timeoutMillis()),
                maybe(this::date),
                random.nextFloat(),
                random.nextBoolean(),
                count());
    }

    private double number() {
        float any = Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(any) ? any : -0.0f;
    }

    private Vec3 vector() {
        return new Vec3(number(), number(), number());
    }

    private int count() {
        return random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(100);
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private Timestamp date() {
        return Timestamp.newBuilder()
                .setSeconds(random.nextInt())
                .setNanos(random.nextInt(1_000_000_000))
                .build();
    }

    private SortedMap<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>();
        some(() -> texts.put(text(), text()) == null);
        return texts;
    }

    private String text() {
        return one(TEXTS);
    }

    private <T> T one(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> make) {
        return random.nextBoolean() ? Optional.of(make.get()) : Optional.empty();
    }

    private <T> List<T> some(Supplier<T> make) {
        List<T> all = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            all.add(make.get());
        }
        return all;
    }
}
