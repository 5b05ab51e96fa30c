package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorNoise;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.SensorSpec;
import io.qiki.dtmp.model.SensorTrust;
import io.qiki.dtmp.model.SensorTrust.Verdict;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.Vec3;
import java.util.ArrayList;
import java.util.List;

/** Judges the readings of an observation and averages the vehicle's own motion. Pure. */
// An unchanged part of the state stays the same object.
@SuppressWarnings("ReferenceEquality")
final class SensorWatch {
    /** Distinct readings with exactly one value that betray a stuck sensor. */
    static final int STUCK_READINGS = 5;

    /** Ticks after which a consistent position is believed although it once jumped. */
    static final int BELIEVE_AGAIN_TICKS = 20;

    private static final int NAV_READINGS = 16;
    private static final double FASTEST_MPS = 100;
    private static final double JUMP_METRES = 5;
    private static final double JUMP_SHARE = 0.01;
    private static final double VELOCITY_SHARE = 0.2;
    private static final int COMMON_AGES = 256;
    private static final Verdict[] VERDICTS = Verdict.values();

    /** Every trust that is seen often, made once for all agents. */
    private static final List<SensorTrust> COMMON = common();

    private final AgentSettings settings;
    private final SensorNoise.Inertial inertial;
    private final List<SensorSpec> specs;
    private final boolean noisy;
    private final long[] freshSteps;
    private final int[] criticalPlace;

    SensorWatch(AgentSettings settings) {
        this.settings = settings;
        this.inertial = settings.profile().noise().inertial();
        this.noisy = inertial.rateNoise() > 0;
        this.specs = settings.profile().sensors();
        this.freshSteps = new long[specs.size()];
        this.criticalPlace = new int[specs.size()];

        for (int i = 0; i < specs.size(); i++) {
            SensorId id = specs.get(i).id();
            freshSteps[i] = specs.get(i).freshnessNanos() / settings.stepNanos();
            criticalPlace[i] = settings.profile().criticalSensors().indexOf(id);
        }
    }

    /** What is known before the first observation. */
    SensorMemory initial() {
        List<SensorRun> runs = new ArrayList<>();
        for (SensorId sensor : settings.profile().criticalSensors()) {
            runs.add(new SensorRun(sensor, 0, 0, 0, 0));
        }
        return new SensorMemory(List.of(), runs, NavEstimate.NONE);
    }

    /** Takes an observation in. */
    SensorMemory take(SensorMemory before, Observation seen) {
        SensorTrust[] trust = new SensorTrust[specs.size()];
        SensorRun[] runs = before.critical().toArray(new SensorRun[0]);
        boolean same = before.trust().size() == specs.size();
        for (int i = 0; i < trust.length; i++) {
            SensorReading reading = seen.reading(specs.get(i).id());
            long age = Math.max(0, seen.step() - reading.sourceStep());
            Verdict verdict = verdict(reading, age, freshSteps[i]);
            int place = criticalPlace[i];
            if (place >= 0) {
                SensorRun run = follow(runs[place], reading);
                verdict = critical(verdict, run, reading, before.nav());
                runs[place] = judged(run, verdict);
            }
            trust[i] = trust(i, verdict, age);
            same = same && before.trust().get(i) == trust[i];
        }
        NavEstimate nav = nav(before.nav(), seen, trust, runs);
        return new SensorMemory(same ? before.trust() : List.of(trust), List.of(runs), nav);
    }

    private SensorTrust trust(int place, Verdict verdict, long age) {
        SensorId sensor = specs.get(place).id();
        int row = sensor.ordinal() * VERDICTS.length + verdict.ordinal();
        return age < COMMON_AGES
                ? COMMON.get(row * COMMON_AGES + (int) age)
                : new SensorTrust(sensor, verdict, age);
    }

    private static List<SensorTrust> common() {
        List<SensorTrust> all = new ArrayList<>();
        for (int sensor = 0; sensor < SensorId.count(); sensor++) {
            for (Verdict verdict : VERDICTS) {
                for (int age = 0; age < COMMON_AGES; age++) {
                    all.add(new SensorTrust(SensorId.at(sensor), verdict, age));
                }
            }
        }
        return List.copyOf(all);
    }

    private Verdict verdict(SensorReading reading, long age, long freshLimit) {
        if (reading.truth() == TruthState.NO_DATA) {
            return Verdict.NO_DATA;
        }
        if (reading.truth() == TruthState.INVALID) {
            return Verdict.INVALID;
        }
        if (reading.quality() < settings.limits().leastQuality()) {
            return Verdict.LOW_QUALITY;
        }
        return age > freshLimit ? Verdict.STALE : Verdict.OK;
    }

    private Verdict critical(
            Verdict verdict, SensorRun run, SensorReading reading, NavEstimate nav) {
        if (verdict != Verdict.OK) {
            return verdict;
        }
        if (!fits(reading)) {
            return Verdict.MISSING_FIELDS;
        }
        if (noisy && run.repeats() >= STUCK_READINGS) {
            return Verdict.STALE;
        }
        return plausible(reading, nav) ? Verdict.OK : Verdict.INVALID;
    }

    private static boolean fits(SensorReading reading) {
        return switch (reading.sensor()) {
            case IMU_MAIN -> reading.measurement() instanceof Measurement.Inertial;
            case NAV -> reading.measurement() instanceof Measurement.Navigation;
            case STAR_TRACKER,
                    LIDAR_FRONT,
                    RADAR_360,
                    SOLAR,
                    MAGNETOMETER,
                    DOCKING,
                    THERMAL,
                    RADIATION,
                    PROXIMITY,
                    POWER_GAUGE,
                    PROPELLANT_GAUGE ->
                    true;
        };
    }

    private boolean plausible(SensorReading reading, NavEstimate nav) {
        if (reading.measurement() instanceof Measurement.Inertial turn) {
            return turn.rateBody().norm() <= 2 * inertial.rateLimit()
                    && turn.specificForceBody().norm() <= 2 * inertial.forceLimit();
        }
        if (reading.measurement() instanceof Measurement.Navigation fix) {
            if (fix.velocityWorld().norm() > FASTEST_MPS) {
                return false;
            }
            return !nav.known()
                    || reading.sequence() == nav.sequence()
                    || jump(fix, reading.sourceStep(), nav)
                            <= JUMP_METRES + JUMP_SHARE * fix.positionWorld().norm();
        }
        return true;
    }

    private double jump(Measurement.Navigation fix, long step, NavEstimate nav) {
        Vec3 expected = nav.positionAfter(settings.seconds(Math.max(0, step - nav.step())));
        return fix.positionWorld().minus(expected).norm();
    }

    private static SensorRun follow(SensorRun run, SensorReading reading) {
        if (reading.sequence() == run.sequence() || !reading.usable()) {
            return run;
        }
        long fingerprint = fingerprint(reading);
        int repeats =
                run.sequence() > 0 && fingerprint == run.fingerprint() ? run.repeats() + 1 : 0;
        return new SensorRun(
                run.sensor(), reading.sequence(), fingerprint, repeats, run.badTicks());
    }

    private static SensorRun judged(SensorRun run, Verdict verdict) {
        int bad = verdict == Verdict.OK ? 0 : run.badTicks() + 1;
        return bad == run.badTicks()
                ? run
                : new SensorRun(
                        run.sensor(), run.sequence(), run.fingerprint(), run.repeats(), bad);
    }

    /** Of the value; of a sensor that may well repeat itself, of the sequence. */
    private static long fingerprint(SensorReading reading) {
        Measurement measurement = reading.measurement();
        if (measurement instanceof Measurement.Inertial turn) {
            return new Hash64().add(turn.rateBody()).add(turn.specificForceBody()).value();
        }
        if (measurement instanceof Measurement.Navigation fix) {
            return new Hash64().add(fix.positionWorld()).add(fix.velocityWorld()).value();
        }
        return reading.sequence();
    }

    private NavEstimate nav(
            NavEstimate before, Observation seen, SensorTrust[] trust, SensorRun[] runs) {
        SensorReading reading = seen.reading(SensorId.NAV);
        if (reading.sequence() == before.sequence()
                || !(reading.measurement() instanceof Measurement.Navigation fix)) {
            return before;
        }
        boolean trusted = false;
        for (SensorTrust one : trust) {
            trusted |= one.sensor() == SensorId.NAV && one.verdict() == Verdict.OK;
        }
        if (!trusted) {
            return jumpedForGood(runs) ? fresh(fix, reading) : before;
        }
        if (!before.known()) {
            return fresh(fix, reading);
        }
        int readings = Math.min(NAV_READINGS, before.readings() + 1);
        double dt = settings.seconds(Math.max(0, reading.sourceStep() - before.step()));
        double share = 1.0 / readings;
        double velocityShare = Math.max(VELOCITY_SHARE, share);
        Vec3 p = before.positionWorld();
        Vec3 v = before.velocityWorld();
        Vec3 fp = fix.positionWorld();
        Vec3 fv = fix.velocityWorld();
        double vx = v.x() + velocityShare * (fv.x() - v.x());
        double vy = v.y() + velocityShare * (fv.y() - v.y());
        double vz = v.z() + velocityShare * (fv.z() - v.z());
        double px = p.x() + dt * vx;
        double py = p.y() + dt * vy;
        double pz = p.z() + dt * vz;
        return new NavEstimate(
                readings,
                new Vec3(
                        px + share * (fp.x() - px),
                        py + share * (fp.y() - py),
                        pz + share * (fp.z() - pz)),
                new Vec3(vx, vy, vz),
                reading.sequence(),
                reading.sourceStep());
    }

    private static boolean jumpedForGood(SensorRun[] runs) {
        for (SensorRun run : runs) {
            if (run.sensor() == SensorId.NAV) {
                return run.badTicks() >= BELIEVE_AGAIN_TICKS && run.repeats() == 0;
            }
        }
        return false;
    }

    private static NavEstimate fresh(Measurement.Navigation fix, SensorReading reading) {
        return new NavEstimate(
                1,
                fix.positionWorld(),
                fix.velocityWorld(),
                reading.sequence(),
                reading.sourceStep());
    }
}
