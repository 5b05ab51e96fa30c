package io.qiki.dtmp.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.testkit.Reports;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever comes in whatever order: no stage goes back, no life ends twice, no id acts twice. */
class CommandBookPropertyTest {
    private static final TwinId TWIN = Reports.TWIN;
    private static final FsmSnapshot ACTIVE = Reports.at(1).state().snapshot();
    private static final CommandStage[] STAGES = CommandStage.values();

    private final Map<UUID, CommandStage> reached = new HashMap<>();
    private final Set<UUID> proceeded = new HashSet<>();

    @Property(tries = 500)
    void shouldOnlyMoveOnWhateverComes(@ForAll long seed) {
        Random random = new Random(seed);
        reached.clear();
        proceeded.clear();
        CommandBook book =
                new CommandBook(
                        new CommandLimits(1_000, 1_000, 1_000, 100_000_000), List.of(TWIN), true);
        book.known(TWIN, ACTIVE);
        List<UUID> ids = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            ids.add(new UUID(seed, k));
        }
        CommandDesk.Moment now = CommandDesk.Moment.START;
        for (int k = 0; k < 200; k++) {
            UUID id = ids.get(random.nextInt(ids.size()));
            switch (random.nextInt(7)) {
                case 0 -> give(book, command(id, random.nextInt(3)));
                case 1 -> book.taken(id, now);
                case 2 -> book.failed(id, new Failure(FailureCode.SIM_UNAVAILABLE, "away"));
                case 3, 4 -> book.seen(TWIN, now.tick(), outcome(id, random, now));
                case 5 -> {
                    now =
                            new CommandDesk.Moment(
                                    now.incarnation(), now.tick() + random.nextInt(9), now.step());
                    book.ticked(TWIN, now);
                }
                default -> {
                    int reset = random.nextInt(10) == 0 ? 1 : 0;
                    now = new CommandDesk.Moment(now.incarnation() + reset, now.tick(), 0);
                    book.ticked(TWIN, now);
                }
            }
            book.takeEvents().forEach(this::follow);
        }
        assertThat(reached.keySet()).allSatisfy(id -> told(book, id));
    }

    private void told(CommandBook book, UUID id) {
        assertThat(book.find(id).orElseThrow().life().stage()).isEqualTo(reached.get(id));
    }

    /** Follows the events on its own, by the table: order of stages, one final stage. */
    private void follow(TwinEvent event) {
        UUID id = UUID.fromString(event.data().get("command_id"));
        CommandStage stage = CommandStage.valueOf(event.data().get("stage"));
        CommandStage before = reached.put(id, stage);
        if (before == null) {
            assertThat(stage).isEqualTo(CommandStage.REQUESTED);
        } else {
            assertThat(before.isFinal()).as("%s after %s", stage, before).isFalse();
            assertThat(stage).isGreaterThan(before);
        }
    }

    private void give(CommandBook book, ActuatorCommand command) {
        if (book.rule(command, false, RunState.RUNNING) instanceof CommandRuling.Proceed) {
            assertThat(proceeded.add(command.id())).as("acts once").isTrue();
        }
    }

    private static CommandOutcome outcome(UUID id, Random random, CommandDesk.Moment now) {
        return new CommandOutcome(
                id,
                Actuator.RCS_UP,
                STAGES[random.nextInt(STAGES.length)],
                FailureCode.NONE,
                now.step());
    }

    private static ActuatorCommand command(UUID id, int variant) {
        return new ActuatorCommand(
                id,
                TWIN,
                Actuator.RCS_UP,
                ActuatorCommand.Type.SET_VELOCITY,
                new CommandValue.Scalar(variant == 2 ? 500 : 50),
                Unit.PERCENT,
                variant == 1 ? 200 : 100);
    }
}
