package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.StateAck;

/** What became of the commit of the last tick. */
public sealed interface LastCommit {
    /** There was none: the first tick of an agent. */
    record None() implements LastCommit {
        /** The one instance. */
        public static final None INSTANCE = new None();
    }

    /**
     * The store answered.
     *
     * @param ack accepted or refused
     */
    record Answered(StateAck ack) implements LastCommit {
        /** Refuses a missing answer. */
        public Answered {
            Check.present(ack, "store's answer");
        }
    }

    /** The store did not answer. */
    record Unanswered() implements LastCommit {
        /** The one instance. */
        public static final Unanswered INSTANCE = new Unanswered();
    }

    /** Whether the state of the last tick is the authoritative one. */
    default boolean accepted() {
        return this instanceof Answered answered && answered.ack().accepted();
    }
}
