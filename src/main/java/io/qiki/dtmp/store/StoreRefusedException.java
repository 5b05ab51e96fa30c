package io.qiki.dtmp.store;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;

/** A request the store does not serve: a bound is reached, a twin unknown or a name taken. */
public final class StoreRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    StoreRefusedException(FailureCode code, String sentence) {
        super(sentence);
        this.failure = new Failure(code, sentence);
    }

    /** Code and sentence for whoever asked. */
    public Failure failure() {
        return failure;
    }
}
