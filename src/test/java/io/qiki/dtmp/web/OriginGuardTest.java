package io.qiki.dtmp.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.FailureCode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class OriginGuardTest {
    private final OriginGuard guard = new OriginGuard(List.of("twins.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:8080", "twins.example"})
    void shouldServeAddressesLocalhostAndConfiguredNames(String host) {
        assertThat(guard.judge(host, Optional.empty(), 0)).isEmpty();
        assertThat(guard.judge(host, Optional.of("http://" + host), 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example:8080",
                "evil.example#127.0.0.1",
                ""
            })
    void shouldRefuseForeignHosts(String host) {
        assertThat(guard.judge(host, Optional.empty(), 0))
                .hasValueSatisfying(
                        f -> assertThat(f.code()).isEqualTo(FailureCode.FOREIGN_ORIGIN));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080,http://evil.example",
        "127.0.0.1:8080,http://127.0.0.1:8081",
        "127.0.0.1:8080,http://127.0.0.1",
        "127.0.0.1:8080,http://localhost:8080",
        "127.0.0.1:8080,null",
        "127.0.0.1:8080,http://127.0.0.1:8080.evil.example",
        "127.0.0.1:8080,file://"
    })
    void shouldRefuseForeignOrigins(String host, String origin) {
        assertThat(guard.judge(host, Optional.of(origin), 1)).isPresent();
    }

    @Test
    void shouldRefuseSeveralOrigins() {
        assertThat(guard.judge("localhost", Optional.of("http://localhost"), 2)).isPresent();
    }
}
