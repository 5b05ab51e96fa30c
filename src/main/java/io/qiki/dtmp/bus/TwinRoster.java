package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.TwinId;
import java.util.List;

/**
 * Which twins there are, in a process that only hears of them.
 *
 * @param twins in their order
 */
public record TwinRoster(List<TwinId> twins) {
    /** Copies. */
    public TwinRoster {
        twins = List.copyOf(twins);
    }
}
