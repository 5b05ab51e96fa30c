package io.qiki.dtmp.testkit;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which record components can be reached from a type, through lists, maps and sealed types too. */
public final class RecordTypes {
    private final Set<Class<?>> seen = new HashSet<>();
    private final SortedSet<String> components = new TreeSet<>();

    private RecordTypes() {}

    /** The components as {@code Record.component}, nested records as {@code Outer.Record}. */
    public static SortedSet<String> componentsOf(Class<?> root) {
        RecordTypes types = new RecordTypes();
        types.walk(root);
        return types.components;
    }

    /** How a component is called in {@link #componentsOf}. */
    static String name(Class<?> type, RecordComponent component) {
        String canonical = type.getCanonicalName();
        return canonical.substring(type.getPackageName().length() + 1) + "." + component.getName();
    }

    private void walk(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            walk(parameterized.getRawType());
            for (Type argument : parameterized.getActualTypeArguments()) {
                walk(argument);
            }
        } else if (type instanceof WildcardType wildcard) {
            walk(wildcard.getUpperBounds()[0]);
        } else if (type instanceof GenericArrayType array) {
            walk(array.getGenericComponentType());
        } else if (type instanceof Class<?> plain && seen.add(plain)) {
            walkClass(plain);
        }
    }

    private void walkClass(Class<?> type) {
        if (type.isArray()) {
            walk(type.getComponentType());
        } else if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                walk(permitted);
            }
        } else if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                components.add(name(type, component));
                walk(component.getGenericType());
            }
        }
    }
}
