package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FailureCode;
import java.util.List;
import java.util.OptionalDouble;

/** Control commands as they come from outside: a name and parameters. */
public final class ControlCodec {
    private static final List<String> BUILT =
            List.of("sim.start", "sim.pause", "sim.stop", "sim.reset", "sim.step", "sim.speed");
    private static final List<String> NOT_BUILT =
            List.of(
                    "sim.dock.engage",
                    "sim.dock.release",
                    "sim.rcs.fire",
                    "sim.rcs.stop",
                    "sim.xpdr.mode",
                    "power.dock.on",
                    "power.dock.off",
                    "power.nbl.on",
                    "power.nbl.off",
                    "power.nbl.set_max");

    private ControlCodec() {}

    /** The names of the commands that are built. */
    public static List<String> names() {
        return BUILT;
    }

    /** Why a name cannot be read as a command: NONE, NOT_BUILT or BAD_ARGUMENT. */
    public static FailureCode judge(String name) {
        if (BUILT.contains(name)) {
            return FailureCode.NONE;
        }
        return NOT_BUILT.contains(name) ? FailureCode.NOT_BUILT : FailureCode.BAD_ARGUMENT;
    }

    /**
     * A command.
     *
     * @param name one of {@link #names()}
     * @throws IllegalArgumentException naming the parameter and its range
     */
    public static ControlCommand read(String name, JsonFields parameters) {
        switch (name) {
            case "sim.start":
                return start(parameters.only("speed"));
            case "sim.pause":
                parameters.only();
                return new ControlCommand.Pause();
            case "sim.stop":
                parameters.only();
                return new ControlCommand.Stop();
            case "sim.reset":
                parameters.only();
                return new ControlCommand.Reset();
            case "sim.step":
                return new ControlCommand.Step(
                        (int)
                                parameters
                                        .only("ticks")
                                        .whole("ticks", 1, ControlCommand.MAX_STEP_TICKS));
            case "sim.speed":
                return new ControlCommand.Speed(
                        parameters
                                .only("factor")
                                .number(
                                        "factor",
                                        ControlCommand.MIN_SPEED,
                                        ControlCommand.MAX_SPEED));
            default:
                throw new IllegalArgumentException(
                        "command_name must be one of "
                                + String.join(", ", BUILT)
                                + ", was "
                                + JsonFields.shown(name));
        }
    }

    private static ControlCommand start(JsonFields parameters) {
        OptionalDouble speed =
                parameters.optionalNumber(
                        "speed", ControlCommand.MIN_SPEED, ControlCommand.MAX_SPEED);
        return speed.isPresent()
                ? new ControlCommand.StartAt(speed.getAsDouble())
                : new ControlCommand.Start();
    }
}
