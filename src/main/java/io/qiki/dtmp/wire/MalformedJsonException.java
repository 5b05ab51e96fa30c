package io.qiki.dtmp.wire;

/** A text that is not the JSON it should be. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String sentence) {
        super(sentence);
    }
}
