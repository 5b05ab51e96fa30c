package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Hash64;

/** What an engine remembers between ticks: an immutable value. */
public interface EngineState {
    /** Adds every field to a fingerprint. */
    Hash64 addTo(Hash64 hash);
}
