package io.qiki.dtmp.launcher;

import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.FailureCode;

/** The process could not start, or ended by a failure. */
final class StartFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final FailureCode code;

    StartFailed(Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        this.code =
                cause instanceof RequestFailed failed
                        ? failed.failure().code()
                        : FailureCode.INTERNAL;
    }

    /** What failed. */
    FailureCode code() {
        return code;
    }
}
