package io.qiki.dtmp.model;

/**
 * A 64-bit running hash over declared fields in declared order: the fingerprint of a state.
 *
 * <p>An addition is a bijection of the state for every value and of the value for every state, so
 * that one changed bit always changes the result; doubles count as raw bits. Not for secrets.
 *
 * <p>Source: constants and final mix are those of SplitMix64 (Steele, Lea, Flood 2014).
 */
public final class Hash64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long VALUE_FACTOR = 0xBF58476D1CE4E5B9L;
    private static final long STATE_FACTOR = 0x94D049BB133111EBL;
    private static final int STATE_TURN = 29;
    private static final int CHARS_PER_LONG = 4;

    private long state = GOLDEN_GAMMA;

    /** Adds a whole number. */
    public Hash64 add(long value) {
        long spread = (value + GOLDEN_GAMMA) * VALUE_FACTOR;
        state = Long.rotateLeft((state ^ spread ^ spread >>> 32) * STATE_FACTOR, STATE_TURN);
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
        int length = text.length();
        add((long) length);
        for (int i = 0; i < length; i += CHARS_PER_LONG) {
            long packed = 0;
            for (int k = i; k < Math.min(i + CHARS_PER_LONG, length); k++) {
                packed = packed << Character.SIZE | text.charAt(k);
            }
            add(packed);
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
        long a = (z ^ (z >>> 30)) * VALUE_FACTOR;
        long b = (a ^ (a >>> 27)) * STATE_FACTOR;
        return b ^ (b >>> 31);
    }
}
