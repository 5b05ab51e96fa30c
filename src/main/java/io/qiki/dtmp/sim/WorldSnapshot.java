package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.TwinId;

/** The complete state of one vehicle: a copy of its columns, nothing else. Immutable. */
public final class WorldSnapshot {
    private final TwinId twin;
    private final double[] doubles;
    private final long[] longs;

    WorldSnapshot(TwinId twin, double[] doubles, long[] longs) {
        this.twin = Check.present(twin, "twin");
        this.doubles = doubles;
        this.longs = longs;
    }

    /**
     * A snapshot from stored values.
     *
     * @param doubles as {@link #doubles()} gave them
     * @param longs as {@link #longs()} gave them
     */
    public static WorldSnapshot of(TwinId twin, double[] doubles, long[] longs) {
        return new WorldSnapshot(twin, doubles.clone(), longs.clone());
    }

    /** Whose state it is. */
    public TwinId twin() {
        return twin;
    }

    /** A copy of the values of all double columns, in declared order. */
    public double[] doubles() {
        return doubles.clone();
    }

    /** A copy of the values of all long columns, in declared order. */
    public long[] longs() {
        return longs.clone();
    }

    void writeTo(Columns columns, int vehicle) {
        Check.that(
                doubles.length == columns.doublesPerVehicle()
                        && longs.length == columns.longsPerVehicle(),
                "the snapshot of " + twin + " has another layout than this world");
        columns.write(vehicle, doubles, longs);
    }
}
