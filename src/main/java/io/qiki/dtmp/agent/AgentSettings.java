package io.qiki.dtmp.agent;

import io.qiki.dtmp.agent.SafetyRule.Quantity;
import io.qiki.dtmp.agent.SafetyRule.Response;
import io.qiki.dtmp.agent.SafetyRule.Side;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.List;

/**
 * What an agent is told once.
 *
 * @param profile the vehicle it flies
 * @param mission what it is to do
 * @param stepNanos length of a simulation step, ns
 * @param stepsPerTick steps between two ticks
 * @param limits thresholds and patience
 * @param rules safety thresholds
 * @param collision avoidance of collisions
 */
public record AgentSettings(
        VehicleProfile profile,
        Mission mission,
        long stepNanos,
        int stepsPerTick,
        AgentLimits limits,
        List<SafetyRule> rules,
        CollisionRule collision) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** The rules of the default agent. */
    public static final List<SafetyRule> STANDARD_RULES =
            List.of(
                    new SafetyRule(
                            "battery-low",
                            Quantity.STATE_OF_CHARGE,
                            "",
                            Side.BELOW,
                            0.20,
                            0.30,
                            3,
                            Response.SHED_LOAD),
                    new SafetyRule(
                            "bus-voltage-low",
                            Quantity.BUS_VOLTS,
                            "",
                            Side.BELOW,
                            22.5,
                            23.5,
                            3,
                            Response.SHED_LOAD),
                    new SafetyRule(
                            "core-hot",
                            Quantity.TEMPERATURE_KELVIN,
                            "core",
                            Side.ABOVE,
                            353.15,
                            348.15,
                            3,
                            Response.SHED_LOAD),
                    new SafetyRule(
                            "battery-hot",
                            Quantity.TEMPERATURE_KELVIN,
                            "battery",
                            Side.ABOVE,
                            333.15,
                            330.15,
                            3,
                            Response.SHED_LOAD),
                    new SafetyRule(
                            "propellant-low",
                            Quantity.PROPELLANT_KILOGRAMS,
                            "",
                            Side.BELOW,
                            3,
                            3.3,
                            3,
                            Response.NOTE),
                    new SafetyRule(
                            "health-low",
                            Quantity.HEALTH_SCORE,
                            "",
                            Side.BELOW,
                            0.7,
                            0.8,
                            3,
                            Response.NOTE));

    /** Copies; refuses missing parts. */
    public AgentSettings {
        Check.present(profile, "vehicle profile");
        Check.present(mission, "mission");
        Check.range(stepNanos, 1_000_000L, 200_000_000L, "step in ns");
        Check.range(stepsPerTick, 1, 10_000, "steps per tick");
        Check.present(limits, "limits");
        rules = List.copyOf(rules);
        Check.present(collision, "collision rule");
    }

    /** The standard limits and rules. */
    public static AgentSettings of(
            VehicleProfile profile, Mission mission, long stepNanos, int stepsPerTick) {
        return new AgentSettings(
                profile,
                mission,
                stepNanos,
                stepsPerTick,
                AgentLimits.STANDARD,
                STANDARD_RULES,
                CollisionRule.STANDARD);
    }

    /** Length of a number of steps, s. */
    public double seconds(long steps) {
        return steps * (stepNanos / NANOS_PER_SECOND);
    }

    /** Length of a tick, ms. */
    public long tickMillis() {
        return stepNanos * stepsPerTick / 1_000_000;
    }
}
