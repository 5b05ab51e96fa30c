package io.qiki.dtmp.wire;

import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.Check;
import java.time.Instant;

/**
 * Dates of simulation steps: the configured epoch plus simulation time.
 *
 * @param epoch date of step 0
 * @param stepNanos simulation time of a step, ns, at least 1
 */
public record WireDates(Instant epoch, long stepNanos) {
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** Refuses a missing epoch and a step without length. */
    public WireDates {
        Check.present(epoch, "epoch");
        Check.range(stepNanos, 1, Long.MAX_VALUE, "step length in ns");
    }

    /** The date of a step. */
    public Timestamp timestamp(long step) {
        long whole = step / SECOND_NANOS * stepNanos;
        Instant at = epoch.plusSeconds(whole).plusNanos(step % SECOND_NANOS * stepNanos);
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
