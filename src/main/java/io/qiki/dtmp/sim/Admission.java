package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.FailureCode;

/**
 * The answer to a command that was handed in.
 *
 * @param stage that it reached: ACCEPTED, REJECTED, or of a repeated id the stage it stands in
 * @param code why it was refused; NONE otherwise
 * @param sentence what is wrong and what would be right; empty when nothing is
 */
public record Admission(CommandStage stage, FailureCode code, String sentence) {
    /** Refuses missing parts. */
    public Admission {
        Check.present(stage, "stage");
        Check.present(code, "failure code");
        Check.present(sentence, "sentence");
    }

    static Admission refused(FailureCode code, String sentence) {
        return new Admission(CommandStage.REJECTED, code, sentence);
    }
}
