package io.qiki.dtmp.model;

/**
 * A device that the self-test probes.
 *
 * @param id name of the device; of a sensor its sensor id
 * @param kind what it is
 * @param critical whether the vehicle cannot do without
 * @param unit of the value it answers with
 * @param least smallest nominal answer
 * @param greatest largest nominal answer
 */
public record DeviceSpec(
        String id,
        DeviceStatus.Kind kind,
        boolean critical,
        Unit unit,
        double least,
        double greatest) {
    /** Refuses blanks and an empty range. */
    public DeviceSpec {
        Check.text(id, "device id");
        Check.present(kind, "device kind");
        Check.present(unit, "unit");
        Check.finite(least, "smallest answer", unit.symbol());
        Check.range(greatest, least, Double.MAX_VALUE, "largest answer", unit.symbol());
    }
}
