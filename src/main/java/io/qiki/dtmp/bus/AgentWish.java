package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.TwinId;

/**
 * What an operator wants of an agent.
 *
 * @param twin whose agent
 * @param request for its next tick
 * @param incarnation of the vehicle in which it counts; {@link #LIVING} for the one that the agent
 *     knows when it takes the request
 */
public record AgentWish(TwinId twin, OperatorRequest request, int incarnation) {
    /** The incarnation that the agent knows. */
    public static final int LIVING = -1;

    /** A wish for the life that the agent knows. */
    public AgentWish(TwinId twin, OperatorRequest request) {
        this(twin, request, LIVING);
    }

    /** Refuses missing parts. */
    public AgentWish {
        Check.present(twin, "twin");
        Check.present(request, "operator request");
        Check.range(incarnation, LIVING, Integer.MAX_VALUE, "incarnation");
    }
}
