package io.qiki.dtmp.launcher;

import io.qiki.dtmp.config.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration of a command and what overrides it. */
final class ConfigOptions {
    /** Where the checkout is; the starting script says so. */
    private static final String HOME = "qiki.home";

    private static final String DEFAULT_CONFIG = "conf/demo.json";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CONFIG.json",
            description = "configuration; default conf/demo.json")
    private Path file;

    @Option(names = "--host", paramLabel = "HOST", description = "overrides http.host")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "overrides http.port; 0: a free one")
    private String port;

    @Option(names = "--grpc-port", paramLabel = "PORT", description = "overrides grpc.port")
    private String grpcPort;

    @Option(names = "--nats", paramLabel = "URL", description = "overrides nats.url")
    private String nats;

    @Option(
            names = "--set",
            paramLabel = "KEY.PATH=VALUE",
            description = "overrides one value; may be repeated")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--verbose", description = "stack traces of errors, more lines")
    private boolean verbose;

    /** Whether more is to be told. */
    boolean verbose() {
        return verbose;
    }

    /** Reads the configuration with all overrides. */
    RunConfig read(List<String> more) throws ConfigException {
        Path home = Path.of(System.getProperty(HOME, "."));
        Path config = Optional.ofNullable(file).orElse(home.resolve(DEFAULT_CONFIG));
        List<String> overrides = new ArrayList<>();
        quote("http.host", host, overrides);
        plain("http.port", port, overrides);
        plain("grpc.port", grpcPort, overrides);
        quote("nats.url", nats, overrides);
        overrides.addAll(more);
        overrides.addAll(sets);
        return new RunConfigReader(home).read(config, overrides);
    }

    private static void plain(String key, String value, List<String> overrides) {
        Optional.ofNullable(value).ifPresent(given -> overrides.add(key + "=" + given));
    }

    private static void quote(String key, String value, List<String> overrides) {
        Optional.ofNullable(value)
                .ifPresent(
                        given ->
                                overrides.add(
                                        key
                                                + "=\""
                                                + given.replace("\\", "\\\\").replace("\"", "\\\"")
                                                + '"'));
    }
}
