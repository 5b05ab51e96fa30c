package io.qiki.dtmp.store;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Transition;
import java.util.List;

/**
 * The newest transitions of a twin.
 *
 * @param transitions oldest first
 * @param dropped older ones that are no longer kept
 */
public record TransitionHistory(List<Transition> transitions, long dropped) {
    /** Copies; refuses a negative count. */
    public TransitionHistory {
        transitions = List.copyOf(transitions);
        Check.range(dropped, 0, Long.MAX_VALUE, "dropped transitions");
    }
}
