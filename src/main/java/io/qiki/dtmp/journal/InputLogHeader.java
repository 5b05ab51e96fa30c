package io.qiki.dtmp.journal;

import io.qiki.dtmp.model.Check;
import java.util.List;

/**
 * What an input log begins with: all that a replay needs beside the inputs.
 *
 * @param schema form of the records, see {@link InputLog#SCHEMA}
 * @param settings fingerprint of vehicle, scene, mission and agent as they were then
 * @param shards number of shards
 * @param config the configuration, JSON, in pieces of up to {@link InputLog#PIECE} characters
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

    /** The configuration in one piece. */
    public String configText() {
        return String.join("", config);
    }
}
