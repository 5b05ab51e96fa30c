package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.TwinId;

/**
 * A fault and the twin it is meant for.
 *
 * @param twin whose vehicle
 * @param fault what breaks and when
 */
public record TwinFault(TwinId twin, FaultSpec fault) {
    /** Refuses missing parts. */
    public TwinFault {
        Check.present(twin, "twin");
        Check.present(fault, "fault");
    }
}
