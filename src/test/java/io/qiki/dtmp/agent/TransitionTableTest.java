package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.agent.TransitionTable.Row;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.Transition;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class TransitionTableTest {
    private final FsmHandler handler = new FsmHandler();

    static Stream<Row> rows() {
        return TransitionTable.rows().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldWalkEveryRow(Row row) {
        for (FsmState from : row.from()) {
            // Given the state a row leads out of
            FsmSnapshot before = at(from, row.fromActivity());

            // When only its condition holds
            FsmSnapshot after = handler.step(before, only(row.condition()), 7);

            // Then it is taken, with its trigger
            assertThat(after.state()).isEqualTo(row.to());
            assertThat(after.activity()).isEqualTo(row.toActivity());
            String trigger = row.trigger().equals(Row.REASON) ? "SENSORS_STALE" : row.trigger();
            assertThat(after.last())
                    .isEqualTo(
                            new Transition(
                                    from,
                                    before.activity(),
                                    row.to(),
                                    row.toActivity(),
                                    trigger,
                                    7));
            assertThat(after.transitions()).isEqualTo(before.transitions() + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(FsmState.class)
    void shouldNotLetTwoRowsTie(FsmState state) {
        for (Activity activity : activities(state)) {
            List<Integer> priorities =
                    rows().filter(row -> row.leaves(state, activity)).map(Row::priority).toList();
            assertThat(priorities).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource(value = FsmState.class, names = "SHUTDOWN", mode = EnumSource.Mode.EXCLUDE)
    void shouldTrapNobody(FsmState state) {
        assertThat(reachable(state))
                .containsAll(EnumSet.complementOf(EnumSet.of(FsmState.BOOTING)));
    }

    @Test
    void shouldEndForGood() {
        assertThat(rows().filter(row -> row.from().contains(FsmState.SHUTDOWN))).isEmpty();
    }

    @Test
    void shouldLeaveEveryActivityForTheOthers() {
        for (Activity activity : activities(FsmState.ACTIVE)) {
            assertThat(
                            rows().filter(row -> row.toActivity() != Activity.NONE)
                                    .filter(row -> row.leaves(FsmState.ACTIVE, activity))
                                    .map(Row::toActivity))
                    .containsExactlyInAnyOrderElementsOf(
                            activities(FsmState.ACTIVE).stream()
                                    .filter(other -> other != activity)
                                    .toList());
        }
    }

    @Test
    void shouldGiveEveryConditionARow() {
        assertThat(rows().map(Row::condition)).contains(Condition.values());
    }

    @Property
    void shouldTakeTheMostUrgentRow(
            @ForAll FsmState state, @ForAll @IntRange(min = 0, max = (1 << 13) - 1) int bits) {
        for (Activity activity : activities(state)) {
            boolean safe = (bits >> Condition.SAFE_MODE_REQUESTED.ordinal() & 1) == 1;
            FsmFacts facts =
                    new FsmFacts(bits, safe ? SafeModeReason.ENGINE_FAILURE : SafeModeReason.NONE);
            FsmSnapshot before = at(state, activity);
            Optional<Row> expected =
                    rows().filter(row -> row.leaves(state, activity))
                            .filter(row -> facts.holds(row.condition()))
                            .min(Comparator.comparingInt(Row::priority));
            FsmSnapshot after = handler.step(before, facts, 9);
            if (expected.isEmpty()) {
                assertThat(after).isSameAs(before);
            } else {
                assertThat(after.state()).isEqualTo(expected.get().to());
                assertThat(after.activity()).isEqualTo(expected.get().toActivity());
            }
        }
    }

    private static Set<FsmState> reachable(FsmState start) {
        Set<FsmState> found = EnumSet.of(start);
        Deque<FsmState> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            FsmState state = open.remove();
            rows().filter(row -> row.from().contains(state))
                    .map(Row::to)
                    .filter(found::add)
                    .forEach(open::add);
        }
        return found;
    }

    private static FsmFacts only(Condition condition) {
        SafeModeReason reason =
                condition == Condition.SAFE_MODE_REQUESTED
                        ? SafeModeReason.SENSORS_STALE
                        : SafeModeReason.NONE;
        return FsmFacts.of(EnumSet.of(condition), reason);
    }

    private static List<Activity> activities(FsmState state) {
        return state == FsmState.ACTIVE
                ? List.of(Activity.CRUISE, Activity.MANOEUVRE, Activity.OBSERVE)
                : List.of(Activity.NONE);
    }

    private static FsmSnapshot at(FsmState state, Activity wanted) {
        Activity activity =
                state == FsmState.ACTIVE && wanted == Activity.NONE ? Activity.CRUISE : wanted;
        SafeModeReason reason =
                state == FsmState.SAFE_MODE ? SafeModeReason.OPERATOR_REQUEST : SafeModeReason.NONE;
        Transition last =
                new Transition(FsmState.BOOTING, Activity.NONE, state, activity, "TEST", 0);
        return new FsmSnapshot(state, activity, reason, last, 3);
    }
}
