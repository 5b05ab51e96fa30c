package io.qiki.dtmp.launcher;

import io.qiki.dtmp.config.ConfigException;
import io.qiki.dtmp.config.ConfigReader;
import io.qiki.dtmp.journal.InputLog;
import io.qiki.dtmp.journal.InputLogHeader;
import io.qiki.dtmp.sim.Columns;
import io.qiki.dtmp.sim.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    /** The options of a command that was given a configuration file, or none. */
    static ConfigOptions of(String file) {
        ConfigOptions options = new ConfigOptions();
        options.file = Optional.ofNullable(file).map(Path::of).orElse(null);
        return options;
    }

    /** Whether a port of a web server was asked for. */
    boolean wantsHttp() {
        return Optional.ofNullable(port).isPresent();
    }

    /** Takes another configuration. */
    void configuration(Path other) {
        file = other;
    }

    /** A reader of configurations that resolves paths against the checkout. */
    RunConfigReader reader() {
        return new RunConfigReader(home());
    }

    /** Where the checkout is. */
    static Path home() {
        return Path.of(System.getProperty(HOME, "."));
    }

    private Path config() {
        return Optional.ofNullable(file).orElse(home().resolve(DEFAULT_CONFIG));
    }

    /** Reads the configuration with all overrides. */
    RunConfig read(List<String> more) throws ConfigException {
        return reader().read(config(), overrides(more));
    }

    /** Refuses a configuration whose twins are in other processes. */
    void needTwins(RunConfig config, CommandSpec spec) {
        if (!config.twins().here()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "twins.source \"nats\" is of 'run', which then shows the twins of other"
                            + " processes; leave it out");
        }
    }

    /** The input log that a configuration asks for, if it does. */
    Optional<LogPlan> log(RunConfig config) throws ConfigException {
        if (config.inputLog().path().isEmpty()) {
            return Optional.empty();
        }
        List<String> text = new ArrayList<>();
        text.add(ConfigReader.text(config()));
        text.addAll(overrides(List.of()));
        List<String> fields =
                config.inputLog().fields()
                        ? new World(config.world(), List.of(config.twins().id(1)))
                                .columns().all().stream().map(Columns.Column::name).toList()
                        : List.of();
        return Optional.of(
                new LogPlan(
                        home().resolve(config.inputLog().path().get()),
                        new InputLogHeader(
                                InputLog.SCHEMA,
                                config.settings(),
                                config.instances(),
                                text,
                                fields),
                        config.inputLog().resume()));
    }

    private List<String> overrides(List<String> more) {
        List<String> overrides = new ArrayList<>();
        quote("http.host", host, overrides);
        plain("http.port", port, overrides);
        plain("grpc.port", grpcPort, overrides);
        quote("nats.url", nats, overrides);
        overrides.addAll(more);
        overrides.addAll(sets);
        return overrides;
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
