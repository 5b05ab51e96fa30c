package io.qiki.dtmp.model;

/** What a value is worth: anything but OK comes with a reason. */
public enum TruthState {
    /** Measured by what it names. */
    OK,
    /** There is no value; never shown as zero. */
    NO_DATA,
    /** A substitute stands in for the source. */
    FALLBACK,
    /** There is a value and it must not be used. */
    INVALID
}
