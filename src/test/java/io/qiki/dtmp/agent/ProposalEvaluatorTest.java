package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.JudgedProposal.Reason;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.Proposal.Type;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ProposalEvaluatorTest {
    private static final long TICK = 100;
    private final ProposalEvaluator evaluator = new ProposalEvaluator(AgentLimits.STANDARD);

    @Test
    void shouldOrderByTypePriorityConfidenceAndId() {
        Proposal unspecified = proposal(1, Type.UNSPECIFIED, 1, 1);
        Proposal exploration = proposal(2, Type.EXPLORATION, 1, 1);
        Proposal diagnostics = proposal(3, Type.DIAGNOSTICS, 1, 1);
        Proposal planning = proposal(4, Type.PLANNING, 0.1, 1);
        Proposal urgent = proposal(5, Type.PLANNING, 0.9, 0.7);
        Proposal surer = proposal(6, Type.PLANNING, 0.9, 0.8);
        Proposal twin = proposal(7, Type.PLANNING, 0.9, 0.8);
        Proposal safety = proposal(8, Type.SAFETY, 0, 0.6);
        List<Proposal> all =
                List.of(
                        unspecified,
                        exploration,
                        diagnostics,
                        planning,
                        urgent,
                        twin,
                        surer,
                        safety);
        assertThat(judge(FsmState.ACTIVE, all).stream().map(JudgedProposal::proposal))
                .containsExactly(
                        safety,
                        surer,
                        twin,
                        urgent,
                        planning,
                        diagnostics,
                        exploration,
                        unspecified);
    }

    @Test
    void shouldLetEqualConfidencePass() {
        Proposal enough = proposal(1, Type.PLANNING, 1, 0.6);
        Proposal less = proposal(2, Type.PLANNING, 1, Math.nextDown(0.6));
        assertReasons(List.of(enough, less), Reason.PASSED, Reason.LOW_CONFIDENCE);
    }

    @Test
    void shouldRefuseWhatIsTooLate() {
        Proposal late = with(1, List.of(), List.of(), TICK);
        Proposal last = with(2, List.of(), List.of(), TICK + 1);
        assertReasons(List.of(late, last), Reason.EXPIRED, Reason.PASSED);
    }

    @Test
    void shouldWaitForWhatItDependsOn() {
        Proposal first = with(1, List.of(id(2)), List.of(), TICK + 9);
        Proposal needed = proposal(2, Type.EXPLORATION, 1, 1);
        assertReasons(List.of(first, needed), Reason.PASSED, Reason.PASSED);
        assertThat(judge(FsmState.ACTIVE, List.of(first, needed)).get(0).proposal())
                .isSameAs(needed);
    }

    @Test
    void shouldRefuseWhatDependsOnARefusedUnknownOrCircularProposal() {
        Proposal weak = proposal(2, Type.PLANNING, 1, 0.1);
        Proposal onWeak = with(3, List.of(id(2)), List.of(), TICK + 9);
        Proposal onNobody = with(4, List.of(id(99)), List.of(), TICK + 9);
        Proposal one = with(5, List.of(id(6)), List.of(), TICK + 9);
        Proposal other = with(6, List.of(id(5)), List.of(), TICK + 9);
        assertReasons(
                List.of(weak, onWeak, onNobody, one, other),
                Reason.LOW_CONFIDENCE,
                Reason.DEPENDENCY_UNMET,
                Reason.DEPENDENCY_UNMET,
                Reason.DEPENDENCY_UNMET,
                Reason.DEPENDENCY_UNMET);
    }

    @Test
    void shouldRefuseAConflictWhicheverSideNamesIt() {
        Proposal first = with(1, List.of(), List.of(id(2)), TICK + 9);
        Proposal second = with(2, List.of(), List.of(), TICK + 9);
        Proposal third = with(3, List.of(), List.of(id(1)), TICK + 9);
        assertReasons(
                List.of(first, second, third), Reason.PASSED, Reason.CONFLICT, Reason.CONFLICT);
    }

    @Test
    void shouldGiveAnActuatorToOneOnly() {
        Proposal first = acting(1, Type.SAFETY, Actuator.VELOCITY_CONTROLLER);
        Proposal second = acting(2, Type.PLANNING, Actuator.VELOCITY_CONTROLLER);
        Proposal third = acting(3, Type.PLANNING, Actuator.ATTITUDE_CONTROLLER);
        assertReasons(
                List.of(first, second, third),
                Reason.PASSED,
                Reason.ACTUATOR_CLAIMED,
                Reason.PASSED);
    }

    @ParameterizedTest
    @EnumSource(FsmState.class)
    void shouldFollowThePermissionsOfTheState(FsmState state) {
        Proposal safety = proposal(1, Type.SAFETY, 1, 1);
        Proposal safeSet = proposal(2, Type.SAFETY, 1, 1);
        Proposal planning = proposal(3, Type.PLANNING, 1, 1);
        List<Reason> reasons =
                evaluator
                        .judge(List.of(safety, safeSet, planning), List.of(id(2)), state, TICK)
                        .stream()
                        .map(JudgedProposal::reason)
                        .toList();
        Reason no = Reason.NOT_ALLOWED_IN_STATE;
        Reason yes = Reason.PASSED;
        assertThat(reasons)
                .isEqualTo(
                        switch (state) {
                            case IDLE, ACTIVE -> List.of(yes, yes, yes);
                            case SAFE_MODE -> List.of(no, yes, no);
                            case BOOTING, ERROR_STATE, SHUTDOWN -> List.of(no, no, no);
                        });
    }

    @Property(tries = 300)
    void shouldJudgeEveryProposalOnceAndConsistently(@ForAll long seed) {
        // Given proposals of every kind in a random order
        Random random = new Random(seed);
        List<Proposal> all = new ArrayList<>();
        for (int i = 0; i < random.nextInt(20); i++) {
            all.add(random(i, random));
        }
        List<JudgedProposal> judged = judge(FsmState.ACTIVE, all);

        // Then each is judged once, whatever the order of arrival
        assertThat(judged.stream().map(JudgedProposal::proposal))
                .containsExactlyInAnyOrderElementsOf(all);
        List<Proposal> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        assertThat(judge(FsmState.ACTIVE, shuffled)).isEqualTo(judged);

        // And what is accepted fits together
        List<Proposal> accepted =
                judged.stream()
                        .filter(one -> one.reason() == Reason.PASSED)
                        .map(JudgedProposal::proposal)
                        .toList();
        Set<Actuator> claimed = new HashSet<>();
        Set<UUID> ids = new HashSet<>(accepted.stream().map(Proposal::id).toList());
        for (Proposal one : accepted) {
            assertThat(one.confidence()).isGreaterThanOrEqualTo(0.6);
            assertThat(one.expiresTick()).isGreaterThan(TICK);
            assertThat(ids)
                    .containsAll(one.dependsOn())
                    .doesNotContainAnyElementsOf(
                            one.conflictsWith().isEmpty() ? List.of(id(-1)) : one.conflictsWith());
            one.actions().forEach(action -> assertThat(claimed.add(action.actuator())).isTrue());
        }
    }

    private List<JudgedProposal> judge(FsmState state, List<Proposal> proposals) {
        return evaluator.judge(proposals, List.of(), state, TICK);
    }

    private void assertReasons(List<Proposal> proposals, Reason... reasons) {
        List<JudgedProposal> judged = judge(FsmState.ACTIVE, proposals);
        for (int i = 0; i < reasons.length; i++) {
            Proposal proposal = proposals.get(i);
            assertThat(judged.stream().filter(one -> one.proposal() == proposal))
                    .extracting(JudgedProposal::reason)
                    .containsExactly(reasons[i]);
        }
    }

    private static Proposal random(int number, Random random) {
        Actuator[] actuators = Actuator.values();
        List<ActuatorCommand> actions = new ArrayList<>();
        if (random.nextBoolean()) {
            actions.add(command(number, actuators[random.nextInt(actuators.length)]));
        }
        return new Proposal(
                id(number),
                "test",
                Type.values()[random.nextInt(Type.values().length)],
                random.nextInt(3) / 2.0,
                random.nextInt(5) / 4.0,
                actions,
                "because",
                TICK - 1 + random.nextInt(10),
                random.nextInt(3) == 0 ? List.of(id(random.nextInt(20))) : List.of(),
                random.nextInt(3) == 0 ? others(number, random) : List.of(),
                Activity.NONE);
    }

    private static List<UUID> others(int number, Random random) {
        int other = random.nextInt(20);
        return other == number ? List.of() : List.of(id(other));
    }

    private static Proposal proposal(int number, Type type, double priority, double confidence) {
        return new Proposal(
                id(number),
                "test",
                type,
                priority,
                confidence,
                List.of(),
                "because",
                TICK + 9,
                List.of(),
                List.of(),
                Activity.NONE);
    }

    private static Proposal with(
            int number, List<UUID> dependsOn, List<UUID> conflictsWith, long expires) {
        return new Proposal(
                id(number),
                "test",
                Type.PLANNING,
                1,
                1,
                List.of(),
                "because",
                expires,
                dependsOn,
                conflictsWith,
                Activity.NONE);
    }

    private static Proposal acting(int number, Type type, Actuator actuator) {
        return new Proposal(
                id(number),
                "test",
                type,
                1,
                1,
                List.of(command(number, actuator)),
                "because",
                TICK + 9,
                List.of(),
                List.of(),
                Activity.NONE);
    }

    private static ActuatorCommand command(int number, Actuator actuator) {
        return new ActuatorCommand(
                id(number),
                new TwinId("t"),
                actuator,
                ActuatorCommand.Type.DISABLE,
                new CommandValue.Flag(false),
                Unit.UNSPECIFIED,
                0);
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
