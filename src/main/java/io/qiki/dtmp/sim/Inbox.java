package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.Vec3;

/** Admitted commands that have not acted yet, kept in the order in which they will act. */
final class Inbox {
    static final int CAPACITY = 8;

    /** Id high, id low, source, sequence, packed. */
    static final int WORDS = 5;

    private final WorldState state;

    Inbox(WorldState state) {
        this.state = state;
    }

    /** How many more fit. */
    int room(int i) {
        return CAPACITY - (int) state.inboxCount[i];
    }

    /** How many wait. */
    int size(int i) {
        return (int) state.inboxCount[i];
    }

    /** Adds a command in its place. */
    void add(int i, ActuatorCommand command, CommandSource source) {
        long sourceHash = new Hash64().add(source.id()).value();
        int place = size(i);
        while (place > 0 && later(i, place - 1, source.rank(), sourceHash, source.sequence())) {
            copy(i, place - 1, place);
            place--;
        }
        state.inboxCount[i]++;
        int at = at(i, place);
        state.inbox[at] = command.id().getMostSignificantBits();
        state.inbox[at + 1] = command.id().getLeastSignificantBits();
        state.inbox[at + 2] = sourceHash;
        state.inbox[at + 3] = source.sequence();
        state.inbox[at + 4] =
                command.actuator().ordinal()
                        | (long) command.type().ordinal() << 8
                        | (long) source.rank() << 16
                        | (long) command.timeoutMillis() << 32;
        int v = valuesAt(i, place);
        Vec3 vector =
                command.value() instanceof CommandValue.Vector given
                        ? given.value()
                        : new Vec3(CommandRules.scalar(command.value()), 0, 0);
        state.inboxValues[v] = vector.x();
        state.inboxValues[v + 1] = vector.y();
        state.inboxValues[v + 2] = vector.z();
    }

    private boolean later(int i, int place, int rank, long source, long sequence) {
        int at = at(i, place);
        int otherRank = rank(state.inbox[at + 4]);
        if (otherRank != rank) {
            return otherRank > rank;
        }
        long otherSource = state.inbox[at + 2];
        return otherSource != source ? otherSource > source : state.inbox[at + 3] > sequence;
    }

    private void copy(int i, int from, int to) {
        System.arraycopy(state.inbox, at(i, from), state.inbox, at(i, to), WORDS);
        System.arraycopy(
                state.inboxValues, valuesAt(i, from), state.inboxValues, valuesAt(i, to), 3);
    }

    /** Forgets everything. */
    void clear(int i) {
        int count = size(i);
        java.util.Arrays.fill(state.inbox, at(i, 0), at(i, count), 0);
        java.util.Arrays.fill(state.inboxValues, valuesAt(i, 0), valuesAt(i, count), 0);
        state.inboxCount[i] = 0;
    }

    /** Where the words of the command at a place begin. */
    int at(int i, int place) {
        return WORDS * (CAPACITY * i + place);
    }

    /** Where the values of the command at a place begin. */
    int valuesAt(int i, int place) {
        return 3 * (CAPACITY * i + place);
    }

    static int actuator(long packed) {
        return (int) (packed & 255);
    }

    static int type(long packed) {
        return (int) (packed >> 8 & 255);
    }

    static int rank(long packed) {
        return (int) (packed >> 16 & 255);
    }

    static long timeoutMillis(long packed) {
        return packed >>> 32;
    }
}
