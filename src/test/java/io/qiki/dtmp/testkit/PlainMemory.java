package io.qiki.dtmp.testkit;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The fields, arrays and collections that can be reached from an object through the classes of its
 * package: what it could remember beside what it declares as its state.
 */
public final class PlainMemory {
    private final Package home;
    private final List<Place> places = new ArrayList<>();
    private final IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();

    /** A field that is not final, an array or a collection, and which elements were written. */
    private record Place(String name, Object holder, Field field, BitSet written) {
        Object value() {
            return get(field, holder);
        }
    }

    /** Walks from an object, not entering the given ones. */
    public PlainMemory(Object root, Object... without) {
        home = root.getClass().getPackage();
        Arrays.stream(without).forEach(object -> seen.put(object, true));
        walk(root);
    }

    /** The value of every place now, as something that can be compared later. */
    public List<Object> read() {
        List<Object> values = new ArrayList<>();
        places.forEach(place -> values.add(copy(place.value())));
        return values;
    }

    /** Names of the places, {@code Class.field}, that differ from an earlier reading. */
    public SortedSet<String> changedSince(List<Object> earlier) {
        SortedSet<String> names = new TreeSet<>();
        List<Object> now = read();
        for (int i = 0; i < places.size(); i++) {
            if (!now.get(i).equals(earlier.get(i))) {
                names.add(places.get(i).name());
                note(places.get(i).written(), earlier.get(i), now.get(i));
            }
        }
        return names;
    }

    /**
     * Overwrites whatever {@link #changedSince} has ever found changed: doubles with NaN, whole
     * numbers with 0, truth values turned, objects in arrays with nothing, lists in lists with
     * empty ones.
     */
    public void spoilWritten() {
        for (Place place : places) {
            Object value = place.value();
            if (place.written().isEmpty()) {
                continue;
            }
            if (value instanceof Object[] objects) {
                place.written().stream().forEach(i -> objects[i] = null);
            } else if (value.getClass().isArray()) {
                place.written().stream()
                        .forEach(i -> Array.set(value, i, spoilt(Array.get(value, i))));
            } else if (value instanceof List<?> list) {
                empty(list);
            } else {
                set(place, spoilt(value));
            }
        }
    }

    private static void note(BitSet written, Object earlier, Object now) {
        if (earlier instanceof List<?> before && now instanceof List<?> after) {
            for (int i = 0; i < after.size(); i++) {
                if (i >= before.size() || !after.get(i).equals(before.get(i))) {
                    written.set(i);
                }
            }
        } else {
            written.set(0);
        }
    }

    private static <T> void empty(List<T> lists) {
        for (int i = 0; i < lists.size(); i++) {
            @SuppressWarnings("unchecked")
            T none = (T) List.of();
            lists.set(i, none);
        }
    }

    private static Object spoilt(Object number) {
        if (number instanceof Double) {
            return Double.NaN;
        }
        if (number instanceof Boolean flag) {
            return !flag;
        }
        return number instanceof Long ? (Object) 0L : (Object) 0;
    }

    private void walk(Object object) {
        if (object == null || seen.put(object, true) != null) {
            return;
        }
        for (Class<?> c = object.getClass(); c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (c.getPackage().equals(home) && !Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    visit(object, field);
                }
            }
        }
    }

    private void visit(Object object, Field field) {
        Object value = get(field, object);
        Class<?> type = field.getType();
        String name = object.getClass().getSimpleName() + "." + field.getName();
        boolean holds = type.isArray() || value instanceof Collection || value instanceof Map;
        if (holds) {
            if (value != null && seen.put(value, true) == null) {
                places.add(new Place(name, object, field, new BitSet()));
            }
        } else if (!Modifier.isFinal(field.getModifiers())) {
            places.add(new Place(name, object, field, new BitSet()));
        }
        if (value != null && value.getClass().getPackage() == home && !(value instanceof Enum)) {
            walk(value);
        }
    }

    private static Object copy(Object value) {
        if (value instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        }
        if (value instanceof Map<?, ?> map) {
            return new HashMap<>(map);
        }
        if (value == null || !value.getClass().isArray()) {
            return Optional.ofNullable(value);
        }
        List<Object> copy = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            copy.add(Optional.ofNullable(Array.get(value, i)));
        }
        return copy;
    }

    private static Object get(Field field, Object holder) {
        try {
            return field.get(holder);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read " + field, e);
        }
    }

    private static void set(Place place, Object value) {
        try {
            place.field().set(place.holder(), value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot write " + place.field(), e);
        }
    }
}
