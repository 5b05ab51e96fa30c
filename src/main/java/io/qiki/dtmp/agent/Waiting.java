package io.qiki.dtmp.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * What waits for the next tick of a twin, a bounded number. Each thing was given in an incarnation
 * of the vehicle and counts in no other: what ended with that life does not act in the next.
 */
final class Waiting<T> {
    private final int most;
    private final List<Given<T>> given = new ArrayList<>();

    Waiting(int most) {
        this.most = most;
    }

    private record Given<T>(T one, int incarnation) {}

    /** Takes one more; false when as many as may wait already. */
    boolean add(T one, int incarnation) {
        return given.size() < most && given.add(new Given<>(one, incarnation));
    }

    /**
     * What counts at a tick, in its order. What was given earlier is dropped; what was given in an
     * incarnation that the agent has not seen yet waits on.
     *
     * @param incarnation of that tick
     */
    List<T> take(int incarnation) {
        if (given.isEmpty()) {
            return List.of();
        }
        List<T> taken = new ArrayList<>(given.size());
        for (Given<T> next : given) {
            if (next.incarnation() == incarnation) {
                taken.add(next.one());
            }
        }
        given.removeIf(next -> next.incarnation() <= incarnation);
        return taken;
    }
}
