package io.qiki.dtmp.model;

import java.util.List;

/**
 * What an engine outside of the tick answered to an observation; it counts at the tick it arrives
 * for, and is an input there.
 *
 * @param engine id of the engine
 * @param askedTick tick of the observation it answers
 * @param proposals in its order, possibly none
 */
public record EngineAnswer(String engine, long askedTick, List<Proposal> proposals) {
    /** Copies; refuses missing parts. */
    public EngineAnswer {
        Check.text(engine, "engine id");
        Check.range(askedTick, 0, Long.MAX_VALUE, "tick asked");
        proposals = List.copyOf(proposals);
    }
}
