package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.VehicleSnapshot;
import java.util.TreeMap;
import qiki.twin.v1.InjectedFault;
import qiki.twin.v1.RestoreRequest;

/** Snapshots of vehicles, without loss: doubles bit by bit. */
public final class SnapshotMessages {
    private SnapshotMessages() {}

    /** A snapshot as a message. */
    public static qiki.twin.v1.VehicleSnapshot toWire(VehicleSnapshot snapshot) {
        var message =
                qiki.twin.v1.VehicleSnapshot.newBuilder()
                        .setTwin(snapshot.twin().value())
                        .setLayout(snapshot.layout())
                        .setHash(snapshot.hash())
                        .addAllReals(snapshot.reals())
                        .addAllWholes(snapshot.wholes());
        snapshot.faults().forEach(fault -> message.addFaults(toWire(fault)));
        return message.build();
    }

    /**
     * A message as a snapshot.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static VehicleSnapshot toModel(qiki.twin.v1.VehicleSnapshot message) {
        return new VehicleSnapshot(
                Fields.twin("twin", message.getTwin()),
                message.getLayout(),
                message.getHash(),
                message.getRealsList(),
                message.getWholesList(),
                Fields.each("faults", message.getFaultsList(), SnapshotMessages::toModel));
    }

    /**
     * The snapshot of a request, which has to be one of the twin that is asked.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static VehicleSnapshot toModel(RestoreRequest message) {
        Fields.needs(message.hasSnapshot(), "snapshot");
        VehicleSnapshot snapshot = Fields.at("snapshot", () -> toModel(message.getSnapshot()));
        if (!snapshot.twin().value().equals(message.getTwin())) {
            throw new ConversionException(
                    "snapshot.twin",
                    "must be "
                            + Fields.shown(message.getTwin())
                            + ", was "
                            + Fields.shown(snapshot.twin().value()));
        }
        return snapshot;
    }

    static InjectedFault toWire(FaultSpec fault) {
        InjectedFault.Builder message =
                InjectedFault.newBuilder()
                        .setFaultId(fault.id())
                        .setType(fault.type().text())
                        .setTarget(fault.target())
                        .putAllParameters(fault.parameters())
                        .setFromTick(fault.fromTick());
        if (fault.untilTick() != Long.MAX_VALUE) {
            message.setUntilTick(fault.untilTick());
        }
        return message.build();
    }

    static FaultSpec toModel(InjectedFault message) {
        message.getParametersMap()
                .forEach((name, value) -> Fields.finite("parameters[" + name + "]", value));
        return new FaultSpec(
                message.getFaultId(),
                FaultCodec.type(message.getType()),
                message.getTarget(),
                new TreeMap<>(message.getParametersMap()),
                message.getFromTick(),
                message.hasUntilTick() ? message.getUntilTick() : Long.MAX_VALUE);
    }
}
