package io.qiki.dtmp.agent;

import static io.qiki.dtmp.model.FsmState.ACTIVE;
import static io.qiki.dtmp.model.FsmState.BOOTING;
import static io.qiki.dtmp.model.FsmState.ERROR_STATE;
import static io.qiki.dtmp.model.FsmState.IDLE;
import static io.qiki.dtmp.model.FsmState.SAFE_MODE;
import static io.qiki.dtmp.model.FsmState.SHUTDOWN;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Proposal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The one table of the state machine: transitions and what each state allows. The handler runs it,
 * documents and the dashboard draw it.
 *
 * <p>The rows of radar guards, approach, docking and charge come with those parts.
 */
public final class TransitionTable {
    private static final Activity ANY = Activity.NONE;
    private static final Activity NONE = Activity.NONE;

    private static final List<Row> ROWS =
            List.of(
                    row(
                            List.of(BOOTING, IDLE, ACTIVE, SAFE_MODE, ERROR_STATE),
                            ANY,
                            Condition.SHUTDOWN_REQUESTED,
                            SHUTDOWN,
                            NONE,
                            "SHUTDOWN_REQUESTED",
                            1),
                    row(
                            List.of(BOOTING, IDLE, ACTIVE, ERROR_STATE),
                            ANY,
                            Condition.SAFE_MODE_REQUESTED,
                            SAFE_MODE,
                            NONE,
                            Row.REASON,
                            2),
                    row(
                            List.of(BOOTING),
                            ANY,
                            Condition.SELF_TEST_MISSING,
                            SAFE_MODE,
                            NONE,
                            "BIOS_UNAVAILABLE",
                            3),
                    row(
                            List.of(BOOTING),
                            ANY,
                            Condition.SELF_TEST_FAILED,
                            ERROR_STATE,
                            NONE,
                            "BIOS_ERROR",
                            4),
                    row(
                            List.of(IDLE, ACTIVE),
                            ANY,
                            Condition.SYSTEM_DEVICE_FAILED,
                            ERROR_STATE,
                            NONE,
                            "BIOS_ERROR",
                            5),
                    row(
                            List.of(BOOTING),
                            ANY,
                            Condition.SELF_TEST_PASSED,
                            IDLE,
                            NONE,
                            "BOOT_COMPLETE",
                            6),
                    row(
                            List.of(ERROR_STATE),
                            ANY,
                            Condition.SELF_TEST_CONFIRMED,
                            IDLE,
                            NONE,
                            "ERROR_CLEARED",
                            7),
                    row(
                            List.of(SAFE_MODE),
                            ANY,
                            Condition.SAFE_EXIT_CONFIRMED,
                            IDLE,
                            NONE,
                            "SAFE_MODE_EXIT_CONFIRMED",
                            8),
                    row(
                            List.of(IDLE),
                            ANY,
                            Condition.PROPOSAL_ACCEPTED,
                            ACTIVE,
                            Activity.CRUISE,
                            "PROPOSALS_RECEIVED",
                            9),
                    row(
                            List.of(ACTIVE),
                            ANY,
                            Condition.PROPOSALS_ABSENT,
                            IDLE,
                            NONE,
                            "NO_PROPOSALS",
                            10),
                    row(
                            List.of(ACTIVE),
                            Activity.CRUISE,
                            Condition.MANOEUVRE_EXECUTED,
                            ACTIVE,
                            Activity.MANOEUVRE,
                            "MANOEUVRE_EXECUTED",
                            11),
                    row(
                            List.of(ACTIVE),
                            Activity.OBSERVE,
                            Condition.MANOEUVRE_EXECUTED,
                            ACTIVE,
                            Activity.MANOEUVRE,
                            "MANOEUVRE_EXECUTED",
                            12),
                    row(
                            List.of(ACTIVE),
                            Activity.CRUISE,
                            Condition.OBSERVATION_EXECUTED,
                            ACTIVE,
                            Activity.OBSERVE,
                            "OBSERVATION_EXECUTED",
                            13),
                    row(
                            List.of(ACTIVE),
                            Activity.MANOEUVRE,
                            Condition.OBSERVATION_EXECUTED,
                            ACTIVE,
                            Activity.OBSERVE,
                            "OBSERVATION_EXECUTED",
                            14),
                    row(
                            List.of(ACTIVE),
                            Activity.MANOEUVRE,
                            Condition.HOLD_EXECUTED,
                            ACTIVE,
                            Activity.CRUISE,
                            "HOLD_EXECUTED",
                            15),
                    row(
                            List.of(ACTIVE),
                            Activity.OBSERVE,
                            Condition.HOLD_EXECUTED,
                            ACTIVE,
                            Activity.CRUISE,
                            "HOLD_EXECUTED",
                            16));

    private static final Map<FsmState, Permission> PERMISSIONS = permissions();

    private TransitionTable() {}

    /** What leaves an agent in a state. */
    public enum Permission {
        /** No proposal is accepted. */
        NOTHING,
        /** Proposals of every type are accepted; nothing is sent yet. */
        ACCEPT_ONLY,
        /** Proposals of every type are accepted and sent. */
        EVERYTHING,
        /** The safe set only. */
        SAFE_SET
    }

    /**
     * A transition.
     *
     * @param from states it leads out of
     * @param fromActivity activity it leads out of; NONE: any
     * @param condition under which it is taken
     * @param to state it leads to
     * @param toActivity activity it leads to; NONE exactly when not ACTIVE
     * @param trigger recorded with the transition; {@link #REASON}: the name of the safe-mode
     *     reason
     * @param priority of the rows whose condition holds the one with the least number is taken
     */
    public record Row(
            List<FsmState> from,
            Activity fromActivity,
            Condition condition,
            FsmState to,
            Activity toActivity,
            String trigger,
            int priority) {
        /** Stands for the name of the reason. */
        public static final String REASON = "<reason>";

        /** Copies; refuses contradictions. */
        public Row {
            from = List.copyOf(from);
            Check.that(!from.isEmpty(), "a row must lead out of a state");
            Check.present(fromActivity, "from activity");
            Check.present(condition, "condition");
            Check.that(
                    (Check.present(to, "to") == ACTIVE) == (toActivity != Activity.NONE),
                    "an activity belongs to ACTIVE and to no other state");
            Check.text(trigger, "trigger");
        }

        /** Whether it leads out of this state and activity. */
        public boolean leaves(FsmState state, Activity activity) {
            return from.contains(state) && (fromActivity == ANY || fromActivity == activity);
        }

        /** The origin for a person: {@code IDLE}, {@code ACTIVE/CRUISE}, {@code IDLE, ACTIVE}. */
        public String fromText() {
            String states = String.join(", ", from.stream().map(Enum::name).toList());
            return fromActivity == ANY ? states : states + "/" + fromActivity;
        }

        /** The destination for a person. */
        public String toText() {
            return toActivity == NONE ? to.name() : to + "/" + toActivity;
        }
    }

    /** The rows, most urgent first. */
    public static List<Row> rows() {
        return ROWS;
    }

    /** What a state allows. */
    public static Permission permission(FsmState state) {
        return PERMISSIONS.get(state);
    }

    /** Whether proposals of a type are accepted in a state; in SAFE_MODE of the safe set only. */
    public static boolean accepts(FsmState state, Proposal.Type type) {
        return switch (permission(state)) {
            case NOTHING -> false;
            case ACCEPT_ONLY, EVERYTHING -> true;
            case SAFE_SET -> type == Proposal.Type.SAFETY;
        };
    }

    private static Map<FsmState, Permission> permissions() {
        Map<FsmState, Permission> all = new EnumMap<>(FsmState.class);
        all.put(BOOTING, Permission.NOTHING);
        all.put(IDLE, Permission.ACCEPT_ONLY);
        all.put(ACTIVE, Permission.EVERYTHING);
        all.put(SAFE_MODE, Permission.SAFE_SET);
        all.put(ERROR_STATE, Permission.NOTHING);
        all.put(SHUTDOWN, Permission.NOTHING);
        return all;
    }

    private static Row row(
            List<FsmState> from,
            Activity fromActivity,
            Condition condition,
            FsmState to,
            Activity toActivity,
            String trigger,
            int priority) {
        return new Row(from, fromActivity, condition, to, toActivity, trigger, priority);
    }
}
