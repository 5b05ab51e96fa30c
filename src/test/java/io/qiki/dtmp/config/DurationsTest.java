package io.qiki.dtmp.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class DurationsTest {
    @ParameterizedTest
    @CsvSource({"100ms,100000000", "20s,20000000000", "0.5s,500000000", "2min,120000000000"})
    void shouldReadANumberWithItsUnit(String text, long nanos) {
        assertThat(Durations.parse(text)).hasValue(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "ms", "2 min", "-1s", "1e3s", "0.5ns", "99999999999999h"})
    void shouldRefuseAnythingElse(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100000000,100ms", "60000000000,1min", "1500000000,1500ms", "0,0ns"})
    void shouldWriteTheLargestUnitWithoutFraction(long nanos, String text) {
        assertThat(Durations.text(nanos)).isEqualTo(text);
    }
}
