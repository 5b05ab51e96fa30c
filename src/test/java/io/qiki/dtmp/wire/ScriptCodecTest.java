package io.qiki.dtmp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.twin.ScriptRecorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ScriptCodecTest {
    private static final Path PRODUCT = Path.of("conf/mock/nominal.jsonl");

    @Test
    void shouldGiveBackWhatWasRecorded() {
        List<Observation> seen = ScriptRecorder.record(7, 40);

        List<Observation> back = ScriptCodec.read(seen.stream().map(ScriptCodec::line).toList());

        assertThat(back).hasSize(40);
        assertThat(back.stream().map(ObservationMessages::toWire).map(Object::toString).toList())
                .isEqualTo(
                        seen.stream()
                                .map(ObservationMessages::toWire)
                                .map(Object::toString)
                                .toList());
    }

    @Test
    void shouldReadTheScriptOfTheProduct() throws Exception {
        List<Observation> script = ScriptCodec.read(Files.readAllLines(PRODUCT));

        assertThat(script).hasSize(ScriptRecorder.TICKS);
        assertThat(script.get(0).tick()).isEqualTo(1);
    }

    @Test
    void shouldNameLineAndFieldOfWhatIsWrong() throws Exception {
        List<String> lines = Files.readAllLines(PRODUCT).subList(0, 2);
        assertRefused(lines.get(0), "{\"twin\":\"Not A Twin\",\"status\":{}}", "line 2: ", "twin");
        assertRefused(lines.get(0), lines.get(1).substring(0, 500), "line 2: ");
        assertRefused(
                lines.get(0),
                lines.get(1).replace("\"imu_main\"", "\"imu_other\""),
                "line 2: readings[0].sensor",
                "imu_other");
        assertRefused(lines.get(0), lines.get(1).replace("TRUTH_STATE_OK", "FINE"), "FINE");
    }

    private static void assertRefused(String first, String second, String... words) {
        assertThatThrownBy(() -> ScriptCodec.read(List.of(first, second)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(words);
    }
}
