package io.qiki.dtmp.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every type of the model is made of immutable parts only, found by reflection. */
@Timeout(10)
class DeepImmutabilityTest {
    private static final Set<Class<?>> LEAVES =
            Set.of(String.class, UUID.class, Double.class, Integer.class, Long.class);

    @Test
    void shouldHaveOnlyImmutableComponents() throws Exception {
        List<String> mutable = new ArrayList<>();
        for (Class<?> type : modelClasses()) {
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    if (!immutable(component.getGenericType())) {
                        mutable.add(type.getSimpleName() + "." + component);
                    }
                }
            }
        }
        assertThat(mutable).isEmpty();
    }

    @Test
    void shouldHaveNoMutableFieldsOutsideTheRunningHash() throws Exception {
        List<String> mutable = new ArrayList<>();
        for (Class<?> type : modelClasses()) {
            Stream.of(type.getDeclaredFields())
                    .filter(field -> !Modifier.isFinal(field.getModifiers()))
                    .map(field -> type.getSimpleName() + "." + field.getName())
                    .forEach(mutable::add);
        }
        assertThat(mutable).containsExactly("Hash64.state");
    }

    private static boolean immutable(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            return (raw == List.class || raw == SortedMap.class || raw == Optional.class)
                    && Stream.of(generic.getActualTypeArguments())
                            .allMatch(DeepImmutabilityTest::immutable);
        }
        Class<?> plain = (Class<?>) type;
        return plain.isPrimitive()
                || plain.isEnum()
                || LEAVES.contains(plain)
                || (plain.getPackage() == Vec3.class.getPackage()
                        && (plain.isRecord() || plain.isSealed()));
    }

    private static List<Class<?>> modelClasses()
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path folder = Path.of(Vec3.class.getResource("Vec3.class").toURI()).getParent();
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!"package-info".equals(name)) {
                    classes.add(Class.forName(Vec3.class.getPackageName() + "." + name));
                }
            }
        }
        assertThat(classes).hasSizeGreaterThan(30);
        return classes;
    }
}
