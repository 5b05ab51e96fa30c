package io.qiki.dtmp.model;

/** What an agent gets to see at a tick: an observation, or why there is none; never nothing. */
public sealed interface SensedInput {
    /**
     * The vehicle was heard.
     *
     * @param observation what it said
     */
    record Seen(Observation observation) implements SensedInput {
        /** Refuses a missing observation. */
        public Seen {
            Check.present(observation, "observation");
        }
    }

    /**
     * The vehicle was not heard: the agent ticks blind.
     *
     * @param failure why
     */
    record Blind(Failure failure) implements SensedInput {
        /** Refuses a missing failure. */
        public Blind {
            Check.present(failure, "failure");
        }
    }
}
