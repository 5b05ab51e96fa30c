package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.AgentOutlook;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.SensorTrust.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Says whether something required is lost, what SAFE_MODE is entered for, and when it may be left.
 * Pure.
 *
 * <p>A substitute for navigation by radar or lidar is not built yet: nav itself is required.
 */
final class SafeModeJudge {
    /** Commits in a row without acknowledgement that count as the loss of the store. */
    static final int UNANSWERED_COMMITS = 2;

    /** Failures in a row of an essential engine that count as its loss. */
    static final int ENGINE_FAILURES = 3;

    /** Ticks in a row without a self-test that count as its loss. */
    static final int SELF_TEST_TICKS = 2;

    /** Ticks in a row that an implausible reading must last. */
    private static final int IMPLAUSIBLE_TICKS = 2;

    private final AgentSettings settings;

    SafeModeJudge(AgentSettings settings) {
        this.settings = settings;
    }

    /**
     * What is required, at a tick.
     *
     * @param state of the agent
     * @param booting whether the time to boot still runs
     * @param blind whether there is no observation
     * @param unanswered commits in a row without acknowledgement
     * @param brokenEngine an essential engine or a phase that fails; empty: none
     * @param held whether the operator holds the agent
     * @param bios newest self-test
     * @param biosAge ticks since then
     * @param contradiction why the newest answers could not be judged; empty: they could
     * @param sensors trust
     * @param actuation outcomes
     */
    record Required(
            FsmState state,
            boolean booting,
            boolean blind,
            int unanswered,
            String brokenEngine,
            boolean held,
            BiosReport bios,
            long biosAge,
            String contradiction,
            SensorMemory sensors,
            Actuation actuation) {}

    /** The first reason that holds; NONE when none does. */
    SafeModeReason reason(Required now) {
        if (!now.booting() && !now.blind() && now.contradiction().isEmpty() && untested(now)) {
            return SafeModeReason.BIOS_UNAVAILABLE;
        }
        if (!now.contradiction().isEmpty()) {
            return SafeModeReason.BIOS_INVALID;
        }
        SafeModeReason lost = now.booting() || now.blind() ? SafeModeReason.NONE : lostSensor(now);
        if (lost != SafeModeReason.NONE) {
            return lost;
        }
        if (!now.booting() && !brokenActuator(now).isEmpty()) {
            return SafeModeReason.ACTUATOR_UNAVAILABLE;
        }
        if (now.blind()) {
            return SafeModeReason.PROVIDER_UNAVAILABLE;
        }
        if (now.unanswered() >= UNANSWERED_COMMITS) {
            return SafeModeReason.STORE_UNAVAILABLE;
        }
        if (!now.brokenEngine().isEmpty()) {
            return SafeModeReason.ENGINE_FAILURE;
        }
        return now.held() ? SafeModeReason.OPERATOR_REQUEST : SafeModeReason.NONE;
    }

    private static boolean untested(Required now) {
        return now.bios().devices().isEmpty() || now.biosAge() >= SELF_TEST_TICKS;
    }

    /** The way out at a tick in SAFE_MODE. */
    SafeWatch watch(SafeWatch before, Required now) {
        String failing = failing(before, now);
        if (!failing.isEmpty()) {
            return new SafeWatch(before.entrySequences(), 0, failing);
        }
        return new SafeWatch(before.entrySequences(), before.goodTicks() + 1, "");
    }

    /** The way out at the entry. */
    SafeWatch entered(SensorMemory sensors) {
        List<Long> sequences = new ArrayList<>();
        for (SensorRun run : sensors.critical()) {
            sequences.add(run.sequence());
        }
        return new SafeWatch(sequences, 0, "entered just now");
    }

    /** Whether all was good for long enough. */
    boolean free(SafeWatch watch) {
        return watch.goodTicks() >= neededTicks();
    }

    /** How far the way out is, for people. */
    AgentOutlook.Exit exit(SafeWatch watch) {
        return new AgentOutlook.Exit(watch.goodTicks(), neededTicks(), watch.failing());
    }

    private int neededTicks() {
        long tickMillis = settings.tickMillis();
        long lasting = (settings.limits().exitMillis() + tickMillis - 1) / tickMillis;
        return (int) Math.max(settings.limits().exitTicks(), lasting);
    }

    private static SafeModeReason lostSensor(Required now) {
        boolean stale = false;
        for (SensorRun run : now.sensors().critical()) {
            if (run.badTicks() == 0) {
                continue;
            }
            switch (now.sensors().verdict(run.sensor())) {
                case NO_DATA, MISSING_FIELDS -> {
                    return SafeModeReason.SENSORS_UNAVAILABLE;
                }
                case INVALID, LOW_QUALITY -> {
                    if (run.badTicks() >= IMPLAUSIBLE_TICKS) {
                        return SafeModeReason.SENSORS_UNAVAILABLE;
                    }
                }
                case STALE -> stale = true;
                case OK -> {}
            }
        }
        return stale ? SafeModeReason.SENSORS_STALE : SafeModeReason.NONE;
    }

    private static String brokenActuator(Required now) {
        for (Actuator actuator : now.actuation().faulted()) {
            return actuator.id();
        }
        for (DeviceStatus device : now.bios().devices()) {
            if (device.kind() == DeviceStatus.Kind.ACTUATOR && failed(device)) {
                return device.device();
            }
        }
        return "";
    }

    /** Whether a critical device does not work; out of its nominal range it still does. */
    static boolean failed(DeviceStatus device) {
        return device.critical()
                && (device.status() == DeviceStatus.Status.ERROR
                        || device.status() == DeviceStatus.Status.NOT_FOUND);
    }

    private String failing(SafeWatch before, Required now) {
        if (now.blind()) {
            return "provider";
        }
        if (!now.contradiction().isEmpty() || untested(now)) {
            return "self-test";
        }
        for (int i = 0; i < now.sensors().critical().size(); i++) {
            SensorRun run = now.sensors().critical().get(i);
            Verdict verdict = now.sensors().verdict(run.sensor());
            if (verdict != Verdict.OK) {
                return run.sensor().id() + " " + verdict;
            }
            if (i < before.entrySequences().size()
                    && run.sequence() == before.entrySequences().get(i)) {
                return run.sensor().id() + " not heard anew";
            }
        }
        for (DeviceStatus device : now.bios().devices()) {
            if (failed(device)) {
                return device.device();
            }
        }
        String actuator = brokenActuator(now);
        if (!actuator.isEmpty()) {
            return actuator;
        }
        if (now.unanswered() > 0) {
            return "store";
        }
        if (!now.brokenEngine().isEmpty()) {
            return now.brokenEngine();
        }
        return now.held() ? "operator's hold" : "";
    }
}
