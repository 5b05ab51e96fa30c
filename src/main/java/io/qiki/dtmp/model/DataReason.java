package io.qiki.dtmp.model;

/** Why a value is missing or must not be used. */
public enum DataReason {
    /** Nothing to say: the value is good. */
    NONE("-"),
    /** The product does not model this source yet. */
    NOT_BUILT("not-built"),
    /** No reading has been taken since the start. */
    NOT_YET("not-yet"),
    /** The source reports itself off. */
    OFF("sensor-off"),
    /** The source has not answered beyond its limit. */
    SILENT("silent"),
    /** The source is without electrical power. */
    UNPOWERED("unpowered"),
    /** Nothing within the range of the source. */
    NO_TARGET("no-target"),
    /** The sun or the rate of turn blinds the source. */
    BLINDED("blinded"),
    /** Beyond what the source can measure. */
    SATURATED("saturated"),
    /** The provider of observations does not answer. */
    PROVIDER("provider-unavailable"),
    /** What was answered cannot be true. */
    IMPLAUSIBLE("implausible");

    private final String text;

    DataReason(String text) {
        this.text = text;
    }

    /** The text used on every interface. */
    public String text() {
        return text;
    }
}
