package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.SafeModeReason;

/**
 * What the conditions of the state machine remember from tick to tick.
 *
 * @param bornTick first tick of this life of the agent
 * @param failedTests self-tests in a row that did not pass
 * @param passedTests self-tests in a row that passed
 * @param systemFailures self-tests in a row with a failed critical device that is neither sensor
 *     nor actuator
 * @param idleTicks ticks in a row without an accepted proposal
 * @param request reason for SAFE_MODE raised by the last tick; NONE: none
 * @param held whether the operator holds the agent in SAFE_MODE
 * @param ended whether the operator asked for SHUTDOWN
 * @param unanswered commits in a row without acknowledgement
 * @param fault phase and cause of the last tick's failure; empty: none
 * @param safe the way out of SAFE_MODE
 */
public record FsmMemory(
        long bornTick,
        int failedTests,
        int passedTests,
        int systemFailures,
        int idleTicks,
        SafeModeReason request,
        boolean held,
        boolean ended,
        int unanswered,
        String fault,
        SafeWatch safe) {
    /** Refuses missing parts. */
    public FsmMemory {
        Check.range(bornTick, 0, Long.MAX_VALUE, "first tick");
        Check.present(request, "request");
        Check.present(fault, "fault");
        Check.present(safe, "way out of SAFE_MODE");
    }

    /** The memory of an agent that is born at a tick. */
    static FsmMemory born(long tick) {
        return new FsmMemory(
                tick, 0, 0, 0, 0, SafeModeReason.NONE, false, false, 0, "", SafeWatch.NONE);
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add(bornTick).add((long) failedTests).add((long) passedTests);
        hash.add((long) systemFailures).add((long) idleTicks).add(request).add(held).add(ended);
        return safe.addTo(hash.add((long) unanswered).add(fault));
    }
}
