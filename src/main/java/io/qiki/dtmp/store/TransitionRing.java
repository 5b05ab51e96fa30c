package io.qiki.dtmp.store;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Transition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last transitions of one twin in flat arrays, which live as long as the twin: a history of
 * records would age in the heap and be paid for in pauses. The arrays double up to the bound, then
 * the oldest entry gives way.
 */
final class TransitionRing {
    private static final FsmState[] STATES = FsmState.values();
    private static final Activity[] ACTIVITIES = Activity.values();
    private static final int FIRST_SIZE = 8;
    private static final int BITS = 8;
    private static final int MASK = (1 << BITS) - 1;

    private final int bound;
    private int[] edges;
    private long[] ticks;
    private String[] triggers;
    private long added;

    TransitionRing(int bound) {
        this.bound = bound;
        int size = Math.min(FIRST_SIZE, bound);
        edges = new int[size];
        ticks = new long[size];
        triggers = new String[size];
    }

    /** Keeps a transition; true when an older one was dropped for it. */
    boolean add(Transition transition) {
        if (added == edges.length && edges.length < bound) {
            int size = Math.min(2 * edges.length, bound);
            edges = Arrays.copyOf(edges, size);
            ticks = Arrays.copyOf(ticks, size);
            triggers = Arrays.copyOf(triggers, size);
        }
        int at = (int) (added % edges.length);
        edges[at] =
                pack(transition.from(), transition.fromActivity()) << (2 * BITS)
                        | pack(transition.to(), transition.toActivity());
        ticks[at] = transition.tick();
        triggers[at] = transition.trigger();
        added++;
        return added > bound;
    }

    /** The newest {@code limit} transitions, oldest first. */
    TransitionHistory newest(int limit) {
        long kept = Math.min(added, edges.length);
        int count = (int) Math.min(kept, limit);
        List<Transition> list = new ArrayList<>(count);
        for (long i = added - count; i < added; i++) {
            list.add(at((int) (i % edges.length)));
        }
        return new TransitionHistory(list, added - kept);
    }

    private Transition at(int index) {
        int edge = edges[index];
        return new Transition(
                STATES[(edge >>> (3 * BITS)) & MASK],
                ACTIVITIES[(edge >>> (2 * BITS)) & MASK],
                STATES[(edge >>> BITS) & MASK],
                ACTIVITIES[edge & MASK],
                triggers[index],
                ticks[index]);
    }

    private static int pack(FsmState state, Activity activity) {
        return state.ordinal() << BITS | activity.ordinal();
    }
}
