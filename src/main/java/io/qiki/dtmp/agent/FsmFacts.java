package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.SafeModeReason;
import java.util.Set;

/**
 * Which conditions of the transition table hold at a tick.
 *
 * @param bits bit i is set when the condition with ordinal i holds
 * @param reason for SAFE_MODE; NONE exactly when none is requested
 */
public record FsmFacts(int bits, SafeModeReason reason) {
    /** Refuses a request without a reason. */
    public FsmFacts {
        Check.that(
                (bits >> Condition.SAFE_MODE_REQUESTED.ordinal() & 1)
                        == 1
                        == (Check.present(reason, "reason") != SafeModeReason.NONE),
                () -> "a request for SAFE_MODE goes with a reason, was " + reason);
    }

    /** Exactly these conditions hold. */
    public static FsmFacts of(Set<Condition> conditions, SafeModeReason reason) {
        int bits = 0;
        for (Condition condition : conditions) {
            bits |= 1 << condition.ordinal();
        }
        return new FsmFacts(bits, reason);
    }

    /** Whether a condition holds. */
    public boolean holds(Condition condition) {
        return (bits >> condition.ordinal() & 1) == 1;
    }
}
