package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The registry of everything a world remembers: columns of doubles or longs, with one row of fixed
 * width per vehicle. Snapshot, restore and fingerprint walk all of them in declared order, so that
 * none can be forgotten.
 */
public final class Columns {
    private static final long LANE_FACTOR = 0x9FB21C651E98DF25L;
    private final int vehicles;
    private final List<Column> all = new ArrayList<>();
    private double[][] doubleArrays = new double[0][];
    private int[] doubleWidths = new int[0];
    private long[][] longArrays = new long[0][];
    private int[] longWidths = new int[0];

    /**
     * One column.
     *
     * @param name unique, dotted
     * @param width elements per vehicle
     * @param real whether it holds doubles; longs otherwise
     */
    public record Column(String name, int width, boolean real) {}

    /** A registry for a number of vehicles. */
    Columns(int vehicles) {
        this.vehicles = (int) Check.range(vehicles, 1, 1_000_000, "number of vehicles");
    }

    /** Declares a column of doubles; element k of vehicle i is at i x width + k. */
    double[] doubles(String name, int width) {
        add(new Column(name, width, true));
        double[] values = new double[Math.multiplyExact(vehicles, width)];
        doubleArrays = java.util.Arrays.copyOf(doubleArrays, doubleArrays.length + 1);
        doubleWidths = java.util.Arrays.copyOf(doubleWidths, doubleWidths.length + 1);
        doubleArrays[doubleArrays.length - 1] = values;
        doubleWidths[doubleWidths.length - 1] = width;
        return values;
    }

    /** Declares a column of longs; element k of vehicle i is at i x width + k. */
    long[] longs(String name, int width) {
        add(new Column(name, width, false));
        long[] values = new long[Math.multiplyExact(vehicles, width)];
        longArrays = java.util.Arrays.copyOf(longArrays, longArrays.length + 1);
        longWidths = java.util.Arrays.copyOf(longWidths, longWidths.length + 1);
        longArrays[longArrays.length - 1] = values;
        longWidths[longWidths.length - 1] = width;
        return values;
    }

    private void add(Column column) {
        for (Column other : all) {
            Check.that(
                    !other.name().equals(column.name()),
                    "column " + column.name() + " is declared twice");
        }
        all.add(column);
    }

    /** Every column in declared order. */
    public List<Column> all() {
        return Collections.unmodifiableList(all);
    }

    /** A fingerprint of the names, widths and types of all columns. */
    public long layout() {
        Hash64 hash = new Hash64();
        all.forEach(column -> hash.add(column.name()).add(column.width()).add(column.real()));
        return hash.value();
    }

    /** Doubles per vehicle. */
    int doublesPerVehicle() {
        return sum(doubleWidths);
    }

    /** Longs per vehicle. */
    int longsPerVehicle() {
        return sum(longWidths);
    }

    private static int sum(int[] widths) {
        int sum = 0;
        for (int width : widths) {
            sum += width;
        }
        return sum;
    }

    /** Copies the doubles of a vehicle out. */
    void read(int vehicle, double[] doubles, long[] longs) {
        int at = 0;
        for (int c = 0; c < doubleArrays.length; c++) {
            int width = doubleWidths[c];
            System.arraycopy(doubleArrays[c], vehicle * width, doubles, at, width);
            at += width;
        }
        at = 0;
        for (int c = 0; c < longArrays.length; c++) {
            int width = longWidths[c];
            System.arraycopy(longArrays[c], vehicle * width, longs, at, width);
            at += width;
        }
    }

    /** Copies the values of a vehicle in. */
    void write(int vehicle, double[] doubles, long[] longs) {
        int at = 0;
        for (int c = 0; c < doubleArrays.length; c++) {
            int width = doubleWidths[c];
            System.arraycopy(doubles, at, doubleArrays[c], vehicle * width, width);
            at += width;
        }
        at = 0;
        for (int c = 0; c < longArrays.length; c++) {
            int width = longWidths[c];
            System.arraycopy(longs, at, longArrays[c], vehicle * width, width);
            at += width;
        }
    }

    /** Sets every element of a vehicle to zero. */
    void clear(int vehicle) {
        write(vehicle, new double[doublesPerVehicle()], new long[longsPerVehicle()]);
    }

    /**
     * The raw bits of an element, for tests and tools.
     *
     * @param column index in {@link #all()}
     */
    public long bits(int vehicle, int column, int element) {
        Column declared = all.get(column);
        int at = vehicle * declared.width() + Math.floorMod(element, declared.width());
        return declared.real()
                ? Double.doubleToRawLongBits(doubleArrays[rank(column)][at])
                : longArrays[rank(column)][at];
    }

    /**
     * Overwrites the raw bits of an element, for tests that prove that nothing escapes the
     * fingerprint.
     *
     * @param column index in {@link #all()}
     */
    public void setBits(int vehicle, int column, int element, long bits) {
        Column declared = all.get(column);
        int at = vehicle * declared.width() + Math.floorMod(element, declared.width());
        if (declared.real()) {
            doubleArrays[rank(column)][at] = Double.longBitsToDouble(bits);
        } else {
            longArrays[rank(column)][at] = bits;
        }
    }

    private int rank(int column) {
        int rank = 0;
        for (int c = 0; c < column; c++) {
            rank += all.get(c).real() == all.get(column).real() ? 1 : 0;
        }
        return rank;
    }

    /**
     * The fingerprint of a vehicle: every element of every column, doubles as raw bits.
     *
     * <p>Four lanes, each a chain of bijections (exclusive or, odd product, rotation), so that one
     * changed bit always changes its lane and with it the result.
     */
    public long hash(int vehicle) {
        long a = 1;
        long b = 2;
        long c = 3;
        long d = 4;
        for (int k = 0; k < doubleArrays.length; k++) {
            double[] values = doubleArrays[k];
            int width = doubleWidths[k];
            int at = vehicle * width;
            int end = at + width;
            for (; at + 3 < end; at += 4) {
                a = lane(a, Double.doubleToRawLongBits(values[at]));
                b = lane(b, Double.doubleToRawLongBits(values[at + 1]));
                c = lane(c, Double.doubleToRawLongBits(values[at + 2]));
                d = lane(d, Double.doubleToRawLongBits(values[at + 3]));
            }
            for (; at < end; at++) {
                long rest = a;
                a = b;
                b = c;
                c = d;
                d = lane(rest, Double.doubleToRawLongBits(values[at]));
            }
        }
        for (int k = 0; k < longArrays.length; k++) {
            long[] values = longArrays[k];
            int width = longWidths[k];
            int at = vehicle * width;
            int end = at + width;
            for (; at + 3 < end; at += 4) {
                a = lane(a, values[at]);
                b = lane(b, values[at + 1]);
                c = lane(c, values[at + 2]);
                d = lane(d, values[at + 3]);
            }
            for (; at < end; at++) {
                long rest = a;
                a = b;
                b = c;
                c = d;
                d = lane(rest, values[at]);
            }
        }
        long hash = Hash64.mix(a);
        hash = Hash64.mix(hash ^ Hash64.mix(b + LANE_FACTOR));
        hash = Hash64.mix(hash ^ Hash64.mix(c + 2 * LANE_FACTOR));
        return Hash64.mix(hash ^ Hash64.mix(d + 3 * LANE_FACTOR));
    }

    /**
     * A short fingerprint of each column of a vehicle, in declared order: to name what differs, not
     * to prove that nothing does.
     */
    public List<Integer> fingerprints(int vehicle) {
        List<Integer> prints = new ArrayList<>(all.size());
        int real = 0;
        int whole = 0;
        for (Column column : all) {
            long lane = 1;
            int at = vehicle * column.width();
            for (int k = at; k < at + column.width(); k++) {
                lane =
                        lane(
                                lane,
                                column.real()
                                        ? Double.doubleToRawLongBits(doubleArrays[real][k])
                                        : longArrays[whole][k]);
            }
            prints.add((int) (Hash64.mix(lane) >>> 32));
            real += column.real() ? 1 : 0;
            whole += column.real() ? 0 : 1;
        }
        return prints;
    }

    private static long lane(long lane, long value) {
        return Long.rotateLeft((lane ^ value) * LANE_FACTOR, 29);
    }
}
