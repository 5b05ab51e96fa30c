package io.qiki.dtmp.scenario;

/** How something breaks. */
enum Breakdown {
    /** It is away and says so. */
    FAILS,
    /** It says nothing any more, or the same for ever. */
    HANGS,
    /** Its code throws. */
    THROWS,
    /** What it says cannot be true. */
    GARBAGE,
    /** What it says comes too late. */
    LATE,
    /** It is away, comes back, is away again, and comes back for good. */
    COMES_BACK;

    /** Ticks for which it lasts at a stretch; it is away twice when it comes back between. */
    static final int LASTING_TICKS = 40;

    private static final int SHORT_TICKS = 6;

    /**
     * Whether it is broken at a tick.
     *
     * @param since ticks since the breakdown began, from 1
     */
    boolean broken(int since) {
        if (this == COMES_BACK) {
            return since <= SHORT_TICKS || since > 2 * SHORT_TICKS && since <= 3 * SHORT_TICKS;
        }
        return since <= LASTING_TICKS;
    }

    /** The last tick at which it is broken, counted from the beginning of the breakdown. */
    int lastBroken() {
        return this == COMES_BACK ? 3 * SHORT_TICKS : LASTING_TICKS;
    }

    /** The name in the table. */
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
