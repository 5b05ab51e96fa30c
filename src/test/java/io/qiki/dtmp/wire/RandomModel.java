package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.AgentOutlook;
import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.SensorTrust;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleSnapshot;
import io.qiki.dtmp.model.VehicleStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Values of the model, each of them possible, none of them likely. */
final class RandomModel {
    private final Random random;

    RandomModel(long seed) {
        random = new Random(seed);
    }

    <T> T one(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private <T> List<T> some(int most, Supplier<T> make) {
        List<T> all = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            all.add(make.get());
        }
        return all;
    }

    /** Any finite number, the awkward ones among them. */
    double number() {
        double[] awkward = {
            0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 1e-300, 0.1
        };
        if (random.nextInt(4) == 0) {
            return awkward[random.nextInt(awkward.length)];
        }
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(any) ? any : random.nextGaussian();
    }

    private double share() {
        return random.nextInt(5) == 0 ? random.nextInt(2) : random.nextDouble();
    }

    private long count() {
        return random.nextInt(4) == 0 ? Long.MAX_VALUE : random.nextLong() >>> 1;
    }

    private Vec3 vector() {
        return new Vec3(number(), number(), number());
    }

    private Quaternion attitude() {
        return Quaternion.normalised(
                random.nextGaussian(),
                random.nextGaussian(),
                random.nextGaussian(),
                random.nextGaussian());
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    TwinId twin() {
        return new TwinId("twin-" + random.nextInt(100));
    }

    private String text() {
        return random.ints(1 + random.nextInt(12), 0x20, 0x2FF)
                .filter(Character::isLetterOrDigit)
                .collect(() -> new StringBuilder("t"), StringBuilder::appendCodePoint, (a, b) -> {})
                .toString();
    }

    Measurement measurement() {
        return switch (random.nextInt(10)) {
            case 0 -> new Measurement.Inertial(vector(), vector());
            case 1 -> new Measurement.Navigation(vector(), vector());
            case 2 -> new Measurement.Attitude(attitude());
            case 3 -> new Measurement.Range(Math.abs(number()));
            case 4 -> new Measurement.SunDirection(vector());
            case 5 -> new Measurement.MagneticField(vector());
            case 6 -> new Measurement.Temperatures(some(6, () -> 1e6 * random.nextDouble()));
            case 7 ->
                    new Measurement.PowerGauge(
                            number(),
                            number(),
                            number(),
                            number(),
                            number(),
                            number(),
                            some(3, () -> new Measurement.ShedLoad(text(), text())));
            case 8 -> new Measurement.Propellant(number());
            default -> new Measurement.Radar(new RadarFrame(count(), count(), some(4, this::echo)));
        };
    }

    RadarDetection echo() {
        RadarDetection.RangeBand band = one(RadarDetection.RangeBand.values());
        return new RadarDetection(
                Math.abs(number()),
                2 * Math.PI * random.nextDouble(),
                Math.PI * (random.nextDouble() - 0.5),
                number(),
                number(),
                number(),
                one(RadarDetection.TransponderMode.values()),
                band == RadarDetection.RangeBand.LONG || random.nextBoolean() ? "" : text(),
                band);
    }

    SensorReading reading(SensorId sensor) {
        TruthState truth = one(TruthState.values());
        DataReason reason = DataReason.NONE;
        while ((truth == TruthState.OK) != (reason == DataReason.NONE)) {
            reason = one(DataReason.values());
        }
        return new SensorReading(
                sensor,
                count(),
                count(),
                truth,
                reason,
                share(),
                random.nextBoolean(),
                truth == TruthState.NO_DATA ? Measurement.None.INSTANCE : measurement());
    }

    Observation observation(TwinId twin) {
        List<SensorReading> readings = new ArrayList<>();
        for (SensorId sensor : SensorId.values()) {
            readings.add(reading(sensor));
        }
        return new Observation(
                twin,
                random.nextInt(Integer.MAX_VALUE),
                count(),
                count(),
                readings,
                some(
                        4,
                        () ->
                                new ProbeAnswer(
                                        text(),
                                        one(ProbeAnswer.Result.values()),
                                        number(),
                                        count())),
                some(4, this::outcome),
                new VehicleStatus(
                        one(Actuator.AttitudeMode.values()),
                        attitude(),
                        random.nextBoolean(),
                        vector(),
                        one(Actuator.PowerMode.values()),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        vector(),
                        vector(),
                        random.nextInt()),
                count(),
                random.nextLong());
    }

    private CommandOutcome outcome() {
        return new CommandOutcome(
                id(),
                one(Actuator.values()),
                one(CommandStage.values()),
                one(FailureCode.values()),
                count());
    }

    SensedInput sensed(TwinId twin) {
        return random.nextInt(4) == 0
                ? new SensedInput.Blind(new Failure(failure(), text()))
                : new SensedInput.Seen(observation(twin));
    }

    private FailureCode failure() {
        FailureCode[] all = FailureCode.values();
        return all[1 + random.nextInt(all.length - 1)];
    }

    ActuatorCommand command(TwinId twin) {
        CommandValue value =
                switch (random.nextInt(4)) {
                    case 0 -> new CommandValue.Scalar(number());
                    case 1 -> new CommandValue.Whole(random.nextInt());
                    case 2 -> new CommandValue.Flag(random.nextBoolean());
                    default -> new CommandValue.Vector(vector());
                };
        return new ActuatorCommand(
                id(),
                twin,
                one(Actuator.values()),
                one(ActuatorCommand.Type.values()),
                value,
                one(Unit.values()),
                random.nextInt(ActuatorCommand.MAX_TIMEOUT_MILLIS + 1));
    }

    FsmSnapshot snapshot() {
        FsmState state = one(FsmState.values());
        Activity activity = Activity.NONE;
        while ((state == FsmState.ACTIVE) != (activity != Activity.NONE)) {
            activity = one(Activity.values());
        }
        SafeModeReason reason = SafeModeReason.NONE;
        while ((state == FsmState.SAFE_MODE) != (reason != SafeModeReason.NONE)) {
            reason = one(SafeModeReason.values());
        }
        Transition last =
                new Transition(
                        one(FsmState.values()),
                        one(Activity.values()),
                        state,
                        activity,
                        text(),
                        count());
        return new FsmSnapshot(state, activity, reason, last, count());
    }

    StoredState state(TwinId twin) {
        return new StoredState(twin, count(), count(), count(), snapshot());
    }

    Proposal proposal(TwinId twin) {
        return new Proposal(
                id(),
                text(),
                one(Proposal.Type.values()),
                share(),
                share(),
                some(3, () -> command(twin)),
                text(),
                count(),
                some(3, this::id),
                some(3, this::id),
                one(Activity.values()));
    }

    VehicleSnapshot vehicle(TwinId twin) {
        return new VehicleSnapshot(
                twin,
                random.nextLong(),
                random.nextLong(),
                some(40, () -> Double.longBitsToDouble(random.nextLong())),
                some(40, random::nextLong),
                some(3, this::fault));
    }

    private FaultSpec fault() {
        long from = count();
        return new FaultSpec(
                text(),
                one(FaultSpec.Type.values()),
                text(),
                new TreeMap<>(Map.of(text(), number())),
                from,
                random.nextBoolean() ? Long.MAX_VALUE : from);
    }

    AgentStanding standing(TwinId twin) {
        return new AgentStanding(
                twin,
                random.nextInt(Integer.MAX_VALUE),
                count(),
                count(),
                random.nextLong(),
                random.nextBoolean() ? Optional.of(state(twin)) : Optional.empty());
    }

    List<ActuatorCommand> commands(TwinId twin) {
        return some(4, () -> command(twin));
    }

    TwinReport report(TwinId twin) {
        List<SensorTrust> trust = new ArrayList<>();
        for (SensorId sensor : random.nextBoolean() ? SensorId.values() : new SensorId[0]) {
            trust.add(new SensorTrust(sensor, one(SensorTrust.Verdict.values()), count()));
        }
        return new TwinReport(
                observation(twin),
                state(twin),
                new DecisionRecord(
                        count(),
                        one(FsmState.values()),
                        some(3, () -> judged(twin)),
                        commands(twin)),
                new BiosReport(
                        count(),
                        some(4, this::device),
                        random.nextBoolean(),
                        share(),
                        random.nextLong()),
                some(3, this::track),
                trust,
                outlook(),
                some(5, this::count));
    }

    private JudgedProposal judged(TwinId twin) {
        JudgedProposal.Reason reason = one(JudgedProposal.Reason.values());
        return new JudgedProposal(
                proposal(twin),
                reason == JudgedProposal.Reason.PASSED
                        ? JudgedProposal.Verdict.ACCEPTED
                        : JudgedProposal.Verdict.REJECTED,
                reason);
    }

    private DeviceStatus device() {
        return new DeviceStatus(
                text(),
                one(DeviceStatus.Kind.values()),
                one(DeviceStatus.Status.values()),
                one(DeviceStatus.Code.values()),
                random.nextBoolean(),
                random.nextBoolean() ? "" : text());
    }

    private RadarTrack track() {
        long last = count();
        return new RadarTrack(
                id(),
                one(RadarTrack.Status.values()),
                one(RadarTrack.ObjectType.values()),
                one(RadarTrack.Iff.values()),
                vector(),
                vector(),
                Math.abs(number()),
                number(),
                number(),
                number(),
                one(RadarDetection.TransponderMode.values()),
                random.nextBoolean() ? "" : text(),
                share(),
                random.nextBoolean() ? last : last / 2,
                last,
                1 + random.nextInt(Integer.MAX_VALUE),
                random.nextInt(Integer.MAX_VALUE));
    }

    private AgentOutlook outlook() {
        AgentOutlook.Aim aim =
                random.nextBoolean()
                        ? AgentOutlook.Aim.NONE
                        : new AgentOutlook.Aim(text(), one(Activity.values()), vector());
        AgentOutlook.Exit exit =
                random.nextBoolean()
                        ? AgentOutlook.Exit.NONE
                        : new AgentOutlook.Exit(
                                random.nextInt(Integer.MAX_VALUE),
                                1 + random.nextInt(Integer.MAX_VALUE),
                                random.nextBoolean() ? "" : text());
        return new AgentOutlook(aim, exit);
    }
}
