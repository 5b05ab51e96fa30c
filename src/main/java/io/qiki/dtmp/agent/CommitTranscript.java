package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.InputRecord.CommitAnswer;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StoredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the store answered during a turn. A turn in which every commit was accepted and nobody was
 * acquired needs no mention: a replay's own store says the same.
 */
final class CommitTranscript {
    private final List<CommitAnswer> answers = new ArrayList<>();
    private boolean remarkable;

    void acquired(Optional<StoredState> state) {
        remarkable = true;
        answers.add(new CommitAnswer.Acquired(state.map(List::of).orElse(List.of())));
    }

    void committed(int asked, List<StateAck> acks) {
        remarkable |= acks.size() != asked;
        for (StateAck ack : acks) {
            remarkable |= !ack.accepted();
        }
        answers.add(new CommitAnswer.Committed(acks));
    }

    /** What was answered since the last call, if it is worth a mention. */
    List<CommitAnswer> take() {
        List<CommitAnswer> taken = remarkable ? List.copyOf(answers) : List.of();
        answers.clear();
        remarkable = false;
        return taken;
    }
}
