package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.Vec3;
import java.util.List;

/**
 * Where a mission stands.
 *
 * @param leg counts the goals begun, from 0; the goal is leg modulo the number of goals
 * @param begun whether the goal of the leg has been begun
 * @param returning whether propellant made it go home for good
 * @param place where to be, m, world frame
 * @param look where the nose points, direction in the world frame; zero: as it is
 * @param settledTicks ticks in a row at the place and at rest
 * @param doneTicks ticks of the goal's time that have been served
 * @param standing the proposals that stand
 */
// An unchanged part of the state stays the same object.
@SuppressWarnings("ReferenceEquality")
public record MissionMemory(
        long leg,
        boolean begun,
        boolean returning,
        Vec3 place,
        Vec3 look,
        int settledTicks,
        long doneTicks,
        List<Proposal> standing)
        implements EngineState {
    /** Nothing begun. */
    static final MissionMemory START =
            new MissionMemory(0, false, false, Vec3.ZERO, Vec3.ZERO, 0, 0, List.of());

    /** Copies; refuses negative counters. */
    public MissionMemory {
        Check.range(leg, 0, Long.MAX_VALUE, "leg");
        Check.present(place, "place");
        Check.present(look, "look");
        Check.range(settledTicks, 0, Integer.MAX_VALUE, "settled ticks");
        Check.range(doneTicks, 0, Long.MAX_VALUE, "done ticks");
        standing = List.copyOf(standing);
    }

    /** The next goal of the mission, not begun. */
    MissionMemory next() {
        return new MissionMemory(leg + 1, false, returning, place, look, 0, 0, standing);
    }

    /** On the way home for good. */
    MissionMemory home() {
        return new MissionMemory(leg, false, true, place, look, 0, 0, standing);
    }

    /** The goal begun with this place and look; what stood before stands no more. */
    MissionMemory begin(Vec3 nextPlace, Vec3 nextLook) {
        return new MissionMemory(leg, true, returning, nextPlace, nextLook, 0, 0, List.of());
    }

    /** With these counters and proposals. */
    MissionMemory with(int settled, long done, List<Proposal> nextStanding) {
        return settled == settledTicks && done == doneTicks && nextStanding == standing
                ? this
                : new MissionMemory(
                        leg, begun, returning, place, look, settled, done, nextStanding);
    }

    @Override
    public Hash64 addTo(Hash64 hash) {
        hash.add(leg).add(begun).add(returning).add(place).add(look);
        hash.add((long) settledTicks).add(doneTicks).add((long) standing.size());
        for (Proposal proposal : standing) {
            proposal.addTo(hash);
        }
        return hash;
    }
}
