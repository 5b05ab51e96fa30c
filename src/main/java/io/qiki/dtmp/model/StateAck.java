package io.qiki.dtmp.model;

/**
 * The store's answer to an acquire or a commit.
 *
 * @param twin whose
 * @param code NONE: done; else why nothing was changed
 * @param epoch the epoch that may write now
 * @param version the current version
 */
public record StateAck(TwinId twin, FailureCode code, long epoch, long version) {
    /** Refuses missing parts. */
    public StateAck {
        Check.present(twin, "twin");
        Check.present(code, "failure code");
        Check.range(epoch, 0, Long.MAX_VALUE, "epoch");
        Check.range(version, 0, Long.MAX_VALUE, "version");
    }

    /** Whether it was done. */
    public boolean accepted() {
        return code == FailureCode.NONE;
    }
}
