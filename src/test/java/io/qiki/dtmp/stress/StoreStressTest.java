package io.qiki.dtmp.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store's burdens, in a process with plenty of memory and in one with little. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class StoreStressTest {
    @ParameterizedTest
    @ValueSource(strings = {"-Xmx512m", "-Xmx64m"})
    void shouldBearItsBurdens(String memory) throws Exception {
        Process process =
                new ProcessBuilder(StoreStress.command(memory, "-XX:+ExitOnOutOfMemoryError"))
                        .redirectErrorStream(true)
                        .start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed)
                .contains("sequential writes 1000")
                .contains("writers 30 x 50")
                .contains("subscribers 200")
                .contains("gets at once 5000")
                .contains("writes 1000000");
    }
}
