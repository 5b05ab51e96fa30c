package io.qiki.dtmp.bios;

import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.VehicleProfile;
import java.lang.reflect.RecordComponent;
import java.util.List;

/** The fingerprint of a vehicle profile: every number and name in it, in declared order. */
final class ProfileFingerprint {
    private ProfileFingerprint() {}

    static long of(VehicleProfile profile) {
        Hash64 hash = new Hash64();
        add(hash, profile);
        return hash.value();
    }

    private static void add(Hash64 hash, Object value) {
        if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                add(hash, read(record, component));
            }
        } else if (value instanceof List<?> list) {
            hash.add((long) list.size());
            list.forEach(element -> add(hash, element));
        } else if (value instanceof Double number) {
            hash.add(number.doubleValue());
        } else if (value instanceof Number number) {
            hash.add(number.longValue());
        } else if (value instanceof Boolean flag) {
            hash.add(flag.booleanValue());
        } else if (value instanceof Enum<?> constant) {
            hash.add(constant);
        } else if (value instanceof String text) {
            hash.add(text);
        } else {
            throw new IllegalStateException(
                    "a vehicle profile must hold records, lists, numbers and texts, held "
                            + value.getClass().getName());
        }
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException("cannot read " + component, unreadable);
        }
    }
}
