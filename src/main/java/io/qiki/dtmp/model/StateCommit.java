package io.qiki.dtmp.model;

/**
 * A writer's request to make a snapshot the authoritative one.
 *
 * @param twin whose
 * @param epoch of the writer, from acquire
 * @param tick at which the snapshot was made; the heartbeat
 * @param expectedVersion the version the writer last saw
 * @param snapshot the new state
 */
public record StateCommit(
        TwinId twin, long epoch, long tick, long expectedVersion, FsmSnapshot snapshot) {
    /** Refuses missing parts. */
    public StateCommit {
        Check.present(twin, "twin");
        Check.range(epoch, 1, Long.MAX_VALUE, "epoch");
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
        Check.range(expectedVersion, 0, Long.MAX_VALUE, "expected version");
        Check.present(snapshot, "snapshot");
    }
}
