package io.qiki.dtmp.journal;

import io.qiki.dtmp.model.Check;
import java.util.List;

/**
 * What an input log begins with: all that a replay needs beside the inputs.
 *
 * @param schema form of the records, see {@link InputLog#SCHEMA}
 * @param settings fingerprint of vehicle, scene, mission and agent as they were then
 * @param shards number of shards
 * @param config the text of the configuration, JSON, and each override of it
 * @param worldFields names of the fields whose fingerprints the log holds; possibly none
 */
public record InputLogHeader(
        long schema, long settings, int shards, List<String> config, List<String> worldFields) {
    /** Copies; refuses what no log begins with. */
    public InputLogHeader {
        Check.range(shards, 1, 1024, "shards");
        config = List.copyOf(config);
        worldFields = List.copyOf(worldFields);
    }
}
