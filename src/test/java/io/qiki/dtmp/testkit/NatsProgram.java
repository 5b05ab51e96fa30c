package io.qiki.dtmp.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A nats-server as a program of this machine. */
final class NatsProgram implements NatsServer.Host {
    private static final long END_SECONDS = 10;

    private final Path program;
    private Optional<Process> process = Optional.empty();

    NatsProgram(Path program) {
        this.program = program;
    }

    @Override
    public void launch(List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        process =
                Optional.of(
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                                .start());
    }

    @Override
    public boolean isAlive() {
        return process.isPresent() && process.get().isAlive();
    }

    @Override
    public void end(boolean atOnce) {
        if (process.isEmpty()) {
            return;
        }
        if (atOnce) {
            process.get().destroyForcibly();
        } else {
            process.get().destroy();
        }
        try {
            if (!process.get().waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nats-server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void freeze(boolean still) throws IOException {
        String pid = Long.toString(process.orElseThrow().pid());
        Process kill =
                new ProcessBuilder("kill", still ? "-STOP" : "-CONT", pid).inheritIO().start();
        try {
            if (!kill.waitFor(END_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IOException("nats-server cannot be stopped or continued");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
