package io.qiki.dtmp.scenario;

import io.qiki.dtmp.agent.DecisionEngine;
import io.qiki.dtmp.agent.Drafts;
import io.qiki.dtmp.agent.EngineState;
import io.qiki.dtmp.agent.Situation;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.Vec3;
import java.util.List;

/** An engine that does what it is told to do wrong. */
final class Saboteur implements DecisionEngine {
    private final boolean essential;
    private final Breakdown kind;

    /** Whether it does it now. */
    boolean broken;

    Saboteur(boolean essential, Breakdown kind) {
        this.essential = essential;
        this.kind = kind;
    }

    private record Memory() implements EngineState {
        @Override
        public Hash64 addTo(Hash64 hash) {
            return hash;
        }
    }

    @Override
    public String id() {
        return "saboteur";
    }

    @Override
    public EngineState initial() {
        return new Memory();
    }

    @Override
    public boolean essential() {
        return essential;
    }

    @Override
    public EngineState propose(Situation situation, EngineState state, List<Proposal> proposals) {
        if (!broken) {
            return state;
        }
        switch (kind) {
            case FAILS, COMES_BACK -> throw new IllegalArgumentException("cannot propose");
            case THROWS -> throw new StackOverflowError("on purpose");
            case GARBAGE -> proposals.add(proposal(situation, "safe-set", Long.MAX_VALUE));
            case LATE -> proposals.add(proposal(situation, id(), situation.tick() - 1));
            case HANGS -> throw new AssertionError("an engine that hangs is tried elsewhere");
        }
        return state;
    }

    /** At 50 m/s, more urgent than anything else. */
    private static Proposal proposal(Situation situation, String source, long expires) {
        Drafts drafts = situation.drafts();
        Proposal made =
                drafts.proposal(
                        new Drafts.Purpose(source, Proposal.Type.SAFETY, 1, 1),
                        List.of(drafts.velocity(new Vec3(50, 0, 0))),
                        "sabotage",
                        Activity.MANOEUVRE);
        return new Proposal(
                made.id(),
                made.source(),
                made.type(),
                made.priority(),
                made.confidence(),
                made.actions(),
                made.justification(),
                expires,
                made.dependsOn(),
                made.conflictsWith(),
                made.goal());
    }
}
