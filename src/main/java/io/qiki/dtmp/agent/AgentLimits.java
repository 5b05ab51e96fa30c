package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;

/**
 * Thresholds and patience of an agent.
 *
 * @param confidence least confidence of a proposal; equal passes; 0..1
 * @param leastQuality of a reading that is trusted, 0..1
 * @param bootTicks how long BOOTING waits for the first self-test and the first readings
 * @param dwellTicks without an accepted proposal after which ACTIVE ends
 * @param confirmTests self-tests in a row that decide about ERROR_STATE
 * @param exitTicks good ticks in a row that SAFE_MODE must see before it ends
 * @param exitMillis and how long they must last, ms of simulation time
 * @param answerTicks without any stage after which a command counts as timed out
 */
public record AgentLimits(
        double confidence,
        double leastQuality,
        int bootTicks,
        int dwellTicks,
        int confirmTests,
        int exitTicks,
        long exitMillis,
        int answerTicks) {
    /** 0.6; 0.3; 5 s to boot; 2 s dwell; 3 tests; 3 ticks and 2 s; 1 s for an answer. */
    public static final AgentLimits STANDARD = new AgentLimits(0.6, 0.3, 50, 20, 3, 3, 2000, 10);

    /** Refuses numbers out of range. */
    public AgentLimits {
        Check.range(confidence, 0, 1, "confidence threshold", "1");
        Check.range(leastQuality, 0, 1, "least quality", "1");
        Check.range(bootTicks, 1, 100_000, "boot ticks");
        Check.range(dwellTicks, 1, 100_000, "dwell ticks");
        Check.range(confirmTests, 1, 1000, "confirming self-tests");
        Check.range(exitTicks, 1, 1000, "exit ticks");
        Check.range(exitMillis, 0, 3_600_000, "exit time in ms");
        Check.range(answerTicks, 1, 100_000, "answer ticks");
    }
}
