package io.qiki.dtmp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class JsonTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|it is empty",
                "`   `|it is empty",
                "{\"seed\":NaN}|NaN",
                "{\"seed\":1,\"seed\":2}|Duplicate field 'seed'",
                "{\"seed\":1} {}|more text follows",
                "{\"seed\":1,}|double-quote",
                "{\"http\":{\"port\":80|line 1",
                "{\"seed\":01}|Leading zeroes",
                "{'seed':1}|double-quote",
                "{\"a\":1 // note|line 1"
            })
    void shouldRefuseWhatIsNoJsonNamingThePlace(String text, String told) {
        assertThatThrownBy(() -> JsonText.parse(text)).hasMessageContaining(told);
    }

    @Test
    void shouldRefuseDeepNestingAndLongNumbers() {
        String deep = "[".repeat(40) + "]".repeat(40);
        String digits = "1".repeat(100);

        assertThatThrownBy(() -> JsonText.parse(deep)).hasMessageContaining("nesting depth");
        assertThatThrownBy(() -> JsonText.parse(digits))
                .hasMessageContaining("Number value length");
    }

    @Test
    void shouldSayLineAndColumn() {
        assertThatThrownBy(() -> JsonText.parse("{\n  \"seed\": ?\n}"))
                .hasMessageContaining("at line 2, column 1");
    }

    @Test
    void shouldRefuseANumberBeyondDoubleAsAFault() {
        assertThatThrownBy(
                        () ->
                                ConfigReader.parse(
                                        "text",
                                        "{\"x\":1e999}",
                                        List.of(),
                                        node -> node.number("x", 1, 0, 10, "m")))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        wrong ->
                                assertThat(wrong.faults())
                                        .containsExactly(
                                                new ConfigFault(
                                                        "x", "1e999", "a number from 0 to 10 m")));
    }
}
