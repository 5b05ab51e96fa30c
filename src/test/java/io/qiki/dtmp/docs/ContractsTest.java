package io.qiki.dtmp.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.launcher.RunConfigReader;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.nats.Subjects.Noun;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ContractsTest {
    private static final Pattern PATH =
            Pattern.compile("^\\| `(/(?:api|health|metrics)[^`]*)`", Pattern.MULTILINE);
    private static final Pattern ADDRESS =
            Pattern.compile("^\\| `(qiki\\.[^`]*)`", Pattern.MULTILINE);
    private static final Pattern KEY = Pattern.compile("`([^`]+)`");
    private static final Pattern STREAM =
            Pattern.compile("^\\| `(QIKI_[^`]*)` \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");
    private static final Path DESCRIPTION =
            Path.of("src/main/resources/io/qiki/dtmp/web/openapi.json");

    private String text;
    private String ofNats;
    private String ofOthers;

    @BeforeEach
    void read() throws IOException {
        text = Files.readString(Path.of("docs/contracts.md"));
        int begin = text.indexOf("\n## NATS\n");
        int end = text.indexOf("\n## ", begin + 1);
        ofNats = text.substring(begin, end);
        ofOthers = text.substring(0, begin) + text.substring(end);
    }

    @Test
    void shouldListEveryHttpPathAndNoOther() throws IOException {
        Set<String> built =
                new JsonObject(Files.readString(DESCRIPTION)).getJsonObject("paths").fieldNames();

        assertThat(listed(PATH, text)).containsExactlyInAnyOrderElementsOf(built);
    }

    @Test
    void shouldListEveryAddressAndNoOther() throws ReflectiveOperationException {
        assertThat(listed(ADDRESS, ofOthers)).containsExactlyInAnyOrderElementsOf(addresses());
    }

    @Test
    void shouldListEverySubjectAndNoOther() throws ReflectiveOperationException {
        assertThat(listed(ADDRESS, ofNats)).containsExactlyInAnyOrderElementsOf(subjects());
        assertThat(listed(QUOTED, ofNats)).containsAll(wildcards());
    }

    @Test
    void shouldListEveryStreamWithWhatItKeeps() throws Exception {
        assertThat(listed(STREAM, ofNats)).containsExactlyInAnyOrderElementsOf(streams());
        Method kept = Subjects.class.getDeclaredMethod("of", String.class);
        kept.setAccessible(true);
        for (MatchResult row : STREAM.matcher(ofNats).results().toList()) {
            assertThat(listed(QUOTED, row.group(2)))
                    .as(row.group(1))
                    .isEqualTo(new TreeSet<>((List<?>) kept.invoke(null, row.group(1))));
        }
    }

    @Test
    void shouldListEveryKeyOfTheConfigurationAndNoOther() {
        Set<String> asked = new RunConfigReader(Path.of("")).keys();

        assertThat(asked).contains("seed", "web.names", "nats.streams.max-age", "input-log.path");
        assertThat(keys()).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void shouldListEveryKeyOfTheDefaultConfiguration() throws IOException {
        JsonObject demo = new JsonObject(Files.readString(Path.of("conf/demo.json")));

        assertThat(keys("", demo))
                .allSatisfy(
                        key ->
                                assertThat(keys())
                                        .anyMatch(
                                                one ->
                                                        one.equals(key)
                                                                || one.startsWith(key + ".")));
    }

    /** The keys in the first column of the table of the configuration. */
    private List<String> keys() {
        String table = text.substring(text.indexOf("| key | default | meaning |"));
        return table.lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .flatMap(line -> KEY.matcher(line.split("\\|", -1)[1]).results())
                .map(found -> found.group(1))
                .toList();
    }

    private static Set<String> listed(Pattern pattern, String where) {
        return pattern.matcher(where)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> addresses() throws ReflectiveOperationException {
        Set<String> all = new TreeSet<>();
        for (Field field : Addresses.class.getFields()) {
            String address = (String) field.get(null);
            if (!address.endsWith(".")) {
                all.add(address);
            }
        }
        for (Method method : Addresses.class.getDeclaredMethods()) {
            boolean ofShard =
                    Modifier.isPublic(method.getModifiers())
                            && List.of(method.getParameterTypes()).equals(List.of(int.class));
            if (ofShard) {
                all.add(((String) method.invoke(null, 7)).replace(".7.", ".<i>."));
            }
        }
        for (String topic : List.of("telemetry", "state", "decision", "event", "command")) {
            all.add(Addresses.webTwin("<twin>", topic));
        }
        return all;
    }

    private static Set<String> constants() throws ReflectiveOperationException {
        Set<String> all = new TreeSet<>();
        for (Field field : Subjects.class.getFields()) {
            all.add((String) field.get(null));
        }
        return all;
    }

    private static boolean isWildcard(String subject) {
        return subject.contains("*") || subject.endsWith(">");
    }

    private static Set<String> wildcards() throws ReflectiveOperationException {
        Set<String> all = constants();
        all.removeIf(one -> !isWildcard(one));
        return all;
    }

    private static Set<String> streams() throws ReflectiveOperationException {
        Set<String> all = constants();
        all.removeIf(one -> one.startsWith("qiki."));
        return all;
    }

    private static Set<String> subjects() throws ReflectiveOperationException {
        Set<String> all = constants();
        all.removeIf(one -> !one.startsWith("qiki.") || isWildcard(one));
        TwinId twin = new TwinId("seven");
        for (Method method : Subjects.class.getDeclaredMethods()) {
            List<?> wanted = List.of(method.getParameterTypes());
            boolean isPublic = Modifier.isPublic(method.getModifiers());
            if (isPublic && wanted.equals(List.of(TwinId.class))) {
                all.add(((String) method.invoke(null, twin)).replace(twin.value(), "<twin>"));
            } else if (wanted.equals(List.of(TwinId.class, Noun.class))) {
                for (Noun noun : Noun.values()) {
                    all.add(Subjects.order(twin, noun).replace(twin.value(), "<twin>"));
                }
            } else if (isPublic) {
                assertThat(method.getName()).as("how to call it").isIn("event", "status");
            }
        }
        all.add(Subjects.event("<type>"));
        all.add(Subjects.status("<source>"));
        return all;
    }

    private static List<String> keys(String prefix, JsonObject object) {
        List<String> all = new ArrayList<>();
        for (String key : object.fieldNames()) {
            Object value = object.getValue(key);
            if (value instanceof JsonObject inner && !inner.isEmpty()) {
                all.addAll(keys(prefix + key + ".", inner));
            } else {
                all.add(prefix + key);
            }
        }
        return all;
    }
}
