package io.qiki.dtmp.launcher;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.TwinId;

/**
 * A twin at a glance.
 *
 * @param twin which
 * @param state of its agent
 * @param activity of its agent
 * @param reason why it is in SAFE_MODE
 * @param version of its state
 * @param tick of its last commit
 * @param seconds of simulation time at that tick
 */
public record TwinStatus(
        TwinId twin,
        FsmState state,
        Activity activity,
        SafeModeReason reason,
        long version,
        long tick,
        double seconds) {}
