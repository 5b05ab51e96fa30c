package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.Mission;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a new writer of a twin says is never taken for what the one before it said. */
@Timeout(30)
class NewWriterTest {
    private static final int TICKS = 60;

    private final Flight flight = new Flight(5, Mission.standard());
    private final Set<UUID> commands = new HashSet<>();
    private final Set<UUID> proposals = new HashSet<>();

    @Test
    void shouldBeObeyedInTheWorldOfAnother() {
        // Given a vehicle that remembers the commands of its agent
        Set<UUID> earlier = fly();
        Set<UUID> earlierProposals = Set.copyOf(proposals);
        long epoch = flight.last.epoch();

        // When a fresh agent takes over
        flight.replaceAgent();
        Set<UUID> later = fly();

        // Then its commands are new ones, and taken
        assertThat(flight.last.epoch()).isGreaterThan(epoch);
        assertThat(earlier).isNotEmpty();
        assertThat(later).isNotEmpty().doesNotContainAnyElementsOf(earlier);
        assertThat(proposals).isNotEmpty().doesNotContainAnyElementsOf(earlierProposals);
    }

    @Test
    void shouldBeObeyedAlsoWhenTheStoreIsNew() {
        Set<UUID> earlier = fly();

        flight.replaceStore();
        flight.replaceAgent();

        assertThat(fly()).isNotEmpty().doesNotContainAnyElementsOf(earlier);
    }

    @Test
    void shouldSendASafeSetOfItsOwnWhileTheStoreIsSilent() {
        // Given an agent that falls back on the safe set
        fly();
        flight.storeAnswers = false;
        Set<UUID> earlier = ids(flight.tick());

        // When a fresh one of the same age does
        flight.storeAnswers = true;
        flight.replaceAgent();
        flight.tick();
        flight.storeAnswers = false;
        Set<UUID> later = ids(flight.tick());

        // Then
        assertThat(earlier).hasSize(3);
        assertThat(later).hasSize(3).doesNotContainAnyElementsOf(earlier);
    }

    @Test
    void shouldTellApartWritersIncarnationsAndNewcomers() {
        Drafts.Streams streams = Drafts.Streams.of(5, Flight.TWIN, "command");
        Set<UUID> ids = new HashSet<>();
        int made = 0;
        for (long incarnation = 0; incarnation < 4; incarnation++) {
            for (long writer = 0; writer < 4; writer++) {
                for (long count = 0; count < 4; count++) {
                    ids.add(first(streams.of(writer + 1, 9, incarnation), count));
                    ids.add(first(streams.of(0, writer, incarnation), count));
                    made += 2;
                }
            }
        }

        assertThat(ids).hasSize(made);
        assertThat(first(streams.of(2, 0, 1), 7)).isEqualTo(first(streams.of(2, 1, 1), 7));
    }

    private static UUID first(Drafts.Streams streams, long count) {
        return streams.at(1, 0, count).coast().id();
    }

    private static Set<UUID> ids(TwinTick tick) {
        Set<UUID> ids = new HashSet<>();
        tick.commands().stream().map(ActuatorCommand::id).forEach(ids::add);
        return ids;
    }

    /** Flies to ACTIVE and on; every command must be taken. */
    private Set<UUID> fly() {
        commands.clear();
        proposals.clear();
        for (int i = 0; i < TICKS; i++) {
            flight.tick();
            commands.addAll(ids(flight.last));
            for (JudgedProposal judged : flight.last.output().decision().proposals()) {
                proposals.add(judged.proposal().id());
            }
            assertThat(flight.shard.state(Flight.TWIN).actuation().sent())
                    .extracting(SentCommand::stage)
                    .doesNotContain(CommandStage.REJECTED, CommandStage.TIMEOUT);
        }
        assertThat(flight.last.output().snapshot().state()).isEqualTo(FsmState.ACTIVE);
        assertThat(flight.shard.state(Flight.TWIN).actuation().sent())
                .extracting(SentCommand::stage)
                .containsAnyOf(CommandStage.EXECUTING, CommandStage.EXECUTED);
        return Set.copyOf(commands);
    }
}
