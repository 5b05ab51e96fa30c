package io.qiki.dtmp.launcher;

/** A progress bar on standard error, redrawn when another percent is done. */
final class ProgressBar {
    private static final int WIDTH = 40;

    private final long total;
    private final boolean shown;
    private long percent = -1;

    /** A bar that only exists on a terminal. */
    ProgressBar(long total, boolean shown) {
        this.total = total;
        this.shown = shown;
    }

    /** Draws what is done. */
    void show(long done) {
        long now = done * 100 / total;
        if (shown && now != percent) {
            percent = now;
            int filled = (int) (WIDTH * now / 100);
            String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
            System.err.print("\r[" + bar + "] " + now + " %" + (done == total ? "\n" : ""));
            System.err.flush();
        }
    }
}
