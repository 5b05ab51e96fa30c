package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.Failure;

/** What becomes of a command that was asked for. */
public sealed interface CommandRuling {
    /**
     * It is new and in order: it must be handed to whoever acts.
     *
     * @param life in VALIDATED
     * @param sequence counts the commands handed on
     */
    record Proceed(CommandLife life, long sequence) implements CommandRuling {}

    /**
     * Nothing more is to be done: its id is known, or it was to be checked only.
     *
     * @param life as far as it came
     */
    record Stands(CommandLife life) implements CommandRuling {}

    /**
     * It is not done.
     *
     * @param failure why, and what would be right
     */
    record Refused(Failure failure) implements CommandRuling {}
}
