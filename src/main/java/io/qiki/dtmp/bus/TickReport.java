package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.TwinReport;
import java.util.List;

/**
 * What one tick of a shard showed.
 *
 * @param shard which
 * @param reports one per twin, in the shard's order
 */
public record TickReport(int shard, List<TwinReport> reports) {
    /** Copies. */
    public TickReport {
        reports = List.copyOf(reports);
    }
}
