package io.qiki.dtmp.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The starting script in a checkout of its own, with a Maven that only pretends to build. */
@Timeout(30)
class ScriptTest {
    private static final Path HOME = Path.of("").toAbsolutePath();

    @TempDir private Path dir;
    private Path checkout;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Files.createDirectories(dir.resolve("checkout"));
        Files.createDirectories(checkout.resolve("src/main"));
        Files.createDirectories(dir.resolve("bin"));
        program(checkout.resolve("qiki"), Files.readString(HOME.resolve("qiki")));
        Files.writeString(checkout.resolve("pom.xml"), "    <version>1.2.3</version>\n");
        program(
                dir.resolve("bin/mvn"),
                """
                #!/bin/sh
                mkdir target/building || { echo "[ERROR] two builds at once"; exit 1; }
                echo built >>target/builds
                sleep 1
                : >target/qiki-dtmp.jar
                rmdir target/building
                """);
    }

    @Test
    void shouldBuildOnceWhenTwoStartsMeet() throws Exception {
        Process one = start(checkout.resolve("qiki"), "build");
        Process other = start(checkout.resolve("qiki"), "build");

        assertThat(errors(one)).doesNotContain("failed", "cannot");
        assertThat(errors(other)).doesNotContain("failed", "cannot");
        assertThat(one.waitFor()).isZero();
        assertThat(other.waitFor()).isZero();
        assertThat(Files.readString(checkout.resolve("target/builds"))).isEqualTo("built\n");
    }

    @Test
    void shouldBuildAgainWhenASourceChanged() throws Exception {
        assertThat(start(checkout.resolve("qiki"), "build").waitFor()).isZero();
        Files.writeString(checkout.resolve("src/main/New.java"), "");

        assertThat(start(checkout.resolve("qiki"), "build").waitFor()).isZero();

        assertThat(Files.readString(checkout.resolve("target/builds"))).isEqualTo("built\nbuilt\n");
    }

    @Test
    void shouldFindItsCheckoutThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(dir.resolve("link"), checkout.resolve("qiki"));

        Process version = start(link, "--version");
        Process build = start(link, "build");

        assertThat(version.getInputStream().readAllBytes())
                .asString()
                .isEqualTo("qiki-dtmp 1.2.3\n");
        assertThat(build.waitFor()).isZero();
        assertThat(dir.resolve("target")).doesNotExist();
        assertThat(checkout.resolve("target/builds")).exists();
    }

    @Test
    void shouldSayInOneSentenceThatThereIsNoPlaceToBuild() throws Exception {
        Files.writeString(checkout.resolve("target"), "a file where a directory should be");

        Process build = start(checkout.resolve("qiki"), "build");

        assertThat(errors(build))
                .startsWith("qiki: ")
                .contains("cannot be written")
                .hasLineCount(1);
        assertThat(build.waitFor()).isEqualTo(2);
    }

    @Test
    void shouldRefuseACommandThatThereIsNot() throws Exception {
        Process unknown = start(checkout.resolve("qiki"), "fly");

        assertThat(errors(unknown))
                .isEqualTo("qiki: there is no command 'fly'; ./qiki --help lists them\n");
        assertThat(unknown.waitFor()).isEqualTo(2);
        assertThat(checkout.resolve("target")).doesNotExist();
    }

    @Test
    void shouldRefuseABenchmarkThatThereIsNotBeforeItBuilds() throws Exception {
        Process unknown = start(checkout.resolve("qiki"), "bench", "--check", "nope");

        assertThat(errors(unknown))
                .startsWith("qiki: there is no benchmark 'nope'; there are store tick ")
                .hasLineCount(1);
        assertThat(unknown.waitFor()).isEqualTo(2);
        assertThat(checkout.resolve("target")).doesNotExist();
    }

    @Test
    void shouldTellEveryExitCode() throws Exception {
        Process help = start(checkout.resolve("qiki"), "--help");

        assertThat(new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("0 done", "1 failed", "2 wrong", "70 ended", "130 inter", "143 term");
    }

    private Process start(Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
        builder.environment().compute("PATH", (name, path) -> dir.resolve("bin") + ":" + path);
        builder.environment().remove("QIKI_LOCKED"); // as from outside of a build
        return builder.start();
    }

    private static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
