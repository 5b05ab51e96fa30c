package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.PowerSpec.LoadId;

/**
 * Which load is reduced or off, and why: a function of the causes that hold.
 *
 * <p>Order of shedding: burst link, radar, transponder (listens on), housekeeping; then everything
 * but the essential computer. Where several causes hold, the gravest is named.
 */
final class LoadShedding {
    /** Levels of service. */
    static final int FULL = 0;

    static final int REDUCED = 1;
    static final int OFF = 2;

    /** Reasons; places in {@link #REASONS}. */
    static final int NONE = 0;

    static final int SAFE_MODE = 1;
    static final int LOW_CHARGE = 2;
    static final int OVERHEAT = 3;
    static final int OVERCURRENT = 4;
    static final int BROWN_OUT = 5;

    private static final String[] REASONS = {
        "-", "safe-mode", "low-charge", "thermal-overheat", "overcurrent", "brown-out"
    };

    /** Order in which loads go, for reports. */
    private static final LoadId[] ORDER = {
        LoadId.NBL,
        LoadId.RADAR,
        LoadId.TRANSPONDER,
        LoadId.HOUSEKEEPING,
        LoadId.MCQPU,
        LoadId.AVIONICS,
        LoadId.ESSENTIAL
    };

    /** Causes, as bits. */
    static final long BURST_CHARGE = 1;

    static final long LOW = 2;
    static final long ESSENTIAL_ONLY = 4;
    static final long BROWNED_OUT = 8;
    static final long SAFE = 16;
    static final long CORE_HOT = 32;
    static final long PDU_HOT = 64;

    /** Greatest overcurrent level: burst link, radar, transponder, housekeeping. */
    static final int OVERCURRENT_LEVELS = 4;

    private LoadShedding() {}

    /** The machine-readable text of a reason. */
    static String reason(int reason) {
        return REASONS[reason];
    }

    /** The load that goes as number {@code place}. */
    static LoadId order(int place) {
        return ORDER[place];
    }

    /** Level and reason of a load: level + 256 x reason. */
    static long decide(int load, long causes, int overcurrent) {
        if (load == LoadId.ESSENTIAL.ordinal()) {
            return FULL;
        }
        if ((causes & BROWNED_OUT) != 0) {
            return pack(OFF, BROWN_OUT);
        }
        if ((causes & ESSENTIAL_ONLY) != 0) {
            return pack(OFF, LOW_CHARGE);
        }
        if (load <= LoadId.MCQPU.ordinal()) {
            return FULL;
        }
        boolean burst = load == LoadId.NBL.ordinal();
        boolean radio = load == LoadId.RADAR.ordinal() || load == LoadId.TRANSPONDER.ordinal();
        if ((burst && (causes & (CORE_HOT | PDU_HOT)) != 0) || (radio && (causes & PDU_HOT) != 0)) {
            return pack(REDUCED, OVERHEAT);
        }
        if (overcurrent > place(load)) {
            return pack(REDUCED, OVERCURRENT);
        }
        if ((causes & (burst ? BURST_CHARGE : LOW)) != 0) {
            return pack(REDUCED, LOW_CHARGE);
        }
        return (causes & SAFE) != 0 ? pack(REDUCED, SAFE_MODE) : FULL;
    }

    private static int place(int load) {
        for (int place = 0; place < ORDER.length; place++) {
            if (ORDER[place].ordinal() == load) {
                return place;
            }
        }
        throw new IllegalStateException("no load " + load);
    }

    private static long pack(int level, int reason) {
        return level | (long) reason << 8;
    }
}
