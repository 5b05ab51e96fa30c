package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Injected faults: when they act, and what they do to the sensors. */
final class Faults {
    private static final int WORDS = WorldState.FAULT_WORDS;
    private static final long USED = 1L << 32;
    private final WorldState state;
    private final Sensors sensors;
    private final VehicleProfile profile;
    private final long stepsPerTick;

    Faults(WorldState state, Sensors sensors, WorldSettings settings) {
        this.state = state;
        this.sensors = sensors;
        this.profile = settings.profile();
        this.stepsPerTick = settings.stepsPerTick();
    }

    /** Injects a fault; gives why not, if so. */
    Optional<Failure> inject(int i, FaultSpec fault) {
        Optional<SensorId> sensor = SensorId.of(fault.target());
        if (sensor.isEmpty() || profile.sensor(sensor.get()).isEmpty()) {
            return refused(
                    FailureCode.BAD_ARGUMENT,
                    fault.type().text()
                            + " needs a sensor of the vehicle as its target, was "
                            + fault.target());
        }
        if (!fault.parameters().isEmpty()) {
            return refused(
                    FailureCode.BAD_ARGUMENT,
                    fault.type().text()
                            + " takes no parameters, was "
                            + fault.parameters().keySet());
        }
        long id = hash(fault.id());
        int free = -1;
        int from = WORDS * WorldState.FAULTS * i;
        for (int at = from; at < from + WORDS * WorldState.FAULTS; at += WORDS) {
            if (state.faults[at + 1] == 0 || state.faults[at + 3] <= state.step[i]) {
                free = free < 0 ? at : free;
            } else if (state.faults[at] == id) {
                return refused(
                        FailureCode.ID_REUSED, "fault " + fault.id() + " is already injected");
            }
        }
        if (free < 0) {
            return refused(
                    FailureCode.QUEUE_FULL,
                    "a vehicle takes " + WorldState.FAULTS + " faults at a time; clear one first");
        }
        state.faults[free] = id;
        state.faults[free + 1] = USED | fault.type().ordinal() | (long) sensor.get().ordinal() << 8;
        state.faults[free + 2] = firstStep(fault.fromTick());
        state.faults[free + 3] = firstStep(fault.untilTick());
        return Optional.empty();
    }

    /** Clears a fault; gives why not, if so. */
    Optional<Failure> clear(int i, String faultId) {
        long id = hash(faultId);
        int from = WORDS * WorldState.FAULTS * i;
        for (int at = from; at < from + WORDS * WorldState.FAULTS; at += WORDS) {
            if (state.faults[at + 1] != 0 && state.faults[at] == id) {
                for (int k = at; k < at + WORDS; k++) {
                    state.faults[k] = 0;
                }
                return Optional.empty();
            }
        }
        return refused(FailureCode.NOT_FOUND, "there is no fault " + faultId);
    }

    /**
     * Keys of what a vehicle holds and is not over, in no order that matters.
     *
     * @param activeOnly only those that act in the step that begins
     */
    List<Long> held(int i, boolean activeOnly) {
        List<Long> keys = new ArrayList<>();
        long next = state.step[i] + 1;
        int from = WORDS * WorldState.FAULTS * i;
        for (int at = from; at < from + WORDS * WorldState.FAULTS; at += WORDS) {
            boolean over = state.faults[at + 1] == 0 || state.faults[at + 3] <= next;
            if (!over && (!activeOnly || state.faults[at + 2] <= next)) {
                keys.add(state.faults[at]);
            }
        }
        return keys;
    }

    /** The key of a fault id. */
    static long key(String faultId) {
        return hash(faultId);
    }

    /** What is injected into a vehicle. */
    long[] save(int i) {
        int from = WORDS * WorldState.FAULTS * i;
        return Arrays.copyOfRange(state.faults, from, from + WORDS * WorldState.FAULTS);
    }

    /** Injects what was saved. */
    void restore(int i, long[] saved) {
        System.arraycopy(saved, 0, state.faults, WORDS * WorldState.FAULTS * i, saved.length);
    }

    /** Decides which faults act in the step that begins. */
    void step(int i) {
        long next = state.step[i] + 1;
        long off = 0;
        int from = WORDS * WorldState.FAULTS * i;
        for (int at = from; at < from + WORDS * WorldState.FAULTS; at += WORDS) {
            if (state.faults[at + 1] != 0
                    && next >= state.faults[at + 2]
                    && next < state.faults[at + 3]) {
                off |= 1L << (state.faults[at + 1] >> 8 & 255);
            }
        }
        long begun = off & ~state.sensorsOff[i];
        state.sensorsOff[i] = off;
        while (begun != 0) {
            int sensor = Long.numberOfTrailingZeros(begun);
            begun &= begun - 1;
            sensors.silence(i, sensor, DataReason.OFF, true);
        }
    }

    /** The first step that belongs to a tick. */
    private long firstStep(long tick) {
        if (tick <= 0) {
            return 0;
        }
        return tick > Long.MAX_VALUE / stepsPerTick
                ? Long.MAX_VALUE
                : (tick - 1) * stepsPerTick + 1;
    }

    private static long hash(String id) {
        return new Hash64().add(id).value();
    }

    private static Optional<Failure> refused(FailureCode code, String sentence) {
        return Optional.of(new Failure(code, sentence));
    }
}
