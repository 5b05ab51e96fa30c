package io.qiki.dtmp.model;

import io.qiki.dtmp.model.CommandLife.Origin;
import io.qiki.dtmp.model.CommandLife.Step;
import io.qiki.dtmp.model.TwinEvent.Severity;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The event of a command that reached a stage, the same for operators' commands and agents'. */
public final class CommandStageEvent {
    /** Type of the event. */
    public static final String TYPE = "command";

    /** Name of the command's id in the data. */
    public static final String COMMAND_ID = "command_id";

    private CommandStageEvent() {}

    /** The event of the newest stage of a command. */
    public static TwinEvent of(CommandLife life) {
        return of(life.id(), life.twin(), life.actuator(), life.origin(), life.last());
    }

    /** The event of a stage. */
    public static TwinEvent of(UUID id, TwinId twin, Actuator actuator, Origin origin, Step step) {
        SortedMap<String, String> data = new TreeMap<>();
        data.put(COMMAND_ID, id.toString());
        data.put("actuator", actuator.id());
        data.put("stage", step.stage().name());
        data.put("origin", origin.name());
        data.put("detail", step.reason());
        return new TwinEvent(
                TYPE,
                twin,
                step.tick(),
                step.step(),
                severity(step.stage()),
                step.truth(),
                step.code() == FailureCode.NONE ? step.stage().name() : step.code().text(),
                data);
    }

    private static Severity severity(CommandStage stage) {
        return switch (stage) {
            case REQUESTED, VALIDATED, ACCEPTED, EXECUTING, EXECUTED -> Severity.INFO;
            case REJECTED, FAILED, TIMEOUT, EXPIRED, UNAVAILABLE -> Severity.WARNING;
        };
    }
}
