package io.qiki.dtmp.web;

/**
 * Keeps a stream of updates below a rate without losing the last one: an update is sent at once
 * when the last is long enough ago, else when it is; those between are superseded. Pure.
 */
final class Coalescer {
    private final long intervalNanos;
    private boolean sentOnce;
    private boolean waiting;
    private long lastNanos;

    Coalescer(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    /**
     * Takes an update.
     *
     * @return 0: send now; above: call {@link #fire} after so many ns; below: one waits already
     */
    long offer(long nowNanos) {
        if (waiting) {
            return -1;
        }
        long since = nowNanos - lastNanos;
        if (!sentOnce || since >= intervalNanos) {
            sent(nowNanos);
            return 0;
        }
        waiting = true;
        return intervalNanos - since;
    }

    /** The update that waited is sent now. */
    void fire(long nowNanos) {
        waiting = false;
        sent(nowNanos);
    }

    private void sent(long nowNanos) {
        sentOnce = true;
        lastNanos = nowNanos;
    }
}
