package io.qiki.dtmp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Does what documents say, as somebody would who types it: servers and processes of ours stay until
 * the end, everything else runs to its own. The ports that documents and configurations name are
 * others here, so that nothing is in the way.
 */
public final class Terminal implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("\\b(4222|50051|8080|8081|8082)\\b");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path dir;
    private final Map<String, String> ports = new HashMap<>();
    private final Deque<CliProcess> ours = new ArrayDeque<>();
    private final Deque<Process> servers = new ArrayDeque<>();

    /**
     * A terminal.
     *
     * @param dir for files, empty
     */
    public Terminal(Path dir) {
        this.dir = dir;
    }

    /** What is typed here instead of a text of a document. */
    public String here(String text) {
        return PORT.matcher(text)
                .replaceAll(found -> ports.computeIfAbsent(found.group(), port -> freePort()))
                .replace("target/nats", dir.resolve("nats").toString());
    }

    /** Does what is said; gives what a program that ends has printed. */
    public String run(String command) throws Exception {
        if (command.startsWith("nats-server ")) {
            serve(command);
            return "";
        } else if (command.startsWith("./qiki ")) {
            launch(command.substring("./qiki ".length()).split(" "));
            return "";
        }
        Examples.Ended ended = Examples.run(List.of("sh", "-c", here(command)));
        assertThat(ended.exitCode()).as("%s: %s", command, ended.errors()).isZero();
        return String.join("\n", ended.lines());
    }

    /** The server listens where the document says when it says nothing else. */
    private void serve(String command) throws IOException {
        String port = here("4222");
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", "exec " + here(command) + " -p " + port)
                        .redirectErrorStream(true)
                        .redirectOutput(dir.resolve("nats.log").toFile());
        builder.environment().merge("PATH", ":/usr/sbin:/usr/local/sbin", String::concat);
        Process server = builder.start();
        servers.push(server);
        await("nats-server").atMost(PATIENCE).until(() -> listens(Integer.parseInt(port)));
        assertThat(server.isAlive()).isTrue();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void launch(String... words) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (String word : words) {
            arguments.add(word.endsWith(".json") ? copy(word) : here(word));
        }
        if (Arrays.stream(words).noneMatch(word -> word.endsWith(".json"))) {
            arguments.add(copy("conf/demo.json"));
        }
        CliProcess process = CliProcess.java(arguments.toArray(String[]::new));
        ours.push(process);
        process.await(line -> line.startsWith("ready "));
    }

    private String copy(String configuration) throws IOException {
        Path copy = dir.resolve(Path.of(configuration).getFileName());
        Files.writeString(copy, here(Files.readString(Path.of(configuration))));
        return copy.toString();
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException("there is no free port", e);
        }
    }

    @Override
    public void close() {
        ours.forEach(CliProcess::close);
        servers.forEach(Process::destroyForcibly);
    }
}
