package io.qiki.dtmp.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BenchMainTest {
    @Test
    void shouldHaveTheBenchmarksThatTheScriptNames() throws IOException {
        Matcher line =
                Pattern.compile("^benches=\"(.*)\"$", Pattern.MULTILINE)
                        .matcher(Files.readString(Path.of("qiki")));

        assertThat(line.find()).isTrue();
        assertThat(List.of(line.group(1).split(" ")))
                .containsExactlyInAnyOrderElementsOf(BenchMain.names());
    }
}
