package io.qiki.dtmp.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ArchitectureTableTest {
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

    @Test
    void shouldNameClassesAndTestsThatExist() throws IOException {
        // Given
        String text = Files.readString(Path.of("docs/architecture.md"));
        Set<String> existing = classesOf(Path.of("src/main/java"));
        existing.addAll(classesOf(Path.of("src/test/java")));

        // When
        List<String> named =
                CLASS.matcher(text).results().map(ArchitectureTableTest::name).distinct().toList();

        // Then
        assertThat(named).hasSizeGreaterThan(40);
        assertThat(named)
                .allSatisfy(
                        name ->
                                assertThat(existing.contains(name))
                                        .as(name + ", named in docs/architecture.md, exists")
                                        .isTrue());
    }

    @Test
    void shouldHaveARowForEveryComponentOfTheSeedDocument() throws IOException {
        String text = Files.readString(Path.of("docs/architecture.md"));

        assertThat(
                        List.of(
                                "QCoreAgent",
                                "TickOrchestrator",
                                "FSMHandler",
                                "AsyncStateStore",
                                "DataProvider",
                                "GrpcDataProvider",
                                "MockDataProvider",
                                "QSimDataProvider",
                                "conv.py",
                                "QSimService"))
                .allSatisfy(name -> assertThat(text).contains("\n| " + name + " |"));
    }

    private static String name(MatchResult found) {
        return found.group(1);
    }

    private static Set<String> classesOf(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".java"))
                    .map(file -> file.substring(0, file.length() - ".java".length()))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }
}
