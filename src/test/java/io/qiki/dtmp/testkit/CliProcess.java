package io.qiki.dtmp.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The program as a process of its own: the packaged archive, or the script for what needs no build.
 * SIGINT has its default meaning in it, whoever started the tests.
 */
public final class CliProcess implements AutoCloseable {
    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final CompletableFuture<String> err;
    private final List<String> lines = new ArrayList<>();

    private CliProcess(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(HOME.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // Java would announce it on stderr
        process = builder.start();
        process.getOutputStream().close();
        out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        InputStream errors = process.getErrorStream();
        err = Apart.supply(() -> text(errors));
    }

    /** Starts the packaged program. */
    public static CliProcess java(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Dqiki.home=" + HOME));
        command.addAll(List.of("-jar", HOME.resolve("target/qiki-dtmp.jar").toString()));
        command.addAll(Arrays.asList(arguments));
        return new CliProcess(command);
    }

    /** Starts the packaged program with more classes beside it. */
    public static CliProcess javaWith(Path classes, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Dqiki.home=" + HOME));
        command.add("-cp");
        command.add(classes + ":" + HOME.resolve("target/qiki-dtmp.jar"));
        command.add("io.qiki.dtmp.launcher.Main");
        command.addAll(Arrays.asList(arguments));
        return new CliProcess(command);
    }

    /** Starts the script at the top level. */
    public static CliProcess script(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("qiki").toString());
        command.addAll(Arrays.asList(arguments));
        return new CliProcess(command);
    }

    /** Reads standard output up to a line of a kind and gives it. */
    public String await(Predicate<String> kind) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (kind.test(line)) {
                return line;
            }
        }
        throw new AssertionError("the output ended without it: " + lines + "\n" + err.join());
    }

    /** Sends a signal by its name without SIG. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    }

    /** Waits for the end, at most a minute, and gives the exit code. */
    public int exitCode() throws IOException, InterruptedException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end; it printed " + lines);
        }
        return process.exitValue();
    }

    /** What was read of standard output so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** All of standard error; waits for its end. */
    public String errors() {
        return err.join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
