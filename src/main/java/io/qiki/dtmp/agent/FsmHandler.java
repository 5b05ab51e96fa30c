package io.qiki.dtmp.agent;

import io.qiki.dtmp.agent.TransitionTable.Row;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.Transition;
import java.util.List;

/**
 * Runs the transition table: one step per tick, the most urgent row whose condition holds. Pure.
 */
public final class FsmHandler {
    private final List<Row> rows;

    /** A handler of the one table. */
    public FsmHandler() {
        rows = TransitionTable.rows();
    }

    /**
     * One step.
     *
     * @return the same object when no row applies
     */
    public FsmSnapshot step(FsmSnapshot now, FsmFacts facts, long tick) {
        if (facts.bits() == 0) {
            return now;
        }
        Row taken = null;
        for (Row row : rows) {
            if (row.leaves(now.state(), now.activity())
                    && facts.holds(row.condition())
                    && (taken == null || row.priority() < taken.priority())) {
                taken = row;
            }
        }
        return taken == null ? now : apply(now, taken, facts, tick);
    }

    private static FsmSnapshot apply(FsmSnapshot now, Row row, FsmFacts facts, long tick) {
        SafeModeReason reason =
                row.to() == FsmState.SAFE_MODE ? reason(row, facts) : SafeModeReason.NONE;
        String trigger = row.trigger().equals(Row.REASON) ? reason.name() : row.trigger();
        Transition transition =
                new Transition(
                        now.state(), now.activity(), row.to(), row.toActivity(), trigger, tick);
        return new FsmSnapshot(
                row.to(), row.toActivity(), reason, transition, now.transitions() + 1);
    }

    private static SafeModeReason reason(Row row, FsmFacts facts) {
        return row.trigger().equals(Row.REASON)
                ? facts.reason()
                : SafeModeReason.valueOf(row.trigger());
    }
}
