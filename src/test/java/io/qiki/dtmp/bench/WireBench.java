package io.qiki.dtmp.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.AgentOutlook;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.model.VehicleProfile;
import io.qiki.dtmp.signal.SignalDictionary;
import io.qiki.dtmp.signal.SignalPlan;
import io.qiki.dtmp.signal.SignalValue;
import io.qiki.dtmp.twin.ScriptRecorder;
import io.qiki.dtmp.twin.TwinSetup;
import io.qiki.dtmp.wire.FsmMessages;
import io.qiki.dtmp.wire.FsmReport;
import io.qiki.dtmp.wire.ObservationMessages;
import io.qiki.dtmp.wire.TelemetryMessages;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import qiki.fsm.FsmStateSnapshot;

/**
 * From the model to bytes and back, checks included: the original's state snapshot, a whole
 * observation of the default vehicle, and its telemetry, which goes one way.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgs = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class WireBench {
    private static final double TARGET = 1_000_000;

    static final List<Figure> FIGURES =
            List.of(
                    Figure.of("encodeSnapshot", "snapshot-encode", "messages/s").target(TARGET),
                    Figure.of("decodeSnapshot", "snapshot-decode", "messages/s").target(TARGET),
                    Figure.of("encodeObservation", "observation-encode", "messages/s"),
                    Figure.of("decodeObservation", "observation-decode", "messages/s"),
                    Figure.of("encodeTelemetry", "telemetry-encode", "messages/s"));

    private final FsmReport report =
            new FsmReport(
                    Optional.of(new UUID(1, 2)),
                    Optional.empty(),
                    FsmState.ACTIVE,
                    List.of(),
                    new TreeMap<>(),
                    Optional.of(new UUID(3, 4)),
                    new TreeMap<>(),
                    "fsm_handler",
                    0,
                    OptionalLong.of(7),
                    Optional.of("PROPOSALS_RECEIVED"),
                    Optional.of(FsmState.IDLE),
                    OptionalLong.of(12_000_000_000L),
                    Optional.of(Activity.CRUISE));
    private final byte[] snapshot = FsmMessages.toWire(report).toByteArray();
    private final Observation seen = ScriptRecorder.record(1, 50).get(49);
    private final byte[] observation = ObservationMessages.toWire(seen).toByteArray();
    private final TwinReport tick =
            new TwinReport(
                    seen,
                    new StoredState(seen.twin(), 1, 2, seen.tick(), FsmSnapshot.coldStart()),
                    new DecisionRecord(seen.tick(), FsmState.BOOTING, List.of(), List.of()),
                    new BiosReport(0, List.of(), false, 0, 0),
                    List.of(),
                    List.of(),
                    AgentOutlook.NONE,
                    List.of());
    private final SignalPlan plan = plan();
    private final List<SignalValue> signals = new SignalDictionary(plan).read(tick);

    private static SignalPlan plan() {
        TwinSetup setup = DemoSetup.read();
        VehicleProfile profile = setup.world().profile();
        return SignalPlan.of(profile, setup.world().stepNanos(), setup.world().stepsPerTick());
    }

    /** A state snapshot to bytes. */
    @Benchmark
    public byte[] encodeSnapshot() {
        return FsmMessages.toWire(report).toByteArray();
    }

    /** Bytes to a state snapshot. */
    @Benchmark
    public FsmReport decodeSnapshot() throws InvalidProtocolBufferException {
        return FsmMessages.toModel(FsmStateSnapshot.parseFrom(snapshot));
    }

    /** An observation to bytes. */
    @Benchmark
    public byte[] encodeObservation() {
        return ObservationMessages.toWire(seen).toByteArray();
    }

    /** Bytes to an observation. */
    @Benchmark
    public Observation decodeObservation() throws InvalidProtocolBufferException {
        return ObservationMessages.toModel(qiki.twin.v1.Observation.parseFrom(observation));
    }

    /** Telemetry to bytes. */
    @Benchmark
    public byte[] encodeTelemetry() {
        return TelemetryMessages.toWire(tick, signals, plan.stepNanos(), 0).toByteArray();
    }
}
