package io.qiki.dtmp.journal;

import java.io.IOException;
import java.nio.file.Path;

/** An input log that is damaged in its middle: a record that is none, and whole ones after it. */
public final class InputLogDamaged extends IOException {
    private static final long serialVersionUID = 1;

    private final long offset;

    InputLogDamaged(Path file, long offset) {
        super("input log " + file + " is damaged at byte " + offset);
        this.offset = offset;
    }

    /** Where the record begins that is none, bytes from the beginning of the file. */
    public long offset() {
        return offset;
    }
}
