package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Hash64;

/**
 * Random numbers without a state: each is a function of (vehicle key, stream, step, index), where
 * the key mixes seed, twin and incarnation. Nothing depends on the order of drawing.
 *
 * <p>Source: the mix is the finaliser of SplitMix64 (Steele, Lea, Flood 2014); the normal deviates
 * are by the ziggurat with 128 layers (Marsaglia and Tsang 2000, in the corrected form of Doornik
 * 2005).
 */
final class CounterRandom {
    /** Streams; each is independent of the others. */
    static final int BIAS = 1;

    static final int INERTIAL = 2;
    static final int STAR_TRACKER = 3;
    static final int NAVIGATION = 4;
    static final int LIDAR = 5;
    static final int SUN = 6;
    static final int FIELD = 7;
    static final int THERMAL = 8;
    static final int POWER = 9;
    static final int PROPELLANT = 10;
    static final int RADAR = 11;

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long STREAM_FACTOR = 0xD1342543DE82EF95L;
    private static final long ONE_BITS = 0x3FF0000000000000L;
    private static final int LAYERS = 128;
    private static final double TAIL = 3.442619855899;
    private static final double AREA = 9.91256303526217e-3;
    private static final double[] EDGE = new double[LAYERS + 1];
    private static final double[] RATIO = new double[LAYERS];

    static {
        double density = StrictMath.exp(-0.5 * TAIL * TAIL);
        EDGE[0] = AREA / density;
        EDGE[1] = TAIL;
        EDGE[LAYERS] = 0;
        for (int i = 2; i < LAYERS; i++) {
            EDGE[i] = Math.sqrt(-2 * StrictMath.log(AREA / EDGE[i - 1] + density));
            density = StrictMath.exp(-0.5 * EDGE[i] * EDGE[i]);
        }
        for (int i = 0; i < LAYERS; i++) {
            RATIO[i] = EDGE[i + 1] / EDGE[i];
        }
    }

    private CounterRandom() {}

    /** The key of a vehicle. */
    static long key(long seed, long twinHash, long incarnation) {
        return new Hash64().add(seed).add(twinHash).add(incarnation).value();
    }

    /** The base of all draws of a stream at a step. */
    static long base(long key, int stream, long step) {
        return Hash64.mix(key ^ Hash64.mix(stream * STREAM_FACTOR + step * GOLDEN_GAMMA));
    }

    /** 64 random bits: draw number {@code index} of a base. */
    static long bits(long base, int index) {
        return Hash64.mix(base + (index + 1) * GOLDEN_GAMMA);
    }

    /** Uniform in [0, 1). */
    static double uniform(long base, int index) {
        return unit(bits(base, index));
    }

    private static double unit(long bits) {
        return Double.longBitsToDouble(ONE_BITS | (bits >>> 12)) - 1;
    }

    /** Normal, mean 0, standard deviation 1. */
    static double gaussian(long base, int index) {
        long bits = bits(base, index);
        int layer = (int) (bits & (LAYERS - 1));
        double u = 2 * unit(bits) - 1;
        if (Math.abs(u) < RATIO[layer]) {
            return u * EDGE[layer];
        }
        return rareGaussian(bits, layer, u);
    }

    private static double rareGaussian(long firstBits, int firstLayer, double firstUniform) {
        long bits = firstBits;
        int layer = firstLayer;
        double u = firstUniform;
        while (true) {
            if (layer == 0) {
                return tail(bits, u < 0);
            }
            double x = u * EDGE[layer];
            double upper = StrictMath.exp(-0.5 * (EDGE[layer] * EDGE[layer] - x * x));
            double lower = StrictMath.exp(-0.5 * (EDGE[layer + 1] * EDGE[layer + 1] - x * x));
            bits = Hash64.mix(bits + GOLDEN_GAMMA);
            if (lower + unit(bits) * (upper - lower) < 1) {
                return x;
            }
            bits = Hash64.mix(bits + GOLDEN_GAMMA);
            layer = (int) (bits & (LAYERS - 1));
            u = 2 * unit(bits) - 1;
            if (Math.abs(u) < RATIO[layer]) {
                return u * EDGE[layer];
            }
        }
    }

    private static double tail(long firstBits, boolean negative) {
        long bits = firstBits;
        while (true) {
            bits = Hash64.mix(bits + GOLDEN_GAMMA);
            double x = StrictMath.log(1 - unit(bits)) / TAIL;
            bits = Hash64.mix(bits + GOLDEN_GAMMA);
            double y = StrictMath.log(1 - unit(bits));
            if (-2 * y >= x * x) {
                return negative ? x - TAIL : TAIL - x;
            }
        }
    }
}
