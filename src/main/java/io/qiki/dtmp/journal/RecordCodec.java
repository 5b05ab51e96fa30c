package io.qiki.dtmp.journal;

import io.qiki.dtmp.model.Hash64;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Records as bytes and back: their components in declared order, lists and maps with their size
 * before them, one of a closed set of types by its place in the declaration. What is written does
 * not describe itself; {@link #schema} tells whether two builds mean the same. Not thread-safe.
 */
final class RecordCodec {
    private static final int MOST_ELEMENTS = 10_000_000;

    private final Map<Class<?>, Shape> shapes = new HashMap<>();

    /** A record class, taken apart once. */
    private record Shape(List<Method> readers, List<Type> types, Constructor<?> constructor) {}

    /** Writes a value of a declared type. */
    void write(DataOutput out, Type type, Object value) throws IOException {
        if (type instanceof ParameterizedType generic) {
            writeMany(out, generic, value);
            return;
        }
        Class<?> plain = (Class<?>) type;
        if (plain == long.class || plain == Long.class) {
            out.writeLong((Long) value);
        } else if (plain == int.class || plain == Integer.class) {
            out.writeInt((Integer) value);
        } else if (plain == double.class || plain == Double.class) {
            out.writeDouble((Double) value);
        } else if (plain == boolean.class) {
            out.writeBoolean((Boolean) value);
        } else if (plain == String.class) {
            byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
        } else if (plain == UUID.class) {
            out.writeLong(((UUID) value).getMostSignificantBits());
            out.writeLong(((UUID) value).getLeastSignificantBits());
        } else if (plain.isEnum()) {
            out.writeShort(((Enum<?>) value).ordinal());
        } else if (plain.isSealed()) {
            int place = place(plain, value);
            out.writeByte(place);
            write(out, plain.getPermittedSubclasses()[place], value);
        } else {
            writeRecord(out, plain, value);
        }
    }

    private void writeMany(DataOutput out, ParameterizedType type, Object value)
            throws IOException {
        Type element = type.getActualTypeArguments()[0];
        if (value instanceof List<?> list) {
            out.writeInt(list.size());
            for (Object one : list) {
                write(out, element, one);
            }
        } else if (value instanceof SortedMap<?, ?> map) {
            out.writeInt(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                write(out, element, entry.getKey());
                write(out, type.getActualTypeArguments()[1], entry.getValue());
            }
        } else {
            throw new IllegalStateException("no form for " + type);
        }
    }

    private void writeRecord(DataOutput out, Class<?> type, Object value) throws IOException {
        Shape shape = shape(type);
        for (int i = 0; i < shape.readers().size(); i++) {
            try {
                write(out, shape.types().get(i), shape.readers().get(i).invoke(value));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + type.getName(), e);
            }
        }
    }

    /**
     * Reads a value of a declared type.
     *
     * @throws IOException when the bytes are none of it
     */
    Object read(DataInput in, Type type) throws IOException {
        if (type instanceof ParameterizedType generic) {
            return readMany(in, generic);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == long.class || plain == Long.class) {
            return in.readLong();
        } else if (plain == int.class || plain == Integer.class) {
            return in.readInt();
        } else if (plain == double.class || plain == Double.class) {
            return in.readDouble();
        } else if (plain == boolean.class) {
            return in.readBoolean();
        } else if (plain == String.class) {
            byte[] text = new byte[size(in)];
            in.readFully(text);
            return new String(text, StandardCharsets.UTF_8);
        } else if (plain == UUID.class) {
            return new UUID(in.readLong(), in.readLong());
        } else if (plain.isEnum()) {
            return pick(plain.getEnumConstants(), in.readUnsignedShort(), plain);
        } else if (plain.isSealed()) {
            return read(in, pick(plain.getPermittedSubclasses(), in.readUnsignedByte(), plain));
        }
        return readRecord(in, plain);
    }

    private Object readMany(DataInput in, ParameterizedType type) throws IOException {
        int size = size(in);
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == SortedMap.class) {
            SortedMap<Object, Object> map = new TreeMap<>();
            for (int i = 0; i < size; i++) {
                map.put(read(in, arguments[0]), read(in, arguments[1]));
            }
            return map;
        }
        List<Object> list = new ArrayList<>(Math.min(size, 1024));
        for (int i = 0; i < size; i++) {
            list.add(read(in, arguments[0]));
        }
        return list;
    }

    private static int size(DataInput in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > MOST_ELEMENTS) {
            throw new IOException("nothing has " + size + " elements");
        }
        return size;
    }

    private Object readRecord(DataInput in, Class<?> type) throws IOException {
        Shape shape = shape(type);
        Object[] values = new Object[shape.types().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(in, shape.types().get(i));
        }
        try {
            return shape.constructor().newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IOException("not a " + type.getSimpleName() + ": " + e.getCause(), e);
        }
    }

    /** A fingerprint of the form of a type: of every name and type in it. */
    static long schema(Class<?> root) {
        List<Type> known = new ArrayList<>();
        Hash64 hash = new Hash64();
        describe(root, known, hash);
        return hash.value();
    }

    private static void describe(Type type, List<Type> known, Hash64 hash) {
        hash.add(type.getTypeName());
        if (known.contains(type)) {
            return;
        }
        known.add(type);
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                describe(argument, known, hash);
            }
        } else if (type instanceof Class<?> plain && plain.isEnum()) {
            for (Object constant : plain.getEnumConstants()) {
                hash.add(((Enum<?>) constant).name());
            }
        } else if (type instanceof Class<?> plain && plain.isSealed()) {
            for (Class<?> one : plain.getPermittedSubclasses()) {
                describe(one, known, hash);
            }
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            for (RecordComponent component : plain.getRecordComponents()) {
                hash.add(component.getName());
                describe(component.getGenericType(), known, hash);
            }
        }
    }

    private Shape shape(Class<?> type) {
        return shapes.computeIfAbsent(type, RecordCodec::takeApart);
    }

    private static Shape takeApart(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalStateException("no form for " + type.getName());
        }
        List<Method> readers = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        List<Class<?>> raw = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            component.getAccessor().setAccessible(true);
            readers.add(component.getAccessor());
            types.add(component.getGenericType());
            raw.add(component.getType());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(raw.toArray(new Class<?>[0]));
            constructor.setAccessible(true);
            return new Shape(readers, types, constructor);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("no constructor of " + type.getName(), e);
        }
    }

    private static int place(Class<?> sealed, Object value) {
        Class<?>[] all = sealed.getPermittedSubclasses();
        for (int i = 0; i < all.length; i++) {
            if (all[i].isInstance(value)) {
                return i;
            }
        }
        throw new IllegalStateException(value + " is no " + sealed.getName());
    }

    private static <T> T pick(T[] all, int place, Class<?> type) throws IOException {
        if (place >= all.length) {
            throw new IOException("there is no " + type.getSimpleName() + " number " + place);
        }
        return all[place];
    }
}
