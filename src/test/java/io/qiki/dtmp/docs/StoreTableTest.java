package io.qiki.dtmp.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StoreTableTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(should\\w+))?`");

    @Test
    void shouldNameTestsThatExist() throws IOException {
        // Given
        Map<String, String> sources = sources();

        // When
        List<MatchResult> named =
                TEST.matcher(Files.readString(Path.of("docs/store.md"))).results().toList();

        // Then
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(named)
                .allSatisfy(
                        test ->
                                assertThat(sources.getOrDefault(test.group(1), ""))
                                        .as(test.group() + ", named in docs/store.md")
                                        .contains(
                                                test.group(2) == null
                                                        ? test.group(1)
                                                        : "void " + test.group(2) + "("));
    }

    @Test
    void shouldShowEveryBehaviourByATest() throws IOException {
        List<String> rows =
                Files.readAllLines(Path.of("docs/store.md")).stream()
                        .filter(
                                line ->
                                        line.startsWith("| ")
                                                && !line.startsWith("| the original |"))
                        .toList();

        assertThat(rows).hasSizeGreaterThan(15);
        assertThat(rows).allSatisfy(row -> assertThat(TEST.matcher(row).find()).as(row).isTrue());
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                sources.put(name, Files.readString(file));
            }
        }
        return sources;
    }
}
