package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Check;

/** A message that means nothing in the model: names the field and says what would be right. */
public final class ConversionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String sentence;

    /**
     * A refusal.
     *
     * @param field path of the field from the message, for example {@code status.force_n.x}
     * @param sentence what is wrong and what would be right
     */
    public ConversionException(String field, String sentence) {
        super(Check.text(field, "field") + ": " + sentence);
        this.field = field;
        this.sentence = sentence;
    }

    /** Path of the field from the message. */
    public String field() {
        return field;
    }

    /** The same refusal seen from the message around. */
    ConversionException in(String outer) {
        return new ConversionException(outer + "." + field, sentence);
    }
}
