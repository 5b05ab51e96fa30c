package io.qiki.dtmp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The programs of {@code examples/} and what they need, as processes of their own. */
public final class Examples {
    private static final Path HOME = Path.of("examples").toAbsolutePath();
    private static final Path TARGET = Path.of("target/examples").toAbsolutePath();
    private static final Path PACKAGES = TARGET.resolve("node/node_modules");
    private static final String PYTHON = "/usr/bin/python3";
    private static final long PATIENCE_SECONDS = 120;

    private Examples() {}

    /**
     * What a program has printed and how it ended.
     *
     * @param lines of standard output
     * @param errors all of standard error
     * @param exitCode of the process
     */
    public record Ended(List<String> lines, String errors, int exitCode) {
        /** Copies. */
        public Ended {
            lines = List.copyOf(lines);
        }
    }

    /** Makes what the programs in Python need. */
    public static void makePython() throws IOException, InterruptedException {
        well(List.of(HOME.resolve("python/build.sh").toString(), TARGET + "/python"));
    }

    /** Installs what the programs in Node.js need, unless just that is installed. */
    public static synchronized void installNode() throws IOException, InterruptedException {
        if (isInstalled()) {
            return;
        }
        Path home = Files.createDirectories(PACKAGES.getParent());
        for (String name : List.of("package.json", "package-lock.json")) {
            Files.write(home.resolve(name), Files.readAllBytes(nodeFile(name)));
        }
        List<String> install = new ArrayList<>(List.of("npm", "ci", "--prefix", home.toString()));
        install.addAll(List.of("--ignore-scripts", "--no-audit", "--no-fund"));
        well(install);
    }

    /** npm writes its own list last, so that half an installation has none. */
    private static boolean isInstalled() throws IOException {
        Path list = PACKAGES.getParent().resolve("package-lock.json");
        return Files.exists(PACKAGES.resolve(".package-lock.json"))
                && Files.exists(list)
                && Files.mismatch(list, nodeFile("package-lock.json")) < 0;
    }

    private static Path nodeFile(String name) {
        return HOME.resolve("node").resolve(name);
    }

    /** What a program in Python prints; it must end well. */
    public static List<String> python(String name, String... arguments)
            throws IOException, InterruptedException {
        return well(command(PYTHON, HOME.resolve("python").resolve(name), arguments));
    }

    /** What a program in Node.js prints; it must end well. */
    public static List<String> node(String name, String... arguments)
            throws IOException, InterruptedException {
        return well(command("node", nodeFile(name), arguments));
    }

    /** A program in Node.js that may fail. */
    public static Ended tryNode(String name, String... arguments)
            throws IOException, InterruptedException {
        return run(command("node", nodeFile(name), arguments));
    }

    private static List<String> command(String interpreter, Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(interpreter, program.toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static List<String> well(List<String> command)
            throws IOException, InterruptedException {
        Ended ended = run(command);
        assertThat(ended.exitCode()).as(command + ": " + ended.errors()).isZero();
        return ended.lines();
    }

    /** Runs a command to its end, with the packages of the examples in reach. */
    public static Ended run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONPATH", TARGET.resolve("python").toString());
        builder.environment().put("NODE_PATH", PACKAGES.toString());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> errors = Apart.supply(() -> text(process.getErrorStream()));
            CompletableFuture<String> output = Apart.supply(() -> text(process.getInputStream()));
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
            return new Ended(output.join().lines().toList(), errors.join(), process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
