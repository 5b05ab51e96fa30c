package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import java.util.List;
import java.util.Locale;

/**
 * What became of a lockstep run.
 *
 * @param lines one per twin, in their order
 * @param ticks of all twins together
 * @param steps of all twins together
 * @param hash over the chains of all twins
 */
public record StepResult(List<StepLine> lines, long ticks, long steps, long hash) {
    /** Copies. */
    public StepResult {
        lines = List.copyOf(lines);
        Check.range(ticks, 0, Long.MAX_VALUE, "ticks");
        Check.range(steps, 0, Long.MAX_VALUE, "steps");
    }

    /**
     * The last line as the command line prints it.
     *
     * @param seconds that the run took on the wall
     */
    public String totalText(double seconds) {
        return String.format(
                Locale.ROOT,
                "total twins %d ticks %d steps %d seconds %.1f ticks/s %.0f hash %s",
                lines.size(),
                ticks,
                steps,
                seconds,
                seconds > 0 ? ticks / seconds : 0.0,
                Hash64.hex(hash));
    }
}
