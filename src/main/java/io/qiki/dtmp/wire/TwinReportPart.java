package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.AgentReport;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.TwinId;
import java.util.Optional;

/**
 * What a process tells of a twin at a tick, as far as it has a part in it.
 *
 * @param twin whose
 * @param source which process: {@code [a-z0-9-]}, 1 to 64 characters
 * @param vehicle what the vehicle said; empty: its simulator is in another process
 * @param agent what the agent thought; empty: it is in another process
 * @param attended whether any agent commands the vehicle; means something with a vehicle only
 */
public record TwinReportPart(
        TwinId twin,
        String source,
        Optional<Observation> vehicle,
        Optional<AgentReport> agent,
        boolean attended) {
    /** Refuses missing parts. */
    public TwinReportPart {
        Check.present(twin, "twin");
        Check.text(source, "source");
        Check.present(vehicle, "vehicle");
        Check.present(agent, "agent");
    }
}
