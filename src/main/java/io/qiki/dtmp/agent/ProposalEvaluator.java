package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.JudgedProposal.Reason;
import io.qiki.dtmp.model.JudgedProposal.Verdict;
import io.qiki.dtmp.model.Proposal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Judges proposals. Order: type (SAFETY, PLANNING, DIAGNOSTICS, EXPLORATION, UNSPECIFIED last),
 * then priority, confidence, id. Walks that order and accepts every proposal that passes all checks
 * and conflicts with none accepted before it; one that depends on others waits until they are
 * judged. The first check that fails names the reason: state, confidence, expiry, dependency,
 * conflict, actuator. Pure.
 */
public final class ProposalEvaluator {
    /** The order of evaluation. */
    public static final Comparator<Proposal> ORDER =
            Comparator.comparingInt((Proposal p) -> rank(p.type()))
                    .thenComparing(Comparator.comparingDouble(Proposal::priority).reversed())
                    .thenComparing(Comparator.comparingDouble(Proposal::confidence).reversed())
                    .thenComparing(Proposal::id);

    private final double confidence;

    /** An evaluator with the limits of an agent. */
    public ProposalEvaluator(AgentLimits limits) {
        this.confidence = limits.confidence();
    }

    /**
     * Judges the proposals of a tick.
     *
     * @param proposals in any order
     * @param safeSet ids of those among them that are the safe set
     * @param state of the agent
     * @return every proposal once, in the order of evaluation
     */
    public List<JudgedProposal> judge(
            List<Proposal> proposals, List<UUID> safeSet, FsmState state, long tick) {
        List<Proposal> waiting = new ArrayList<>(proposals);
        waiting.sort(ORDER);
        List<JudgedProposal> judged = new ArrayList<>(waiting.size());
        Walk walk = new Walk(safeSet, state, tick);
        while (!waiting.isEmpty()) {
            Proposal next = walk.next(waiting);
            waiting.remove(next);
            Reason reason = walk.judge(next, judged);
            judged.add(
                    new JudgedProposal(
                            next,
                            reason == Reason.PASSED ? Verdict.ACCEPTED : Verdict.REJECTED,
                            reason));
        }
        return judged;
    }

    private static int rank(Proposal.Type type) {
        return switch (type) {
            case SAFETY -> 0;
            case PLANNING -> 1;
            case DIAGNOSTICS -> 2;
            case EXPLORATION -> 3;
            case UNSPECIFIED -> 4;
        };
    }

    /** One walk through the proposals of a tick. */
    private final class Walk {
        private final List<UUID> safeSet;
        private final FsmState state;
        private final long tick;
        private final Set<Actuator> claimed = EnumSet.noneOf(Actuator.class);

        Walk(List<UUID> safeSet, FsmState state, long tick) {
            this.safeSet = safeSet;
            this.state = state;
            this.tick = tick;
        }

        /** The first whose dependencies are judged; the first of all when they wait in a circle. */
        Proposal next(List<Proposal> waiting) {
            for (Proposal proposal : waiting) {
                if (proposal.dependsOn().isEmpty() || ready(proposal, waiting)) {
                    return proposal;
                }
            }
            return waiting.get(0);
        }

        private boolean ready(Proposal proposal, List<Proposal> waiting) {
            for (Proposal other : waiting) {
                if (proposal.dependsOn().contains(other.id())) {
                    return false;
                }
            }
            return true;
        }

        Reason judge(Proposal proposal, List<JudgedProposal> judged) {
            if (!TransitionTable.accepts(state, proposal.type())
                    || TransitionTable.permission(state) == TransitionTable.Permission.SAFE_SET
                            && !safeSet.contains(proposal.id())) {
                return Reason.NOT_ALLOWED_IN_STATE;
            }
            if (proposal.confidence() < confidence) {
                return Reason.LOW_CONFIDENCE;
            }
            if (tick >= proposal.expiresTick()) {
                return Reason.EXPIRED;
            }
            for (UUID needed : proposal.dependsOn()) {
                if (!accepted(judged, needed)) {
                    return Reason.DEPENDENCY_UNMET;
                }
            }
            return clash(proposal, judged);
        }

        private Reason clash(Proposal proposal, List<JudgedProposal> judged) {
            for (JudgedProposal before : judged) {
                if (before.verdict() == Verdict.ACCEPTED
                        && (before.proposal().conflictsWith().contains(proposal.id())
                                || proposal.conflictsWith().contains(before.proposal().id()))) {
                    return Reason.CONFLICT;
                }
            }
            for (ActuatorCommand action : proposal.actions()) {
                if (claimed.contains(action.actuator())) {
                    return Reason.ACTUATOR_CLAIMED;
                }
            }
            for (ActuatorCommand action : proposal.actions()) {
                claimed.add(action.actuator());
            }
            return Reason.PASSED;
        }

        private static boolean accepted(List<JudgedProposal> judged, UUID id) {
            for (JudgedProposal one : judged) {
                if (one.proposal().id().equals(id)) {
                    return one.verdict() == Verdict.ACCEPTED;
                }
            }
            return false;
        }
    }
}
