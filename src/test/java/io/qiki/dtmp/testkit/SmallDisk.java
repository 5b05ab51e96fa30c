package io.qiki.dtmp.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A disk of a few megabytes in memory, which can be filled. Needs the rights of root. */
public final class SmallDisk implements AutoCloseable {
    private static final int CHUNK = 4_096;

    private final Path at;
    private final Path filler;

    /** Mounts one on an empty directory. */
    public SmallDisk(Path at, int megabytes) throws IOException, InterruptedException {
        this.at = at;
        this.filler = at.resolve("filler");
        if (!run(
                List.of(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + megabytes + "m",
                        "none",
                        at + ""))) {
            throw new IOException("a disk cannot be mounted on " + at);
        }
    }

    /** Whether this process may mount one. */
    public static boolean canMount() throws IOException, InterruptedException {
        Path probe = Files.createTempDirectory("mount");
        try {
            new SmallDisk(probe, 1).close();
            return true;
        } catch (IOException mayNot) {
            return false;
        } finally {
            Files.delete(probe);
        }
    }

    /** Leaves no room. */
    public void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[CHUNK]);
            }
        } catch (IOException full) {
            if (Files.size(filler) == 0) {
                throw full;
            }
        }
    }

    /** Makes room again. */
    public void clear() throws IOException {
        Files.delete(filler);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run(List.of("umount", "-l", at.toString()));
    }

    private static boolean run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
