package io.qiki.dtmp.journal;

import io.qiki.dtmp.config.ConfigNode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The configuration of the input log, key {@code input-log}.
 *
 * @param path where it is written; none: no log. Default: none, since a log grows as long as the
 *     run does. Directories that are missing are made; a log that is there is not written over
 * @param fields whether fingerprints of single fields are written too, so that a replay can name
 *     the field that differs. Default true; about 0.6 kB per twin and tick
 * @param resume whether a log that is there is replayed and gone on with. Default false: it is
 *     refused
 */
public record InputLogConfig(Optional<Path> path, boolean fields, boolean resume) {
    /** No log. */
    public static final InputLogConfig NONE = new InputLogConfig(Optional.empty(), true, false);

    /** Reads it. */
    public static InputLogConfig read(ConfigNode node) {
        Optional<Path> path = node.path("path");
        boolean fields = node.flag("fields", true);
        boolean resume = node.flag("resume", false);
        node.done();
        return new InputLogConfig(path, fields, resume);
    }
}
