package io.qiki.dtmp.model;

import java.util.List;

/**
 * Everything that a world remembers of one vehicle, to keep and to go on from later. It means
 * something to a world of the same layout and configuration only.
 *
 * @param twin whose it is
 * @param layout fingerprint of the names and widths of the columns
 * @param hash fingerprint of the values
 * @param reals values of the columns of doubles, in declared order
 * @param wholes values of the columns of longs, in declared order
 * @param faults what the faults were called that the vehicle held
 */
public record VehicleSnapshot(
        TwinId twin,
        long layout,
        long hash,
        List<Double> reals,
        List<Long> wholes,
        List<FaultSpec> faults) {
    /** Copies. */
    public VehicleSnapshot {
        Check.present(twin, "twin");
        reals = List.copyOf(reals);
        wholes = List.copyOf(wholes);
        faults = List.copyOf(faults);
    }
}
