package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.TwinId;

/**
 * What an operator wants of an agent.
 *
 * @param twin whose agent
 * @param request for its next tick
 */
public record AgentWish(TwinId twin, OperatorRequest request) {
    /** Refuses missing parts. */
    public AgentWish {
        Check.present(twin, "twin");
        Check.present(request, "operator request");
    }
}
