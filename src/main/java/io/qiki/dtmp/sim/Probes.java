package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.DeviceSpec;
import io.qiki.dtmp.model.PowerSpec.LoadId;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.ProbeAnswer.Result;
import io.qiki.dtmp.model.SensorId;
import java.util.ArrayList;
import java.util.List;

/**
 * What the devices of a vehicle answer to their self-test probe: the supply voltage that they see,
 * sampled once a second. A sensor or load that is switched off says so; one without power is
 * silent. The list is the same object while nothing changed.
 */
final class Probes {
    private static final int ESSENTIAL = -1;
    private final WorldState state;
    private final List<DeviceSpec> devices;
    private final long probeSteps;
    private final int[] sensor;
    private final int[] load;
    private final List<List<ProbeAnswer>> cache;

    Probes(WorldState state, int vehicles, WorldSettings settings) {
        this.state = state;
        devices = settings.profile().devices();
        probeSteps = Math.max(1, 1_000_000_000L / settings.stepNanos());
        sensor = new int[devices.size()];
        load = new int[devices.size()];
        for (int d = 0; d < devices.size(); d++) {
            DeviceSpec device = devices.get(d);
            sensor[d] = SensorId.of(device.id()).map(SensorId::ordinal).orElse(ESSENTIAL);
            load[d] =
                    switch (device.kind()) {
                        case SENSOR -> supplyOf(sensor[d]);
                        case ACTUATOR -> LoadId.AVIONICS.ordinal();
                        case UNSPECIFIED, POWER_UNIT -> LoadId.ESSENTIAL.ordinal();
                        case COMMUNICATION, CONTROLLER -> loadOf(device.id());
                    };
        }
        cache = new ArrayList<>(vehicles);
        for (int i = 0; i < vehicles; i++) {
            cache.add(List.of());
        }
    }

    private static int supplyOf(int sensor) {
        if (sensor == SensorId.RADAR_360.ordinal()) {
            return LoadId.RADAR.ordinal();
        }
        boolean gauge =
                sensor == SensorId.THERMAL.ordinal()
                        || sensor == SensorId.POWER_GAUGE.ordinal()
                        || sensor == SensorId.PROPELLANT_GAUGE.ordinal();
        return gauge ? LoadId.ESSENTIAL.ordinal() : LoadId.AVIONICS.ordinal();
    }

    private static int loadOf(String device) {
        for (LoadId id : LoadId.values()) {
            if (id.id().equals(device)) {
                return id.ordinal();
            }
        }
        return LoadId.ESSENTIAL.ordinal();
    }

    /** Samples the supply voltage once a second. */
    void step(int i) {
        if (state.step[i] % probeSteps == 0) {
            state.probeVolts[i] = state.busVolts[i];
        }
    }

    /** Forgets the objects of a vehicle whose columns were replaced. */
    void forget(int i) {
        cache.set(i, List.of());
    }

    /** The answers of all devices of a vehicle, in the order of the profile. */
    List<ProbeAnswer> of(int i) {
        List<ProbeAnswer> known = cache.get(i);
        if (known.size() == devices.size() && same(i, known)) {
            return known;
        }
        List<ProbeAnswer> answers = new ArrayList<>(devices.size());
        for (int d = 0; d < devices.size(); d++) {
            Result result = result(i, d);
            boolean answered = result == Result.ANSWERED;
            answers.add(
                    new ProbeAnswer(
                            devices.get(d).id(),
                            result,
                            answered ? state.probeVolts[i] : 0,
                            answered ? 0 : age(i, d)));
        }
        List<ProbeAnswer> fixed = List.copyOf(answers);
        cache.set(i, fixed);
        return fixed;
    }

    private boolean same(int i, List<ProbeAnswer> known) {
        for (int d = 0; d < known.size(); d++) {
            ProbeAnswer answer = known.get(d);
            if (answer.result() != result(i, d)) {
                return false;
            }
            boolean answered = answer.result() == Result.ANSWERED;
            if (answered ? answer.value() != state.probeVolts[i] : answer.ageSteps() != age(i, d)) {
                return false;
            }
        }
        return true;
    }

    private Result result(int i, int d) {
        if (sensor[d] >= 0 && (state.sensorsOff[i] >> sensor[d] & 1) != 0) {
            return Result.OFF;
        }
        int l = WorldState.LOADS * i + load[d];
        if (state.loadWatts[l] > 0) {
            return Result.ANSWERED;
        }
        int reason = (int) (state.loadState[l] >> 8);
        boolean chosen =
                reason == LoadShedding.SAFE_MODE
                        || reason == LoadShedding.LOW_CHARGE
                        || reason == LoadShedding.OVERHEAT
                        || reason == LoadShedding.OVERCURRENT;
        return chosen && load[d] > LoadId.AVIONICS.ordinal() ? Result.OFF : Result.SILENT;
    }

    private long age(int i, int d) {
        long since =
                sensor[d] >= 0
                        ? state.sensorStep[WorldState.SENSORS * i + sensor[d]]
                        : state.loadSince[WorldState.LOADS * i + load[d]];
        return Math.max(0, state.step[i] - since);
    }
}
