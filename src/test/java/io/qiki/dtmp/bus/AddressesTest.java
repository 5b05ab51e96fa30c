package io.qiki.dtmp.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class AddressesTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(qiki\\.[^`]+)`", Pattern.MULTILINE);

    @Test
    void shouldDocumentEveryAddressAndNoOther() throws Exception {
        // Given
        Set<String> documented = new TreeSet<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("docs/event-bus.md")));
        while (rows.find()) {
            documented.add(rows.group(1));
        }

        // When
        Set<String> inCode = new TreeSet<>();
        for (Field field : Addresses.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                inCode.add((String) field.get(null));
            }
        }
        for (Method method : Addresses.class.getDeclaredMethods()) {
            if (method.getParameterCount() == 1) {
                inCode.add(((String) method.invoke(null, 7)).replace(".7.", ".<i>."));
            }
        }
        inCode.remove(Addresses.WEB_TWIN);
        for (String topic : Set.of("telemetry", "state", "decision", "event", "command")) {
            inCode.add(Addresses.webTwin("<twin>", topic));
        }

        // Then
        assertThat(documented).isEqualTo(inCode);
    }

    @Test
    void shouldNameInternalAddressesByComponentKindAndNoun() throws Exception {
        for (Field field : Addresses.class.getDeclaredFields()) {
            String address = String.valueOf(field.get(null));
            if (Modifier.isPublic(field.getModifiers()) && !address.startsWith("qiki.web.")) {
                assertThat(address).matches("qiki\\.[a-z]+\\.(cmd|qry|evt)\\.[a-z-]+");
            }
        }
    }
}
