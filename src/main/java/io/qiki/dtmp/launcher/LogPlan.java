package io.qiki.dtmp.launcher;

import io.qiki.dtmp.journal.InputLogHeader;
import io.qiki.dtmp.model.Check;
import java.nio.file.Path;

/**
 * The input log of a run.
 *
 * @param file where it is
 * @param header what it begins with
 * @param resume whether a log that is there is gone on with
 */
public record LogPlan(Path file, InputLogHeader header, boolean resume) {
    /** Refuses missing parts. */
    public LogPlan {
        Check.present(file, "input log");
        Check.present(header, "header");
    }
}
