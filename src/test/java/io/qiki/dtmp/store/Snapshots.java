package io.qiki.dtmp.store;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TwinId;

/** Snapshots for tests of the store: a twin that toggles between IDLE and ACTIVE. */
final class Snapshots {
    static final TwinId ONE = new TwinId("qiki-1");
    static final TwinId TWO = new TwinId("qiki-2");

    private Snapshots() {}

    /** The snapshot after {@code count} transitions, the last made at {@code tick}. */
    static FsmSnapshot after(long count, long tick) {
        if (count == 0) {
            return FsmSnapshot.coldStart();
        }
        boolean idle = count % 2 == 1;
        FsmState to = idle ? FsmState.IDLE : FsmState.ACTIVE;
        Activity toActivity = idle ? Activity.NONE : Activity.CRUISE;
        FsmState from = count == 1 ? FsmState.BOOTING : idle ? FsmState.ACTIVE : FsmState.IDLE;
        Activity fromActivity = from == FsmState.ACTIVE ? Activity.CRUISE : Activity.NONE;
        return new FsmSnapshot(
                to,
                toActivity,
                SafeModeReason.NONE,
                new Transition(from, fromActivity, to, toActivity, "STEP_" + count, tick),
                count);
    }

    static StateCommit commit(long epoch, long tick, long expected, FsmSnapshot snapshot) {
        return new StateCommit(ONE, epoch, tick, expected, snapshot);
    }
}
