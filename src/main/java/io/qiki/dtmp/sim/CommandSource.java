package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Check;

/**
 * Who hands in a command. Commands of one step act in the order of rank, source and sequence, so
 * that the last word has the highest rank.
 *
 * @param rank {@link #AGENT} or {@link #OPERATOR}
 * @param id of the source
 * @param sequence number within the source
 */
public record CommandSource(int rank, String id, long sequence) {
    /** Rank of the agent. */
    public static final int AGENT = 0;

    /** Rank of people and outside programs; they outrank the agent on an actuator they use. */
    public static final int OPERATOR = 1;

    /** Refuses blanks and unknown ranks. */
    public CommandSource {
        Check.range(rank, AGENT, OPERATOR, "rank");
        Check.text(id, "source id");
    }
}
