package io.qiki.dtmp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ControlCodecTest {
    @Test
    void shouldReadEveryCommand() {
        assertThat(read("sim.start", "{}")).isEqualTo(new ControlCommand.Start());
        assertThat(read("sim.start", "{\"speed\":10}")).isEqualTo(new ControlCommand.StartAt(10));
        assertThat(read("sim.pause", "{}")).isEqualTo(new ControlCommand.Pause());
        assertThat(read("sim.stop", "{}")).isEqualTo(new ControlCommand.Stop());
        assertThat(read("sim.reset", "{}")).isEqualTo(new ControlCommand.Reset());
        assertThat(read("sim.step", "{\"ticks\":5}")).isEqualTo(new ControlCommand.Step(5));
        assertThat(read("sim.speed", "{\"factor\":0.1}")).isEqualTo(new ControlCommand.Speed(0.1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sim.step|{}|ticks is missing",
                "sim.step|{\"ticks\":0}|ticks must be a whole number 1..1000, was 0",
                "sim.step|{\"ticks\":1.5}|ticks must be a whole number",
                "sim.step|{\"ticks\":1e300}|ticks must be a whole number",
                "sim.step|{\"ticks\":99999999999999999999999}|ticks must be a whole number",
                "sim.step|{\"ticks\":\"5\"}|ticks must be a whole number",
                "sim.step|{\"ticks\":true}|ticks must be a whole number",
                "sim.speed|{}|factor is missing: a number 0.1..100",
                "sim.speed|{\"factor\":1e999}|factor must be a number 0.1..100",
                "sim.speed|{\"factor\":0.09}|factor must be a number 0.1..100, was 0.09",
                "sim.start|{\"speed\":101}|speed must be a number 0.1..100, was 101",
                "sim.start|{\"spede\":1}|spede is not known; known are speed",
                "sim.pause|{\"now\":1}|now is not known; there are no parameters",
                "sim.fly|{}|command_name must be one of sim.start"
            })
    void shouldRefuseWithTheNameAndTheRange(String name, String parameters, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(name, parameters))
                .withMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "null", "{", "{\"a\":NaN}"})
    void shouldRefuseWhatIsNoObject(String text) {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonFields.parse(text));
    }

    @Test
    void shouldTellWhatComesLaterFromWhatIsUnknown() {
        assertThat(ControlCodec.judge("sim.dock.engage")).isEqualTo(FailureCode.NOT_BUILT);
        assertThat(ControlCodec.judge("sim.fly")).isEqualTo(FailureCode.BAD_ARGUMENT);
        assertThat(ControlCodec.judge("sim.start")).isEqualTo(FailureCode.NONE);
    }

    private static ControlCommand read(String name, String parameters) {
        return ControlCodec.read(name, JsonFields.parse(parameters));
    }
}
