package io.qiki.dtmp.store;

import io.qiki.dtmp.model.Check;

/**
 * What bounds a store.
 *
 * @param twins most twins it holds, 1..1 000 000
 * @param subscribers most subscriptions at a time, 0..100 000
 * @param history most transitions it keeps per twin, 1..65 536; the oldest goes first
 */
public record StoreLimits(int twins, int subscribers, int history) {
    /** 100 000 twins, 1 000 subscribers, 256 transitions: some 10 MB for 1 000 busy twins. */
    public static final StoreLimits DEFAULT = new StoreLimits(100_000, 1_000, 256);

    private static final int MOST_TWINS = 1_000_000;
    private static final int MOST_SUBSCRIBERS = 100_000;
    private static final int LONGEST_HISTORY = 65_536;

    /** Refuses numbers out of range. */
    public StoreLimits {
        Check.range(twins, 1, MOST_TWINS, "twins of a store");
        Check.range(subscribers, 0, MOST_SUBSCRIBERS, "subscribers of a store");
        Check.range(history, 1, LONGEST_HISTORY, "history of a store");
    }

    /** The default limits with another length of the history. */
    public static StoreLimits withHistory(int history) {
        return new StoreLimits(DEFAULT.twins, DEFAULT.subscribers, history);
    }
}
