package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;

/** Why a future failed: carries the failure as a value. Without a stack trace: it is an answer. */
public final class RequestFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** Carries a failure. */
    public RequestFailed(Failure failure) {
        super(failure.sentence(), null, false, false);
        this.failure = failure;
    }

    /** Carries a code and a sentence. */
    public RequestFailed(FailureCode code, String sentence) {
        this(new Failure(code, sentence));
    }

    /** What failed. */
    public Failure failure() {
        return failure;
    }
}
