package io.qiki.dtmp.model;

/**
 * A fault that a vehicle holds.
 *
 * @param fault as it was injected
 * @param active whether it acts now; otherwise its first tick is still to come
 */
public record HeldFault(FaultSpec fault, boolean active) {
    /** Refuses a missing fault. */
    public HeldFault {
        Check.present(fault, "fault");
    }
}
