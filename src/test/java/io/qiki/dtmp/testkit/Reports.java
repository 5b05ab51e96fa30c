package io.qiki.dtmp.testkit;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.AgentOutlook;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleStatus;
import java.util.ArrayList;
import java.util.List;

/** Reports of ticks made by hand. */
public final class Reports {
    /** The twin of all of them. */
    public static final TwinId TWIN = new TwinId("qiki-1");

    /** Steps of a tick. */
    public static final int STEPS_PER_TICK = 5;

    private Reports() {}

    /** A tick at which the given sensors answered and the others are not built. */
    public static TwinReport at(long tick, SensorReading... answers) {
        return new TwinReport(
                observation(tick, answers),
                new StoredState(TWIN, 1, 2, tick, cruising()),
                new DecisionRecord(tick, FsmState.ACTIVE, List.of(), List.of()),
                new BiosReport(0, List.of(), false, 0, 0),
                List.of(),
                List.of(),
                AgentOutlook.NONE,
                List.of(10L, 20L, 30L, 40L, 50L));
    }

    /** An observation at which the given sensors answered and the others are not built. */
    public static Observation observation(long tick, SensorReading... answers) {
        List<SensorReading> readings = new ArrayList<>();
        for (SensorId id : SensorId.values()) {
            readings.add(SensorReading.noData(id, 0, 0, DataReason.NOT_BUILT, false));
        }
        for (SensorReading answer : answers) {
            readings.set(answer.sensor().ordinal(), answer);
        }
        return new Observation(
                TWIN,
                0,
                tick,
                tick * STEPS_PER_TICK,
                readings,
                List.of(),
                List.of(),
                status(),
                1,
                0);
    }

    /** ACTIVE, cruising. */
    public static FsmSnapshot cruising() {
        Transition last =
                new Transition(
                        FsmState.IDLE,
                        Activity.NONE,
                        FsmState.ACTIVE,
                        Activity.CRUISE,
                        "PROPOSALS_RECEIVED",
                        2);
        return new FsmSnapshot(FsmState.ACTIVE, Activity.CRUISE, SafeModeReason.NONE, last, 2);
    }

    private static VehicleStatus status() {
        return new VehicleStatus(
                Actuator.AttitudeMode.HOLD,
                Quaternion.IDENTITY,
                true,
                Vec3.ZERO,
                Actuator.PowerMode.NORMAL,
                false,
                false,
                new Vec3(1, 2, 3),
                Vec3.ZERO,
                0b101);
    }
}
