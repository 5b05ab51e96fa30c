package io.qiki.dtmp.model;

/**
 * A failure as a value: the stable code and the sentence for a person.
 *
 * @param code not NONE
 * @param sentence what happened to what, with value and bound where there is one
 */
public record Failure(FailureCode code, String sentence) {
    /** Refuses a failure without a code or a sentence. */
    public Failure {
        Check.that(
                Check.present(code, "failure code") != FailureCode.NONE,
                "a failure needs a code other than NONE");
        Check.text(sentence, "sentence");
    }
}
