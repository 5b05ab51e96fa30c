package io.qiki.dtmp.signal;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.TruthState;

/**
 * What a tick says of a signal.
 *
 * @param signal which
 * @param content the value; absent exactly when the truth is NO_DATA
 * @param sourceStep simulation step of the measurement
 * @param ageMillis simulation time since then, ms
 * @param staleAfterMillis an older value is stale; decided here, not by whoever shows it
 * @param truth what it is worth
 * @param reason why it is worth less than OK; NONE otherwise
 * @param forced whether an injected fault acts on it
 */
public record SignalValue(
        SignalDefinition signal,
        Content content,
        long sourceStep,
        long ageMillis,
        long staleAfterMillis,
        TruthState truth,
        DataReason reason,
        boolean forced) {
    /** Refuses a value without worth and worth without a value. */
    public SignalValue {
        Check.present(signal, "signal");
        Check.present(content, "content");
        Check.present(truth, "truth state");
        Check.present(reason, "reason");
        Check.that(
                (truth == TruthState.NO_DATA) == (content instanceof Content.Absent),
                signal.name() + ": a value must be absent exactly when there is no data");
    }

    /** How it stands to its limits, stale or not; NORMAL for what is not a number. */
    public SignalLimits.Level level() {
        return content instanceof Content.Scalar scalar
                ? signal.limits().level(scalar.value())
                : SignalLimits.Level.NORMAL;
    }

    /** Whether it is over age; its truth stays what it is. */
    public boolean stale() {
        return ageMillis > staleAfterMillis;
    }
}
