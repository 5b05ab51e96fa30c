package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.TwinId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a process is, as it tells others.
 *
 * @param source its name, new with every start: {@code [a-z0-9-]}, 1 to 64 characters
 * @param simulator whether the simulator of its twins is in it
 * @param agents whether the agents of its twins are in it
 * @param twins in the order of its configuration
 * @param run run state, speed and counts
 * @param troubles components that are down, each with its reason
 */
public record ProcessReport(
        String source,
        boolean simulator,
        boolean agents,
        List<TwinId> twins,
        RunStatus run,
        SortedMap<String, String> troubles) {
    /** Copies; refuses missing parts. */
    public ProcessReport {
        Check.text(source, "source");
        twins = List.copyOf(twins);
        Check.present(run, "run status");
        troubles = Collections.unmodifiableSortedMap(new TreeMap<>(troubles));
    }
}
