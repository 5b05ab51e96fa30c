package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandStage;

/**
 * The last commands by id, with a fingerprint of their content and the stage they reached. The
 * agent's many commands have a ring of their own, so that they do not displace an operator's.
 */
final class RecentCommands {
    /** Rings, one per rank of {@link CommandSource}. */
    static final int RANKS = 2;

    static final int CAPACITY = 32;
    private static final int RING = CAPACITY / RANKS;

    /** Id high, id low, fingerprint, packed stage (plus one; 0: free) and code. */
    static final int WORDS = 4;

    private final WorldState state;

    RecentCommands(WorldState state) {
        this.state = state;
    }

    /** Where a command is remembered; -1: not. */
    int find(int i, long high, long low) {
        int from = CAPACITY * WORDS * i;
        for (int at = from; at < from + CAPACITY * WORDS; at += WORDS) {
            if (state.recent[at + 3] != 0
                    && state.recent[at] == high
                    && state.recent[at + 1] == low) {
                return at;
            }
        }
        return -1;
    }

    /** Fingerprint of the content of a remembered command. */
    long content(int at) {
        return state.recent[at + 2];
    }

    /** Stage that a remembered command reached, as ordinal. */
    int stage(int at) {
        return (int) (state.recent[at + 3] & 255) - 1;
    }

    /** Failure code of a remembered command, as ordinal. */
    int code(int at) {
        return (int) (state.recent[at + 3] >> 8);
    }

    /** Remembers an accepted command in place of the oldest of its rank. */
    void remember(int i, int rank, ActuatorCommand command, long content) {
        int head = RANKS * i + rank;
        int at = WORDS * (CAPACITY * i + RING * rank + (int) state.recentHead[head]);
        state.recentHead[head] = (state.recentHead[head] + 1) % RING;
        state.recent[at] = command.id().getMostSignificantBits();
        state.recent[at + 1] = command.id().getLeastSignificantBits();
        state.recent[at + 2] = content;
        state.recent[at + 3] = pack(CommandStage.ACCEPTED, 0);
    }

    /** Notes the stage of a command that is still remembered. */
    void note(int i, long high, long low, CommandStage stage, int code) {
        int at = find(i, high, low);
        if (at >= 0) {
            state.recent[at + 3] = pack(stage, code);
        }
    }

    private static long pack(CommandStage stage, int code) {
        return (stage.ordinal() + 1) | (long) code << 8;
    }
}
