package io.qiki.dtmp.launcher;

import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.wire.ScriptCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The observations that agents are shown without a simulator. */
final class MockScript {
    /** Where they stand in the checkout. */
    static final String FILE = "conf/mock/nominal.jsonl";

    private MockScript() {}

    /**
     * Reads them.
     *
     * @param line of the command that wants them
     * @throws ParameterException when they cannot be used
     */
    static List<Observation> read(CommandLine line) {
        Path file = ConfigOptions.home().resolve(FILE);
        try {
            return ScriptCodec.read(Files.readAllLines(file));
        } catch (IOException | IllegalArgumentException broken) {
            throw new ParameterException(
                    line, "script " + file + " cannot be used: " + broken.getMessage());
        }
    }
}
