package io.qiki.dtmp.model;

/**
 * A proposal with the evaluator's verdict: every proposal gets one.
 *
 * @param proposal what was proposed
 * @param verdict whether it is done
 * @param reason why
 */
public record JudgedProposal(Proposal proposal, Verdict verdict, Reason reason) {
    /** Done or not. */
    public enum Verdict {
        /** Its actions are sent. */
        ACCEPTED,
        /** It is not done. */
        REJECTED
    }

    /** Why a proposal was accepted or not. */
    public enum Reason {
        /** It passed every check. */
        PASSED,
        /** Below the confidence threshold. */
        LOW_CONFIDENCE,
        /** Too late. */
        EXPIRED,
        /** A proposal it depends on is not accepted. */
        DEPENDENCY_UNMET,
        /** It conflicts with one accepted before it. */
        CONFLICT,
        /** An actuator of it is claimed already. */
        ACTUATOR_CLAIMED,
        /** The state of the agent does not allow it. */
        NOT_ALLOWED_IN_STATE
    }

    /** Refuses missing parts. */
    public JudgedProposal {
        Check.present(proposal, "proposal");
        Check.present(verdict, "verdict");
        Check.present(reason, "reason");
        Check.that(
                (verdict == Verdict.ACCEPTED) == (reason == Reason.PASSED),
                () -> "ACCEPTED goes with PASSED only, was " + verdict + " " + reason);
    }
}
