package io.qiki.dtmp.model;

/** What an agent does while ACTIVE. */
public enum Activity {
    /** Not ACTIVE. */
    NONE,
    /** Coasting or holding between goals. */
    CRUISE,
    /** Changing place or velocity. */
    MANOEUVRE,
    /** Watching an object. */
    OBSERVE
}
