package io.qiki.dtmp.testkit;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A nats-server in a container, on the network of this machine and with its directory in the same
 * place, so that everything is where it is with the program. The image is that of the property
 * {@code qiki.nats.image}.
 */
final class NatsContainer implements NatsServer.Host {
    private static final DockerImageName IMAGE =
            DockerImageName.parse(System.getProperty("qiki.nats.image", "nats:2.10"));

    private final Path dir;
    private Optional<GenericContainer<?>> container = Optional.empty();

    NatsContainer(Path dir) {
        this.dir = dir;
    }

    /** Whether there is an engine for containers. */
    static boolean isPossible() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @Override
    public void launch(List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add("nats-server");
        command.addAll(arguments);
        String place = dir.toString();
        @SuppressWarnings("resource") // it lives until end()
        GenericContainer<?> fresh =
                new GenericContainer<>(IMAGE)
                        .withNetworkMode("host")
                        .withCreateContainerCmdModifier(create -> prepare(create, place))
                        .withCommand(command.toArray(String[]::new));
        container = Optional.of(fresh);
        fresh.start();
        Files.writeString(log, "in container " + fresh.getContainerId() + "\n");
    }

    /** The directory is bound here: the library's own way first pulls an image to try it with. */
    private static void prepare(CreateContainerCmd create, String place) {
        create.getHostConfig().withBinds(new Bind(place, new Volume(place)));
        create.withEntrypoint(List.of()).withUser("0");
    }

    @Override
    public boolean isAlive() {
        return container.isPresent() && container.get().isRunning();
    }

    @Override
    public void end(boolean atOnce) {
        if (container.isEmpty()) {
            return;
        }
        GenericContainer<?> ending = container.get();
        container = Optional.empty();
        if (atOnce) {
            ending.getDockerClient().killContainerCmd(ending.getContainerId()).exec();
        } else {
            ending.getDockerClient().stopContainerCmd(ending.getContainerId()).exec();
        }
        ending.stop();
    }

    @Override
    public void freeze(boolean still) throws IOException {
        GenericContainer<?> running = container.orElseThrow();
        if (still) {
            running.getDockerClient().pauseContainerCmd(running.getContainerId()).exec();
        } else {
            running.getDockerClient().unpauseContainerCmd(running.getContainerId()).exec();
        }
    }
}
