package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Proposal;
import java.util.List;

/**
 * An engine that may take its time: it runs outside of the tick, on a worker of its own, and its
 * answer counts at the tick it arrives for. What it answers is an input, written down as such: it
 * need not be deterministic.
 */
public interface GuestEngine {
    /** Name of the engine, the source of its proposals. */
    String id();

    /**
     * Proposes. Called for one twin after the other by one thread at a time. While it has not
     * answered it is not asked again; what it throws costs its proposals for that twin.
     *
     * @param seen what the vehicle told
     * @param state of the agent after that tick
     * @param drafts makes commands and proposals under ids of their own
     * @return at most {@value EngineRound#MAX_PROPOSALS} proposals under its own name
     */
    List<Proposal> propose(Observation seen, FsmSnapshot state, Drafts drafts) throws Exception;
}
