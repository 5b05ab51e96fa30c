package io.qiki.dtmp.bios;

import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.DeviceSpec;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.DeviceStatus.Code;
import io.qiki.dtmp.model.DeviceStatus.Status;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the probe answers of a vehicle. Pure: the same answers give the same report.
 *
 * <p>No answer listed, or switched off: NOT_FOUND, component not found. Silent, or an answer older
 * than the limit: ERROR, response timeout. Outside the nominal range: WARNING, unstable readings.
 * Otherwise OK. A critical device that is off, missing or silent while the vehicle starts: ERROR,
 * critical boot failure. The score is the mean over the devices of 1 for OK, 0.5 for WARNING and 0
 * for the rest, critical devices counting threefold.
 */
public final class BiosHandler {
    private static final double CRITICAL_WEIGHT = 3;

    private final List<DeviceSpec> devices;
    private final long profileHash;
    private final long answerSteps;

    /**
     * A self-test of a vehicle.
     *
     * @param answerSteps greatest age of an answer, simulation steps
     */
    public BiosHandler(VehicleProfile profile, long answerSteps) {
        this.devices = Check.present(profile, "vehicle profile").devices();
        this.answerSteps = Check.range(answerSteps, 0, Long.MAX_VALUE, "probe time-out in steps");
        this.profileHash = ProfileFingerprint.of(profile);
    }

    /** The report of before the first self-test: it lists no device and passes nothing. */
    public BiosReport none() {
        return new BiosReport(0, List.of(), false, 0, profileHash);
    }

    /**
     * Tests.
     *
     * @param tick at which
     * @param probes answers, in any order; empty: there is nothing to report on yet
     * @param before the last report; its rows are used again where nothing changed
     * @param starting whether the vehicle starts: no self-test has passed yet
     */
    public BiosReport run(
            long tick, List<ProbeAnswer> probes, BiosReport before, boolean starting) {
        if (probes.isEmpty()) {
            return before;
        }
        if (unchanged(probes, before, starting)) {
            return new BiosReport(
                    tick,
                    before.devices(),
                    before.allSystemsGo(),
                    before.healthScore(),
                    profileHash);
        }
        List<DeviceStatus> rows = new ArrayList<>(devices.size());
        double weights = 0;
        double score = 0;
        boolean go = !devices.isEmpty();
        for (int i = 0; i < devices.size(); i++) {
            DeviceStatus row = row(devices.get(i), answer(probes, i), starting);
            rows.add(row);
            double weight = row.critical() ? CRITICAL_WEIGHT : 1;
            weights += weight;
            score += weight * worth(row.status());
            go &= !row.critical() || row.status() == Status.OK;
        }
        return new BiosReport(tick, rows, go, weights == 0 ? 0 : score / weights, profileHash);
    }

    /**
     * Why answers cannot be judged: they contradict themselves or the profile. Empty when they can.
     * A device that fails, or is not among them, is no contradiction.
     */
    public Optional<String> contradiction(List<ProbeAnswer> probes) {
        if (devices.isEmpty()) {
            return Optional.of("the vehicle profile lists no device");
        }
        if (inOrder(probes)) {
            return Optional.empty();
        }
        Set<String> heard = new HashSet<>();
        for (ProbeAnswer answer : probes) {
            if (!heard.add(answer.device())) {
                return Optional.of(answer.device() + " answered twice");
            }
            if (devices.stream().noneMatch(device -> device.id().equals(answer.device()))) {
                return Optional.of(answer.device() + " is no device of the vehicle profile");
            }
        }
        return Optional.empty();
    }

    private boolean inOrder(List<ProbeAnswer> probes) {
        boolean same = probes.size() == devices.size();
        for (int i = 0; same && i < probes.size(); i++) {
            same = probes.get(i).device().equals(devices.get(i).id());
        }
        return same;
    }

    private boolean unchanged(List<ProbeAnswer> probes, BiosReport before, boolean starting) {
        if (before.devices().size() != devices.size()) {
            return false;
        }
        for (int i = 0; i < devices.size(); i++) {
            Optional<ProbeAnswer> answer = answer(probes, i);
            if (answer.isEmpty()
                    || code(devices.get(i), answer, starting) != before.devices().get(i).code()) {
                return false;
            }
        }
        return true;
    }

    private Optional<ProbeAnswer> answer(List<ProbeAnswer> probes, int place) {
        String device = devices.get(place).id();
        if (place < probes.size() && probes.get(place).device().equals(device)) {
            return Optional.of(probes.get(place));
        }
        for (ProbeAnswer answer : probes) {
            if (answer.device().equals(device)) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private Code code(DeviceSpec device, Optional<ProbeAnswer> answer, boolean starting) {
        Code code = answer.map(one -> code(device, one)).orElse(Code.COMPONENT_NOT_FOUND);
        boolean dead = code == Code.COMPONENT_NOT_FOUND || code == Code.TIMEOUT_RESPONSE;
        return starting && device.critical() && dead ? Code.CRITICAL_BOOT_FAILURE : code;
    }

    private Code code(DeviceSpec device, ProbeAnswer answer) {
        return switch (answer.result()) {
            case OFF -> Code.COMPONENT_NOT_FOUND;
            case SILENT -> Code.TIMEOUT_RESPONSE;
            case ANSWERED -> {
                if (answer.ageSteps() > answerSteps) {
                    yield Code.TIMEOUT_RESPONSE;
                }
                boolean nominal =
                        answer.value() >= device.least() && answer.value() <= device.greatest();
                yield nominal ? Code.NONE : Code.UNSTABLE_READINGS;
            }
        };
    }

    private DeviceStatus row(DeviceSpec device, Optional<ProbeAnswer> answer, boolean starting) {
        Code code = code(device, answer, starting);
        return new DeviceStatus(
                device.id(),
                device.kind(),
                status(code),
                code,
                device.critical(),
                message(device, answer, code));
    }

    private String message(DeviceSpec device, Optional<ProbeAnswer> answer, Code code) {
        return switch (code) {
            case NONE -> "";
            case COMPONENT_NOT_FOUND ->
                    answer.isEmpty()
                            ? device.id() + " is expected and was not probed"
                            : device.id() + " says that it is off";
            case TIMEOUT_RESPONSE -> device.id() + " does not answer in time";
            case UNSTABLE_READINGS ->
                    device.id()
                            + " answers outside of "
                            + device.least()
                            + ".."
                            + device.greatest()
                            + " "
                            + device.unit().symbol();
            case CRITICAL_BOOT_FAILURE ->
                    device.id() + " does not work, and the vehicle needs it to start";
        };
    }

    private static Status status(Code code) {
        return switch (code) {
            case NONE -> Status.OK;
            case COMPONENT_NOT_FOUND -> Status.NOT_FOUND;
            case UNSTABLE_READINGS -> Status.WARNING;
            case TIMEOUT_RESPONSE, CRITICAL_BOOT_FAILURE -> Status.ERROR;
        };
    }

    private static double worth(Status status) {
        return switch (status) {
            case OK -> 1;
            case WARNING -> 0.5;
            case UNSPECIFIED, ERROR, NOT_FOUND -> 0;
        };
    }
}
