package io.qiki.dtmp.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.ActuatorCommand.Type;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.testkit.Reports;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CommandBookTest {
    private static final TwinId TWIN = Reports.TWIN;
    private static final FsmSnapshot ACTIVE = Reports.at(1).state().snapshot();
    private static final long TICK = 100_000_000;

    private CommandBook book;
    private int next;

    @BeforeEach
    void open() {
        book = new CommandBook(new CommandLimits(4, 3, 3, TICK), List.of(TWIN), true);
        book.known(TWIN, ACTIVE);
    }

    @Test
    void shouldTimeOutInTicksAndNameTheStageItStoodIn() {
        // Given a burst of 1 s, so that its deadline is 2 s and the grace after it
        UUID id = accepted(burst(50, 1_000), 10);
        long deadline = 11 + 20 + CommandLimits.GRACE_TICKS;
        tick(deadline - 1);
        assertThat(life(id).stage()).isEqualTo(CommandStage.ACCEPTED);

        // When
        tick(deadline);

        // Then
        assertThat(life(id).last().code()).isEqualTo(FailureCode.COMMAND_TIMEOUT);
        assertThat(life(id).last().reason()).contains("ACCEPTED").contains("" + deadline);
        assertThat(life(id).last().truth()).isEqualTo(TruthState.NO_DATA);
    }

    @Test
    void shouldEndWhatAnEarlierIncarnationAccepted() {
        UUID id = accepted(burst(50, 1_000), 10);

        book.ticked(TWIN, new CommandDesk.Moment(1, 0, 0));

        assertThat(life(id).stage()).isEqualTo(CommandStage.UNAVAILABLE);
        assertThat(life(id).last().code()).isEqualTo(FailureCode.SIM_RESTARTED);
    }

    @Test
    void shouldConfirmAModeByACommittedStateOnly() {
        ActuatorCommand idle = mode(FsmState.IDLE);
        UUID id = accepted(idle, 10);
        commit(10);
        assertThat(life(id).stage()).as("before it acts").isEqualTo(CommandStage.ACCEPTED);

        commit(11);

        assertThat(life(id).stage()).isEqualTo(CommandStage.EXECUTED);
        assertThat(life(id).last().tick()).isEqualTo(11);
    }

    @Test
    void shouldAnswerARepeatedIdWithItsFirstResult() {
        ActuatorCommand given = burst(50, 1_000);
        accepted(given, 10);
        assertThat(rule(given))
                .isEqualTo(new CommandRuling.Stands(life(given.id())))
                .isInstanceOf(CommandRuling.Stands.class);
        assertThat(refusal(again(given.id(), 51))).isEqualTo(FailureCode.ID_REUSED);
    }

    @Test
    void shouldKeepARefusalUnderItsId() {
        book.known(TWIN, FsmSnapshot.coldStart());
        ActuatorCommand given = burst(50, 1_000);
        Failure first = ((CommandRuling.Refused) rule(given)).failure();
        assertThat(first.code()).isEqualTo(FailureCode.WRONG_STATE);
        assertThat(first.sentence()).contains("agent-state", "ACTIVE", "BOOTING");

        book.known(TWIN, ACTIVE);

        assertThat(((CommandRuling.Refused) rule(given)).failure()).isEqualTo(first);
        assertThat(life(given.id()).stage()).isEqualTo(CommandStage.REJECTED);
    }

    @Test
    void shouldTakeModesInEveryStateAndNothingElseUnlessRunning() {
        book.known(TWIN, FsmSnapshot.coldStart());
        assertThat(book.rule(mode(FsmState.SAFE_MODE), false, RunState.PAUSED))
                .isInstanceOf(CommandRuling.Proceed.class);
        book.known(TWIN, ACTIVE);
        CommandRuling paused = book.rule(burst(50, 100), false, RunState.PAUSED);
        assertThat(((CommandRuling.Refused) paused).failure().sentence())
                .contains("run-state", "PAUSED", "sim.start");
    }

    @Test
    void shouldLeaveNoTraceOfADryRun() {
        ActuatorCommand given = burst(50, 1_000);

        CommandRuling ruling = book.rule(given, true, RunState.RUNNING);

        assertThat(((CommandRuling.Stands) ruling).life().stage())
                .isEqualTo(CommandStage.VALIDATED);
        assertThat(book.size()).isZero();
        assertThat(book.takeEvents()).isEmpty();
        assertThat(rule(given)).isInstanceOf(CommandRuling.Proceed.class);
    }

    @Test
    void shouldRefuseMoreThanAreTakenBetweenTwoTicksAndForgetThose() {
        rule(burst(1, 100));
        rule(burst(2, 100));
        rule(burst(3, 100));
        ActuatorCommand fourth = burst(4, 100);

        assertThat(refusal(fourth)).isEqualTo(FailureCode.QUEUE_FULL);

        assertThat(book.find(fourth.id())).isEmpty();
    }

    @Test
    void shouldForgetWhatFinishedFirstAndNothingThatIsUnderWay() {
        // Given one under way and five that are over, where four are kept
        UUID underWay = accepted(burst(50, 1_000), 1);
        UUID first = executed(1);
        for (int k = 2; k <= 5; k++) {
            executed(k);
        }

        assertThat(book.find(first)).isEmpty();
        assertThat(book.find(underWay)).isPresent();
        assertThat(book.size()).isEqualTo(5);
    }

    @Test
    void shouldTellEachStageOnceWithTickTruthAndReasonAlsoOfAgents() {
        // Given a command of the agent that is sent twice under its id
        ActuatorCommand given = burst(50, 100);
        book.sent(given, new CommandDesk.Moment(0, 3, 15));
        book.sent(given, new CommandDesk.Moment(0, 6, 30));

        // When
        see(given.id(), CommandStage.EXECUTING, 7);
        see(given.id(), CommandStage.EXECUTED, 8);
        see(given.id(), CommandStage.FAILED, 9);

        // Then
        List<TwinEvent> told = book.takeEvents();
        assertThat(told)
                .extracting(one -> one.data().get("stage"))
                .containsExactly("REQUESTED", "VALIDATED", "EXECUTING", "EXECUTED");
        assertThat(told).extracting(TwinEvent::tick).containsExactly(3L, 3L, 7L, 8L);
        assertThat(told).allMatch(one -> one.data().get("origin").equals("AGENT"));
        assertThat(told).allMatch(one -> one.truth() == TruthState.OK);
        assertThat(book.outOfOrder()).isOne();
    }

    private UUID executed(long tick) {
        UUID id = accepted(burst(50, 100), tick);
        see(id, CommandStage.EXECUTED, tick + 1);
        tick(tick + 1);
        return id;
    }

    private UUID accepted(ActuatorCommand command, long tick) {
        assertThat(rule(command)).isInstanceOf(CommandRuling.Proceed.class);
        book.taken(command.id(), new CommandDesk.Moment(0, tick, 5 * tick));
        return command.id();
    }

    private void see(UUID id, CommandStage stage, long tick) {
        book.seen(
                TWIN,
                tick,
                new CommandOutcome(id, Actuator.RCS_UP, stage, FailureCode.NONE, 5 * tick));
    }

    private void commit(long tick) {
        book.committed(TWIN, new CommandDesk.Moment(0, tick, 5 * tick), ACTIVE);
    }

    private void tick(long tick) {
        book.ticked(TWIN, new CommandDesk.Moment(0, tick, 5 * tick));
    }

    private CommandRuling rule(ActuatorCommand command) {
        return book.rule(command, false, RunState.RUNNING);
    }

    private FailureCode refusal(ActuatorCommand command) {
        return ((CommandRuling.Refused) rule(command)).failure().code();
    }

    private CommandLife life(UUID id) {
        return book.find(id).orElseThrow().life();
    }

    private ActuatorCommand burst(double percent, int millis) {
        return command(
                Actuator.RCS_UP,
                Type.SET_VELOCITY,
                new CommandValue.Scalar(percent),
                Unit.PERCENT,
                millis);
    }

    private ActuatorCommand mode(FsmState state) {
        return command(
                Actuator.SYSTEM_CONTROLLER,
                Type.SET_MODE,
                new CommandValue.Whole(state.number()),
                Unit.UNSPECIFIED,
                0);
    }

    private ActuatorCommand again(UUID id, double percent) {
        return new ActuatorCommand(
                id,
                TWIN,
                Actuator.RCS_UP,
                Type.SET_VELOCITY,
                new CommandValue.Scalar(percent),
                Unit.PERCENT,
                1_000);
    }

    private ActuatorCommand command(
            Actuator actuator, Type type, CommandValue value, Unit unit, int millis) {
        return new ActuatorCommand(new UUID(7, next++), TWIN, actuator, type, value, unit, millis);
    }
}
