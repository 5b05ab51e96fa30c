package io.qiki.dtmp.launcher;

import io.qiki.dtmp.agent.GuestEngine;
import io.qiki.dtmp.config.ConfigNode;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code "engines": [class names]}: engines of one's own beside those of the agent. */
final class EngineReader {
    private static final String KEY = "engines";

    private EngineReader() {}

    /** The engines in their order; a class that cannot be one is a fault of the configuration. */
    static List<GuestEngine> read(ConfigNode agent) {
        List<GuestEngine> engines = new ArrayList<>();
        for (String name : agent.texts(KEY)) {
            engine(agent, name)
                    .ifPresent(
                            engine -> {
                                if (engines.stream().anyMatch(o -> o.id().equals(engine.id()))) {
                                    agent.fault(
                                            KEY,
                                            '"' + name + '"',
                                            "engines with different ids, two are " + engine.id());
                                }
                                engines.add(engine);
                            });
        }
        return engines;
    }

    private static Optional<GuestEngine> engine(ConfigNode agent, String name) {
        try {
            Object made = Class.forName(name).getConstructor().newInstance();
            if (made instanceof GuestEngine engine) {
                return Optional.of(engine);
            }
            fault(agent, name, "it is none");
        } catch (ClassNotFoundException missing) {
            fault(agent, name, "there is no such class");
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException closed) {
            fault(agent, name, "it has no public constructor without arguments");
        } catch (InvocationTargetException thrown) {
            fault(agent, name, "its constructor failed: " + thrown.getCause());
        } catch (LinkageError broken) {
            fault(agent, name, "it cannot be loaded: " + broken);
        }
        return Optional.empty();
    }

    private static void fault(ConfigNode agent, String name, String why) {
        agent.fault(
                KEY,
                '"' + name + '"',
                "the name of a public class that implements GuestEngine; " + why);
    }
}
