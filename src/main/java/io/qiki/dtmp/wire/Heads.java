package io.qiki.dtmp.wire;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.qiki.dtmp.model.Vec3;
import java.util.Optional;
import java.util.UUID;
import qiki.common.Vector3;

/** What the original's messages begin with: ids, dates, vectors of floats. */
final class Heads {
    private Heads() {}

    /** The UUID of a field that must be there. */
    static UUID id(String field, boolean present, qiki.common.UUID message) {
        Fields.needs(present, field);
        return Fields.uuid(field + ".value", message.getValue());
    }

    /** The UUID of a field, if it is there. */
    static Optional<UUID> optionalId(String field, boolean present, qiki.common.UUID message) {
        return present ? Optional.of(id(field, true, message)) : Optional.empty();
    }

    static qiki.common.UUID id(UUID id) {
        return qiki.common.UUID.newBuilder().setValue(id.toString()).build();
    }

    /** The date of a field, if it is there. */
    static Optional<Timestamp> date(String field, boolean present, Timestamp at) {
        if (!present) {
            return Optional.empty();
        }
        if (!Timestamps.isValid(at)) {
            throw new ConversionException(
                    field, "must be of the years 1 to 9999 with nanos from 0 to 999 999 999");
        }
        return Optional.of(at);
    }

    static Vec3 vector(Vector3 v) {
        return new Vec3(
                Fields.finite("x", v.getX()),
                Fields.finite("y", v.getY()),
                Fields.finite("z", v.getZ()));
    }

    /** Each component as the nearest float. */
    static Vector3 vector(Vec3 v) {
        return Vector3.newBuilder()
                .setX((float) v.x())
                .setY((float) v.y())
                .setZ((float) v.z())
                .build();
    }
}
