package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.TwinId;
import java.util.List;

/**
 * Which shard a twin lives in: the same on every machine and in every run.
 *
 * @param count how many shards there are
 */
public record Shards(int count) {
    /** Refuses less than one. */
    public Shards {
        Check.range(count, 1, 1024, "shards");
    }

    /** The shard of a twin, 0..count-1. */
    public int of(TwinId twin) {
        return (int) Long.remainderUnsigned(twin.stableHash(), count);
    }

    /** The twins of a shard, in the order given. */
    public List<TwinId> members(int shard, List<TwinId> twins) {
        return twins.stream().filter(twin -> of(twin) == shard).toList();
    }
}
