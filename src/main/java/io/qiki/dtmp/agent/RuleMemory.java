package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.Vec3;
import java.util.List;

/**
 * What the safety rules remember.
 *
 * @param latches one per rule, in their order
 * @param evading whether a collision is being avoided
 * @param evasionWorld velocity that avoids it, m/s
 * @param evasionEnds tick at which it is over
 * @param standing the proposals that stand
 */
public record RuleMemory(
        List<Latch> latches,
        boolean evading,
        Vec3 evasionWorld,
        long evasionEnds,
        List<Proposal> standing)
        implements EngineState {
    /** Copies. */
    public RuleMemory {
        latches = List.copyOf(latches);
        Check.present(evasionWorld, "evasion");
        Check.range(evasionEnds, 0, Long.MAX_VALUE, "end of the evasion");
        standing = List.copyOf(standing);
    }

    /**
     * A rule's memory.
     *
     * @param raised whether it is raised
     * @param beyond ticks in a row beyond its limit
     */
    public record Latch(boolean raised, int beyond) {
        /** Not raised. */
        static final Latch QUIET = new Latch(false, 0);

        /** Refuses a negative count. */
        public Latch {
            Check.range(beyond, 0, Integer.MAX_VALUE, "ticks beyond the limit");
        }
    }

    @Override
    public Hash64 addTo(Hash64 hash) {
        hash.add((long) latches.size());
        for (Latch latch : latches) {
            hash.add(latch.raised()).add((long) latch.beyond());
        }
        hash.add(evading).add(evasionWorld).add(evasionEnds).add((long) standing.size());
        for (Proposal proposal : standing) {
            proposal.addTo(hash);
        }
        return hash;
    }
}
