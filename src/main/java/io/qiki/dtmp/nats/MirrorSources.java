package io.qiki.dtmp.nats;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.telemetry.Telemetry;

/**
 * What a mirror is told about its process.
 *
 * @param source name of the process, new with every start: {@code [a-z0-9-]}, 1 to 64 characters
 * @param stepNanos simulation time of a step of the mirrored twins, ns
 * @param telemetry of the process
 */
public record MirrorSources(String source, long stepNanos, Telemetry telemetry) {
    /** Refuses missing parts. */
    public MirrorSources {
        Check.text(source, "source");
        Check.range(stepNanos, 1, Long.MAX_VALUE, "step in ns");
        Check.present(telemetry, "telemetry");
    }
}
