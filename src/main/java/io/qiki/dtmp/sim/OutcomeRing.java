package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Stages reached and not yet told to the agent; bounded, so admission leaves room for them. */
final class OutcomeRing {
    static final int CAPACITY = 24;

    /** Id high, id low, step, packed actuator, stage and code. */
    static final int WORDS = 4;

    private static final Actuator[] ACTUATORS = Actuator.values();
    private static final CommandStage[] STAGES = CommandStage.values();
    private static final FailureCode[] CODES = FailureCode.values();
    private final WorldState state;

    OutcomeRing(WorldState state) {
        this.state = state;
    }

    /** How many more fit. */
    int room(int i) {
        return CAPACITY - (int) state.outcomeCount[i];
    }

    /** Adds a stage. Without room the oldest is dropped. */
    void add(int i, long high, long low, int actuator, CommandStage stage, FailureCode code) {
        int from = CAPACITY * WORDS * i;
        if (room(i) == 0) {
            System.arraycopy(
                    state.outcomes, from + WORDS, state.outcomes, from, (CAPACITY - 1) * WORDS);
            state.outcomeCount[i]--;
        }
        int at = from + WORDS * (int) state.outcomeCount[i]++;
        state.outcomes[at] = high;
        state.outcomes[at + 1] = low;
        state.outcomes[at + 2] = state.step[i];
        state.outcomes[at + 3] =
                actuator | (long) stage.ordinal() << 8 | (long) code.ordinal() << 16;
    }

    /** Takes out everything, oldest first. */
    List<CommandOutcome> drain(int i) {
        int count = (int) state.outcomeCount[i];
        if (count == 0) {
            return List.of();
        }
        List<CommandOutcome> drained = new ArrayList<>(count);
        int from = CAPACITY * WORDS * i;
        for (int k = 0; k < count; k++) {
            int at = from + WORDS * k;
            long packed = state.outcomes[at + 3];
            drained.add(
                    new CommandOutcome(
                            new UUID(state.outcomes[at], state.outcomes[at + 1]),
                            ACTUATORS[(int) (packed & 255)],
                            STAGES[(int) (packed >> 8 & 255)],
                            CODES[(int) (packed >> 16 & 255)],
                            state.outcomes[at + 2]));
        }
        java.util.Arrays.fill(state.outcomes, from, from + WORDS * count, 0);
        state.outcomeCount[i] = 0;
        return drained;
    }
}
