package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.AgentOutlook;
import io.qiki.dtmp.model.Proposal;
import java.util.List;

/**
 * Proposes what to do. An engine keeps nothing itself: what it remembers goes in and comes out as a
 * value, so that the same past gives the same proposals.
 */
public interface DecisionEngine {
    /** Name of the engine, the source of its proposals. */
    String id();

    /** What it remembers at the start. */
    EngineState initial();

    /**
     * Proposes.
     *
     * @param situation what the agent knows at this tick
     * @param state what the engine remembered at the last tick
     * @param proposals takes what it proposes
     * @return what it remembers from now on
     */
    EngineState propose(Situation situation, EngineState state, List<Proposal> proposals);

    /** What it is after, for people; nothing is decided from it. */
    default AgentOutlook.Aim aim(EngineState state) {
        return AgentOutlook.Aim.NONE;
    }

    /** Whether three failures in a row of this engine are a reason for SAFE_MODE. */
    default boolean essential() {
        return false;
    }

    /** Whether it can propose at a tick without an observation. */
    default boolean worksBlind() {
        return false;
    }
}
