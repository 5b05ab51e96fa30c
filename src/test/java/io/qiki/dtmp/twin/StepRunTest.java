package io.qiki.dtmp.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.HashChain;
import io.qiki.dtmp.model.TwinId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StepRunTest {
    @Test
    void shouldNumberTwinsFromOne() {
        assertThat(StepRun.names("qiki-", 2))
                .containsExactly(new TwinId("qiki-1"), new TwinId("qiki-2"));
    }

    @Test
    void shouldReportProgressAndTheEnd() {
        List<Long> progress = new ArrayList<>();

        new StepRun(TwinSetup.of(7), StepRun.names("qiki-", 1), 250).run(progress::add);

        assertThat(progress).containsExactly(100L, 200L, 250L);
    }

    @Test
    void shouldCountTicksAndSteps() {
        StepResult result =
                new StepRun(TwinSetup.of(7), StepRun.names("qiki-", 3), 10).run(done -> {});

        assertThat(result.ticks()).isEqualTo(30);
        assertThat(result.steps()).isEqualTo(150);
        assertThat(result.lines()).extracting(StepLine::ticks).containsOnly(10L);
    }

    @Test
    void shouldGiveTwinsAtTheirStartForNoTicks() {
        StepResult result =
                new StepRun(TwinSetup.of(7), StepRun.names("qiki-", 1), 0).run(done -> {});

        assertThat(result.lines())
                .containsExactly(
                        new StepLine(
                                new TwinId("qiki-1"), 0, FsmState.BOOTING, 0, HashChain.START));
    }

    @Test
    void shouldPrintTheLinesOfTheContract() {
        StepLine line =
                new StepLine(new TwinId("qiki-1"), 20_000, FsmState.ACTIVE, 9, 0x0123456789abcdefL);
        StepResult result = new StepResult(List.of(line), 20_000, 100_000, 0xffL);

        assertThat(line.text())
                .isEqualTo("twin qiki-1 ticks 20000 state ACTIVE version 9 hash 0123456789abcdef");
        assertThat(result.totalText(3.25))
                .isEqualTo(
                        "total twins 1 ticks 20000 steps 100000 seconds 3.3 ticks/s 6154 hash"
                                + " 00000000000000ff");
        assertThat(result.totalText(0)).contains("ticks/s 0 ");
    }

    /**
     * The fingerprint of a default run, kept so that every JDK and every machine is compared with
     * it. It changes whenever the physics, the agent or the fingerprint change on purpose.
     */
    @Test
    void shouldReproduceTheKeptFingerprint() throws IOException {
        StepResult result =
                new StepRun(TwinSetup.of(1), StepRun.names("qiki-", 1), 2_000).run(done -> {});

        assertThat(Hash64.hex(result.lines().get(0).hash())).isEqualTo(kept());
    }

    private static String kept() throws IOException {
        try (InputStream in = StepRunTest.class.getResourceAsStream("hash-2000-ticks-seed-1.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
