package io.qiki.dtmp.testkit;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real NATS server with JetStream on a free port of this machine, as a process of its own. What
 * it has stored survives its death and comes back with {@link #restart()}.
 */
public final class NatsServer implements AutoCloseable {
    private static final String BINARY = "nats-server";
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final Path dir;
    private final List<String> more;
    private final Host host;
    private int port = -1;

    private NatsServer(Path dir, List<String> more, Host host) throws IOException {
        this.dir = dir;
        this.more = more;
        this.host = host;
        launch();
    }

    /** Where the server runs: as a program or in a container. */
    interface Host {
        /** Starts it with these arguments; its output goes to a file. */
        void launch(List<String> arguments, Path log) throws IOException;

        /** Whether it runs. */
        boolean isAlive();

        /** Ends it, at once or in order, and waits for the end. */
        void end(boolean atOnce);

        /** It stands still, or goes on. */
        void freeze(boolean still) throws IOException;
    }

    /**
     * Starts a server.
     *
     * @param dir for its files, empty
     * @param more arguments of the program
     */
    public static NatsServer start(Path dir, String... more) throws IOException {
        return new NatsServer(dir, Arrays.asList(more), host(dir));
    }

    /** The same in a container, on the network of this machine. */
    public static NatsServer inContainer(Path dir, String... more) throws IOException {
        return new NatsServer(dir, Arrays.asList(more), new NatsContainer(dir));
    }

    /** The program where there is one, else a container where there is an engine. */
    private static Host host(Path dir) {
        Optional<Path> program = binary();
        if (program.isPresent()) {
            return new NatsProgram(program.get());
        } else if (NatsContainer.isPossible()) {
            return new NatsContainer(dir);
        }
        throw new IllegalStateException(
                "there is neither a nats-server on the path nor an engine for containers; install"
                        + " one, for example with: apt-get install nats-server");
    }

    /** Where it listens; the same after a restart. */
    public int port() {
        return port;
    }

    /** As it stands in a configuration. */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** What it has written to its log. */
    public String log() throws IOException {
        return Files.readString(dir.resolve("log"));
    }

    /** Ends it at once, as a power cut would; it does not say goodbye. */
    public void kill() {
        host.end(true);
    }

    /** Ends it in order: it tells its clients. */
    public void stop() {
        host.end(false);
    }

    /** Starts it again on the same port, with what it had stored. */
    public void restart() throws IOException {
        if (host.isAlive()) {
            throw new IllegalStateException("the server runs; kill or stop it first");
        }
        launch();
    }

    /** It stands still: connections stay, and nobody answers. */
    public void pause() throws IOException {
        host.freeze(true);
    }

    /** It goes on where it stood still. */
    public void resume() throws IOException {
        host.freeze(false);
    }

    /** Ends it, also one that stands still. */
    @Override
    public void close() {
        kill();
    }

    private void launch() throws IOException {
        Path ports = Files.createTempDirectory(dir, "ports");
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-a", "127.0.0.1", "-p", Integer.toString(port), "-js"));
        arguments.addAll(List.of("-sd", dir.resolve("store").toString()));
        arguments.addAll(List.of("--ports_file_dir", ports.toString()));
        arguments.addAll(more);
        host.launch(arguments, dir.resolve("log"));
        await("nats-server on port " + port)
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .failFast("the server ended: see " + dir.resolve("log"), () -> !host.isAlive())
                .until(() -> told(ports).isPresent());
        port = told(ports).orElseThrow();
    }

    /** The port that the server has written down, once it listens there. */
    private static Optional<Integer> told(Path ports) throws IOException {
        try (Stream<Path> files = Files.list(ports)) {
            Optional<Path> file = files.findFirst();
            return file.isEmpty() ? Optional.empty() : read(file.get());
        }
    }

    private static Optional<Integer> read(Path file) throws IOException {
        try {
            JsonObject all = new JsonObject(Files.readString(file));
            return Optional.of(URI.create(all.getJsonArray("nats").getString(0)).getPort());
        } catch (DecodeException halfWritten) {
            return Optional.empty();
        }
    }

    private static Optional<Path> binary() {
        Stream<String> places =
                Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin"));
        return places.map(place -> Path.of(place, BINARY)).filter(Files::isExecutable).findFirst();
    }
}
