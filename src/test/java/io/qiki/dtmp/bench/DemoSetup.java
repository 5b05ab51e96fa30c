package io.qiki.dtmp.bench;

import io.qiki.dtmp.config.ConfigException;
import io.qiki.dtmp.launcher.RunConfig;
import io.qiki.dtmp.launcher.RunConfigReader;
import io.qiki.dtmp.store.StoreLimits;
import io.qiki.dtmp.twin.TwinSetup;
import java.nio.file.Path;
import java.util.List;

/** The set-up of the default run, {@code conf/demo.json} unchanged. */
final class DemoSetup {
    private DemoSetup() {}

    static TwinSetup read() {
        try {
            RunConfig demo =
                    new RunConfigReader(Path.of("").toAbsolutePath())
                            .read(Path.of("conf", "demo.json"), List.of());
            return new TwinSetup(
                    demo.world(),
                    demo.agents(),
                    List.of(),
                    StoreLimits.withHistory(demo.history()));
        } catch (ConfigException e) {
            throw new IllegalStateException("conf/demo.json cannot be read", e);
        }
    }
}
