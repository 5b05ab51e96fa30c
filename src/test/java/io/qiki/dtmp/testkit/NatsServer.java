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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real NATS server with JetStream on a free port of this machine, as a process of its own. What
 * it has stored survives its death and comes back with {@link #restart()}.
 */
public final class NatsServer implements AutoCloseable {
    private static final String BINARY = "nats-server";
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final long END_SECONDS = 10;

    private final Path dir;
    private final List<String> more;
    private Process process;
    private int port = -1;

    private NatsServer(Path dir, List<String> more) throws IOException {
        this.dir = dir;
        this.more = more;
        launch();
    }

    /**
     * Starts a server.
     *
     * @param dir for its files, empty
     * @param more arguments of the program
     */
    public static NatsServer start(Path dir, String... more) throws IOException {
        return new NatsServer(dir, Arrays.asList(more));
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
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it in order: it tells its clients. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Starts it again on the same port, with what it had stored. */
    public void restart() throws IOException {
        if (process.isAlive()) {
            throw new IllegalStateException("the server runs; kill or stop it first");
        }
        launch();
    }

    /** It stands still: connections stay, and nobody answers. */
    public void pause() throws IOException {
        signal("STOP");
    }

    /** It goes on where it stood still. */
    public void resume() throws IOException {
        signal("CONT");
    }

    /** Ends it, also one that stands still. */
    @Override
    public void close() {
        kill();
    }

    private void launch() throws IOException {
        Path ports = Files.createTempDirectory(dir, "ports");
        List<String> command = new ArrayList<>();
        command.add(binary().toString());
        command.addAll(List.of("-a", "127.0.0.1", "-p", Integer.toString(port), "-js"));
        command.addAll(List.of("-sd", dir.resolve("store").toString()));
        command.addAll(List.of("--ports_file_dir", ports.toString()));
        command.addAll(more);
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(dir.resolve("log").toFile()))
                        .start();
        await("nats-server on port " + port)
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .failFast("the server ended: see " + dir.resolve("log"), () -> !process.isAlive())
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

    private static Path binary() {
        Stream<String> places =
                Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin"));
        return places.map(place -> Path.of(place, BINARY))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "there is no nats-server on the path; install it, for"
                                                + " example with: apt-get install nats-server"));
    }

    private void signal(String name) throws IOException {
        Process kill =
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .inheritIO()
                        .start();
        await().until(() -> !kill.isAlive());
        if (kill.exitValue() != 0) {
            throw new IOException("signal " + name + " could not be sent to the server");
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nats-server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
