package io.qiki.dtmp.scenario;

import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Vec3;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Changes what an agent sees, as broken sensors, probes and providers do. */
final class BrokenSight {
    private static final int LATE_TICKS = 15;

    private final Breakdown kind;
    private final Deque<Observation> past = new ArrayDeque<>();
    private long garbage;

    /** Whether it is broken now. */
    boolean broken;

    BrokenSight(Breakdown kind) {
        this.kind = kind;
    }

    private Observation seen(SensedInput input) {
        Observation seen = ((SensedInput.Seen) input).observation();
        if (!broken || kind == Breakdown.LATE || kind == Breakdown.GARBAGE) {
            past.addLast(seen);
        }
        if (past.size() > LATE_TICKS) {
            past.removeFirst();
        }
        return seen;
    }

    /** A sensor that breaks. */
    SensedInput sensor(SensedInput input, SensorId sensor) {
        Observation seen = seen(input);
        if (!broken) {
            return input;
        }
        SensorReading now = seen.reading(sensor);
        SensorReading told =
                switch (kind) {
                    case FAILS, THROWS, COMES_BACK ->
                            SensorReading.noData(
                                    sensor,
                                    now.sequence(),
                                    now.sourceStep(),
                                    DataReason.OFF,
                                    false);
                    case HANGS -> past.getLast().reading(sensor);
                    case LATE -> past.getFirst().reading(sensor);
                    case GARBAGE -> nonsense(now);
                };
        List<SensorReading> readings = new ArrayList<>(seen.readings());
        readings.set(sensor.ordinal(), told);
        return new SensedInput.Seen(with(seen, readings, seen.probes()));
    }

    /** A value with a good conscience that cannot be. */
    private SensorReading nonsense(SensorReading now) {
        garbage++;
        Vec3 absurd = new Vec3(1e6 * garbage, -3e5, 7e4);
        Measurement measurement =
                switch (now.sensor()) {
                    case IMU_MAIN -> new Measurement.Inertial(absurd, absurd);
                    case NAV -> new Measurement.Navigation(absurd, absurd);
                    default -> new Measurement.SunDirection(absurd);
                };
        return SensorReading.ok(now.sensor(), now.sequence(), now.sourceStep(), measurement);
    }

    /** A self-test that breaks. */
    SensedInput selfTest(SensedInput input) {
        Observation seen = seen(input);
        boolean odd = seen.tick() % 2 == 1;
        if (!broken || kind == Breakdown.THROWS || kind == Breakdown.LATE && odd) {
            return input;
        }
        List<ProbeAnswer> probes = List.of();
        if (kind == Breakdown.GARBAGE) {
            probes = new ArrayList<>(seen.probes());
            probes.set(0, seen.probes().get(1));
        } else if (kind == Breakdown.HANGS) {
            long age = seen.step() - past.getLast().step();
            probes = seen.probes().stream().map(probe -> aged(probe, age)).toList();
        }
        return new SensedInput.Seen(with(seen, seen.readings(), probes));
    }

    private static ProbeAnswer aged(ProbeAnswer probe, long age) {
        return new ProbeAnswer(
                probe.device(), probe.result(), probe.value(), probe.ageSteps() + age);
    }

    /** A provider that breaks. */
    SensedInput provider(SensedInput input) {
        Observation seen = seen(input);
        if (!broken) {
            return input;
        }
        return switch (kind) {
            case FAILS, HANGS, COMES_BACK ->
                    new SensedInput.Blind(
                            new Failure(FailureCode.PROVIDER_UNAVAILABLE, "no answer"));
            case THROWS ->
                    new SensedInput.Blind(
                            new Failure(FailureCode.SIM_UNAVAILABLE, "cannot be observed"));
            case GARBAGE -> new SensedInput.Seen(foreign(seen));
            case LATE -> new SensedInput.Seen(past.getFirst());
        };
    }

    private static Observation with(
            Observation seen, List<SensorReading> readings, List<ProbeAnswer> probes) {
        return new Observation(
                seen.twin(),
                seen.incarnation(),
                seen.tick(),
                seen.step(),
                readings,
                probes,
                seen.outcomes(),
                seen.status(),
                seen.epochSeen(),
                seen.worldHash());
    }

    private static Observation foreign(Observation seen) {
        return new Observation(
                new TwinId("nobody"),
                seen.incarnation(),
                seen.tick(),
                seen.step(),
                seen.readings(),
                seen.probes(),
                seen.outcomes(),
                seen.status(),
                seen.epochSeen(),
                seen.worldHash());
    }
}
