package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;

/**
 * A threshold on something measured and what to do beyond it.
 *
 * @param id of the rule
 * @param quantity what is measured
 * @param node of a temperature: the thermal node's name, for example {@code core}; else empty
 * @param side which side of the limit is bad
 * @param limit beyond which the rule is raised, in the quantity's unit
 * @param clear inside of which it is cleared, in the quantity's unit
 * @param confirmTicks ticks in a row beyond the limit that raise it
 * @param response what is proposed while it is raised
 */
public record SafetyRule(
        String id,
        Quantity quantity,
        String node,
        Side side,
        double limit,
        double clear,
        int confirmTicks,
        Response response) {
    /** What can be watched. */
    public enum Quantity {
        /** Battery charge, 0..1. */
        STATE_OF_CHARGE,
        /** Bus voltage, V. */
        BUS_VOLTS,
        /** Bus current, A. */
        BUS_AMPERES,
        /** Propellant left, kg. */
        PROPELLANT_KILOGRAMS,
        /** Health score of the self-test, 0..1. */
        HEALTH_SCORE,
        /** Temperature of a node, K. */
        TEMPERATURE_KELVIN
    }

    /** Which side of the limit is bad. */
    public enum Side {
        /** Too little. */
        BELOW,
        /** Too much. */
        ABOVE
    }

    /** What is proposed. */
    public enum Response {
        /** Nothing but the note in the decision record. */
        NOTE,
        /** Shed loads. */
        SHED_LOAD,
        /** Come to rest. */
        STOP
    }

    /** Refuses missing parts and a clear limit on the wrong side. */
    public SafetyRule {
        Check.text(id, "rule id");
        Check.present(quantity, "quantity");
        Check.present(node, "node");
        Check.that(
                node.isEmpty() == (quantity != Quantity.TEMPERATURE_KELVIN),
                "rule "
                        + id
                        + ": a node belongs to TEMPERATURE_KELVIN and to nothing else, was \""
                        + node
                        + "\"");
        Check.present(side, "side");
        Check.finite(limit, "limit", "the quantity's unit");
        Check.finite(clear, "clear limit", "the quantity's unit");
        Check.that(
                side == Side.BELOW ? clear >= limit : clear <= limit,
                "rule "
                        + id
                        + " is raised "
                        + side
                        + " "
                        + limit
                        + " and must clear on the other"
                        + " side, was "
                        + clear);
        Check.range(confirmTicks, 1, 100_000, "confirming ticks");
        Check.present(response, "response");
    }

    /** Whether a value is beyond the limit. */
    boolean raises(double value) {
        return side == Side.BELOW ? value < limit : value > limit;
    }

    /** Whether a value is inside the clear limit. */
    boolean clears(double value) {
        return side == Side.BELOW ? value >= clear : value <= clear;
    }
}
