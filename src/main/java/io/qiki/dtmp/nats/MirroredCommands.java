package io.qiki.dtmp.nats;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.CommandLife.Origin;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.CommandStageEvent;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.twin.CommandClient.Known;
import io.qiki.dtmp.wire.CommandCodec;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Commands as their events tell them, newest remembered, those of operators and of agents apart so
 * that the many cannot push out the few. Owned by one thread.
 */
final class MirroredCommands {
    /** Commands that are remembered of either origin. */
    static final int MOST = 4_096;

    private final int most;
    private final Map<UUID, ActuatorCommand> given = new LinkedHashMap<>();
    private final Map<Origin, Map<UUID, CommandLife>> lives = new EnumMap<>(Origin.class);

    MirroredCommands(int most) {
        this.most = most;
        for (Origin origin : Origin.values()) {
            lives.put(origin, new LinkedHashMap<>());
        }
    }

    /** A command was given from here. */
    void gave(ActuatorCommand command) {
        given.put(command.id(), command);
        bound(given);
    }

    /** Takes an event; one that is not of a command says nothing here. */
    void accept(TwinEvent event) {
        Optional<UUID> id = text(event, CommandStageEvent.COMMAND_ID).flatMap(CommandCodec::id);
        Optional<Actuator> actuator = text(event, "actuator").flatMap(Actuator::of);
        Optional<Origin> origin = word(Origin.values(), event, "origin");
        Optional<CommandStage> stage = word(CommandStage.values(), event, "stage");
        if (event.type().equals(CommandStageEvent.TYPE)
                && id.isPresent()
                && actuator.isPresent()
                && origin.isPresent()
                && stage.isPresent()) {
            Map<UUID, CommandLife> all = lives.get(origin.get());
            CommandLife.Step step = step(event, stage.get());
            CommandLife known = all.get(id.get());
            all.put(
                    id.get(),
                    known == null
                            ? CommandLife.begin(
                                    id.get(), event.twin(), actuator.get(), origin.get(), step)
                            : known.to(step).orElse(known));
            bound(all);
        }
    }

    /** A command with its stages; what it asks for is known of those given from here only. */
    Optional<Known> find(UUID id) {
        return lives.values().stream()
                .flatMap(all -> Stream.ofNullable(all.get(id)))
                .findFirst()
                .map(life -> new Known(Optional.ofNullable(given.get(id)), life));
    }

    private static CommandLife.Step step(TwinEvent event, CommandStage stage) {
        FailureCode code =
                event.reason().equals(stage.name())
                        ? FailureCode.NONE
                        : FailureCode.named(event.reason()).orElse(FailureCode.NONE);
        String detail = text(event, "detail").orElse(event.reason());
        return new CommandLife.Step(stage, code, detail, event.tick(), event.step());
    }

    private static Optional<String> text(TwinEvent event, String name) {
        return Optional.ofNullable(event.data().get(name)).filter(text -> !text.isBlank());
    }

    private static <E extends Enum<E>> Optional<E> word(E[] all, TwinEvent event, String name) {
        return Stream.of(all).filter(one -> one.name().equals(event.data().get(name))).findFirst();
    }

    private <T> void bound(Map<UUID, T> all) {
        if (all.size() > most) {
            all.remove(all.keySet().iterator().next());
        }
    }
}
