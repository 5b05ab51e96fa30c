package io.qiki.dtmp.model;

/**
 * A 64-bit running hash over declared fields in declared order: the fingerprint of a state.
 *
 * <p>Every added value is mixed in full, so that one changed bit changes the result; doubles count
 * as raw bits. Not for secrets.
 *
 * <p>Source: the finaliser constants are those of SplitMix64 (Steele, Lea, Flood 2014).
 */
public final class Hash64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private long state = GOLDEN_GAMMA;

    /** Adds a whole number. */
    public Hash64 add(long value) {
        state = mix(state * 0xD6E8FEB86659FD93L + mix(value + GOLDEN_GAMMA));
        return this;
    }

    /** Adds a floating-point number by its raw bits. */
    public Hash64 add(double value) {
        return add(Double.doubleToRawLongBits(value));
    }

    /** Adds a truth value. */
    public Hash64 add(boolean value) {
        return add(value ? 1L : 2L);
    }

    /** Adds a text: its length and its UTF-16 code units. */
    public Hash64 add(String text) {
        add((long) text.length());
        for (int i = 0; i < text.length(); i++) {
            add((long) text.charAt(i));
        }
        return this;
    }

    /** Adds a constant by its place in the declaration. */
    public Hash64 add(Enum<?> constant) {
        return add((long) constant.ordinal());
    }

    /** Adds a vector. */
    public Hash64 add(Vec3 v) {
        return add(v.x()).add(v.y()).add(v.z());
    }

    /** Adds an identifier. */
    public Hash64 add(java.util.UUID id) {
        return add(id.getMostSignificantBits()).add(id.getLeastSignificantBits());
    }

    /** The fingerprint of all that was added. */
    public long value() {
        return mix(state);
    }

    /** Sixteen hexadecimal digits, as printed by the command line. */
    public static String hex(long hash) {
        String digits = Long.toHexString(hash);
        return "0".repeat(16 - digits.length()) + digits;
    }

    /** A bijective mix of 64 bits. */
    public static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
