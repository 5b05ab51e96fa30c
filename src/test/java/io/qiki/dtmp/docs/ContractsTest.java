package io.qiki.dtmp.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.launcher.RunConfigReader;
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
    private static final Path DESCRIPTION =
            Path.of("src/main/resources/io/qiki/dtmp/web/openapi.json");

    private String text;

    @BeforeEach
    void read() throws IOException {
        text = Files.readString(Path.of("docs/contracts.md"));
    }

    @Test
    void shouldListEveryHttpPathAndNoOther() throws IOException {
        Set<String> built =
                new JsonObject(Files.readString(DESCRIPTION)).getJsonObject("paths").fieldNames();

        assertThat(listed(PATH)).containsExactlyInAnyOrderElementsOf(built);
    }

    @Test
    void shouldListEveryAddressAndNoOther() throws ReflectiveOperationException {
        assertThat(listed(ADDRESS)).containsExactlyInAnyOrderElementsOf(addresses());
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

    private Set<String> listed(Pattern pattern) {
        return pattern.matcher(text)
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
