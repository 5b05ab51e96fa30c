package io.qiki.dtmp.testkit;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Every way to change exactly one leaf of a tree of records: copies made through the canonical
 * constructors, so that only values which may really occur are tried.
 */
public final class RecordMutations {
    /** Most changes tried of a number: one bit each. */
    private static final int[] BITS = {0, 1, 3, 7, 20, 31, 40, 51, 52, 55, 62, 63};

    private RecordMutations() {}

    /**
     * A leaf with all that it can be changed to.
     *
     * @param path from the root, for people
     * @param components record components it belongs to, innermost first; empty outside of records
     * @param variants copies of the root that differ in this leaf only; empty when the constructors
     *     refuse every change of it
     */
    public record Leaf(String path, List<String> components, List<Object> variants) {
        /** The innermost component. */
        public String component() {
            return components.get(0);
        }
    }

    /** The leaves of a value. */
    public static List<Leaf> of(Object value) {
        return leaves(value);
    }

    private static List<Leaf> leaves(Object value) {
        if (value instanceof Record record) {
            return ofRecord(record);
        }
        if (value instanceof List<?> list) {
            return ofList(list, changed -> changed);
        }
        if (value instanceof SortedMap<?, ?> map) {
            return ofMap(map);
        }
        if (value instanceof Optional<?> optional) {
            return ofOptional(optional);
        }
        if (value.getClass().isArray()) {
            return ofArray(value);
        }
        return List.of(new Leaf("", List.of(), alternatives(value)));
    }

    private static List<Leaf> ofRecord(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(record, components[i]);
        }
        List<Leaf> leaves = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            int place = i;
            String name = RecordTypes.name(record.getClass(), components[i]);
            for (Leaf leaf : leaves(values[i])) {
                List<Object> variants = new ArrayList<>();
                for (Object variant : leaf.variants()) {
                    Object[] changed = values.clone();
                    changed[place] = variant;
                    construct(record.getClass(), changed).ifPresent(variants::add);
                }
                List<String> chain = new ArrayList<>(leaf.components());
                chain.add(name);
                leaves.add(new Leaf("." + components[i].getName() + leaf.path(), chain, variants));
            }
        }
        return leaves;
    }

    private static List<Leaf> ofList(List<?> list, Function<List<Object>, Object> rebuild) {
        List<Leaf> leaves = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            int place = i;
            for (Leaf leaf : leaves(list.get(i))) {
                List<Object> variants =
                        leaf.variants().stream()
                                .map(variant -> rebuild.apply(with(list, place, variant)))
                                .toList();
                leaves.add(new Leaf("[" + i + "]" + leaf.path(), leaf.components(), variants));
            }
        }
        if (!list.isEmpty()) {
            List<Object> shorter = new ArrayList<>(list.subList(0, list.size() - 1));
            leaves.add(new Leaf("[size]", List.of(), List.of(rebuild.apply(shorter))));
        }
        return leaves;
    }

    private static List<Leaf> ofMap(SortedMap<?, ?> map) {
        List<Leaf> leaves = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            for (Leaf leaf : leaves(entry.getValue())) {
                List<Object> variants = new ArrayList<>();
                for (Object variant : leaf.variants()) {
                    SortedMap<Object, Object> changed = copy(map);
                    changed.put(entry.getKey(), variant);
                    variants.add(changed);
                }
                leaves.add(
                        new Leaf(
                                "{" + entry.getKey() + "}" + leaf.path(),
                                leaf.components(),
                                variants));
            }
            SortedMap<Object, Object> without = copy(map);
            without.remove(entry.getKey());
            leaves.add(new Leaf("{" + entry.getKey() + "} removed", List.of(), List.of(without)));
        }
        return leaves;
    }

    private static SortedMap<Object, Object> copy(SortedMap<?, ?> map) {
        SortedMap<Object, Object> copy = new TreeMap<>();
        copy.putAll(map);
        return copy;
    }

    private static List<Leaf> ofOptional(Optional<?> optional) {
        if (optional.isEmpty()) {
            return List.of();
        }
        List<Leaf> leaves = new ArrayList<>();
        for (Leaf leaf : leaves(optional.get())) {
            List<Object> variants = new ArrayList<>();
            leaf.variants().forEach(variant -> variants.add(Optional.of(variant)));
            leaves.add(new Leaf(leaf.path(), leaf.components(), variants));
        }
        leaves.add(new Leaf(" removed", List.of(), List.of(Optional.empty())));
        return leaves;
    }

    private static List<Leaf> ofArray(Object array) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            list.add(Array.get(array, i));
        }
        return ofList(
                list,
                changed -> {
                    Object copy =
                            Array.newInstance(array.getClass().getComponentType(), changed.size());
                    for (int i = 0; i < changed.size(); i++) {
                        Array.set(copy, i, changed.get(i));
                    }
                    return copy;
                });
    }

    private static List<Object> alternatives(Object leaf) {
        List<Object> others = new ArrayList<>();
        if (leaf instanceof Long number) {
            Arrays.stream(BITS).forEach(bit -> others.add(number ^ 1L << bit));
        } else if (leaf instanceof Integer number) {
            Arrays.stream(BITS)
                    .filter(bit -> bit < 32)
                    .forEach(bit -> others.add(number ^ 1 << bit));
        } else if (leaf instanceof Double number) {
            long bits = Double.doubleToRawLongBits(number);
            Arrays.stream(BITS)
                    .forEach(bit -> others.add(Double.longBitsToDouble(bits ^ 1L << bit)));
        } else if (leaf instanceof Boolean flag) {
            others.add(!flag);
        } else if (leaf instanceof String text) {
            others.add(text + "-");
            others.add(text.isEmpty() ? "x" : text.substring(1));
        } else if (leaf instanceof Enum<?> constant) {
            others.addAll(Arrays.asList(constant.getDeclaringClass().getEnumConstants()));
            others.remove(constant);
        } else if (leaf instanceof UUID id) {
            others.add(new UUID(id.getMostSignificantBits() ^ 1, id.getLeastSignificantBits()));
            others.add(new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ 1));
        } else {
            throw new IllegalStateException(
                    "no rule to change a " + leaf.getClass().getName() + ": add one");
        }
        return others;
    }

    private static List<Object> with(List<?> list, int place, Object element) {
        List<Object> copy = new ArrayList<>(list);
        copy.set(place, element);
        return copy;
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static Optional<Object> construct(Class<?> type, Object[] values) {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return Optional.of(canonical.newInstance(values));
        } catch (InvocationTargetException refused) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot construct " + type, e);
        }
    }
}
