package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;

/** Why a future failed: carries the failure as a value. Without a stack trace: it is an answer. */
public final class RequestFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean heard;

    /** Carries a failure of somebody who has heard the request, or may have. */
    public RequestFailed(Failure failure) {
        this(failure, true);
    }

    /** Carries a failure; the request was not heard when nobody was there to take it. */
    RequestFailed(Failure failure, boolean heard) {
        super(failure.sentence(), null, false, false);
        this.failure = failure;
        this.heard = heard;
    }

    /** Carries a code and a sentence. */
    public RequestFailed(FailureCode code, String sentence) {
        this(new Failure(code, sentence));
    }

    /** Whether the request may have had an effect: one that was not heard may be sent again. */
    public boolean heard() {
        return heard;
    }

    /** What failed. */
    public Failure failure() {
        return failure;
    }
}
