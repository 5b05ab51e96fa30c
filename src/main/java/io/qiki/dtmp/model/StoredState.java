package io.qiki.dtmp.model;

/**
 * The authoritative state of an agent.
 *
 * @param twin whose
 * @param epoch of the writer that may write
 * @param version rises by exactly 1 with each accepted change
 * @param tick heartbeat: the tick of the last accepted commit
 * @param snapshot the state
 */
public record StoredState(TwinId twin, long epoch, long version, long tick, FsmSnapshot snapshot) {
    /** Refuses missing parts. */
    public StoredState {
        Check.present(twin, "twin");
        Check.range(epoch, 0, Long.MAX_VALUE, "epoch");
        Check.range(version, 0, Long.MAX_VALUE, "version");
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
        Check.present(snapshot, "snapshot");
    }
}
