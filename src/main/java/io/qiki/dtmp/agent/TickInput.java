package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.EngineAnswer;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.SensedInput;
import java.util.List;

/**
 * Everything that enters an agent's tick.
 *
 * @param tick number of the agent cycle
 * @param sensed the observation, or why there is none
 * @param lastCommit what became of the commit of the last tick
 * @param epoch of the agent as a writer; 0 while it has none
 * @param requests of the operator since the last tick, oldest first
 * @param answers of engines outside of the tick since the last tick, in the order of arrival
 */
public record TickInput(
        long tick,
        SensedInput sensed,
        LastCommit lastCommit,
        long epoch,
        List<OperatorRequest> requests,
        List<EngineAnswer> answers) {
    /** Copies; refuses missing parts and an observation of another tick. */
    public TickInput {
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
        Check.present(sensed, "sensed input");
        Check.present(lastCommit, "last commit");
        Check.range(epoch, 0, Long.MAX_VALUE, "writer epoch");
        requests = List.copyOf(requests);
        answers = List.copyOf(answers);
        if (sensed instanceof SensedInput.Seen seen) {
            Check.that(
                    seen.observation().tick() == tick,
                    () ->
                            "the observation must be of tick "
                                    + tick
                                    + ", was of "
                                    + seen.observation().tick());
        }
    }

    /** An input of an agent without an epoch, without answers of engines outside of the tick. */
    public TickInput(
            long tick, SensedInput sensed, LastCommit lastCommit, List<OperatorRequest> requests) {
        this(tick, sensed, lastCommit, 0, requests, List.of());
    }
}
