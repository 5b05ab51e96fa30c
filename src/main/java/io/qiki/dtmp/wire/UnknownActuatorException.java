package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Actuator;
import java.util.UUID;

/** A UUID that belongs to no actuator. */
public final class UnknownActuatorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Tells which there are. */
    public UnknownActuatorException(UUID id) {
        super(
                "there is no actuator "
                        + id
                        + "; commands from outside go to "
                        + Actuator.outsideIds());
    }
}
