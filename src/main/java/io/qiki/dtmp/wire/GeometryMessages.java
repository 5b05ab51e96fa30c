package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.Vec3;

/** Vectors and attitudes in doubles; unit and frame are those of the field around. */
final class GeometryMessages {
    private GeometryMessages() {}

    static qiki.twin.v1.Vec3 toWire(Vec3 v) {
        return qiki.twin.v1.Vec3.newBuilder().setX(v.x()).setY(v.y()).setZ(v.z()).build();
    }

    static Vec3 toModel(qiki.twin.v1.Vec3 v) {
        return new Vec3(
                Fields.finite("x", v.getX()),
                Fields.finite("y", v.getY()),
                Fields.finite("z", v.getZ()));
    }

    static qiki.twin.v1.Quaternion toWire(Quaternion q) {
        return qiki.twin.v1.Quaternion.newBuilder()
                .setW(q.w())
                .setX(q.x())
                .setY(q.y())
                .setZ(q.z())
                .build();
    }

    static Quaternion toModel(qiki.twin.v1.Quaternion q) {
        return new Quaternion(
                Fields.finite("w", q.getW()),
                Fields.finite("x", q.getX()),
                Fields.finite("y", q.getY()),
                Fields.finite("z", q.getZ()));
    }
}
