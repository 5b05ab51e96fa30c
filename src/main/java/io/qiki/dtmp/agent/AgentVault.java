package io.qiki.dtmp.agent;

import java.util.List;
import java.util.Optional;

/**
 * The last states of the agents of a shard. It outlives whoever runs them; only the newest holder
 * may deposit, so that somebody who was given up and comes back late changes nothing.
 */
public final class AgentVault {
    private Optional<Past> past = Optional.empty();
    private long holder;

    /**
     * What agents go on from.
     *
     * @param states one per twin, in the shard's order
     * @param turn how many ticks the agents of the shard made
     */
    public record Past(List<AgentState> states, long turn) {
        /** Copies. */
        public Past {
            states = List.copyOf(states);
        }
    }

    /** Makes the caller the only one that may deposit. */
    public synchronized long claim() {
        holder++;
        return holder;
    }

    /** Keeps states; not those of somebody who is no longer the holder. */
    public synchronized void deposit(long claim, Past latest) {
        if (claim == holder) {
            past = Optional.of(latest);
        }
    }

    /** What was deposited last. */
    public synchronized Optional<Past> past() {
        return past;
    }
}
