package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.TwinId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What the command book knows of one twin: its time, its agent, its unfinished commands. */
public final class CommandDesk {
    private final Set<CommandEntry> pending = new LinkedHashSet<>();
    private Optional<FsmSnapshot> agent;
    private Moment now = Moment.START;
    private int fresh;
    private int underWay;

    CommandDesk(Optional<FsmSnapshot> agent) {
        this.agent = agent;
    }

    /**
     * A point in the time of a twin.
     *
     * @param incarnation of its vehicle
     * @param tick in it
     * @param step in it
     */
    public record Moment(int incarnation, long tick, long step) {
        /** Before the first tick. */
        public static final Moment START = new Moment(0, 0, 0);

        /** Refuses what is before the start. */
        public Moment {
            Check.range(incarnation, 0, Integer.MAX_VALUE, "incarnation");
            Check.range(tick, 0, Long.MAX_VALUE, "tick");
            Check.range(step, 0, Long.MAX_VALUE, "step");
        }
    }

    Moment now() {
        return now;
    }

    void at(Moment next) {
        now = next;
        fresh = 0;
    }

    Optional<FsmSnapshot> agent() {
        return agent;
    }

    void agent(FsmSnapshot state) {
        agent = Optional.of(state);
    }

    void unattended() {
        agent = Optional.empty();
    }

    Set<CommandEntry> pending() {
        return pending;
    }

    void add(CommandEntry entry) {
        pending.add(entry);
        if (!entry.ofAgent()) {
            underWay++;
            fresh++;
        }
    }

    void remove(CommandEntry entry) {
        if (pending.remove(entry) && !entry.ofAgent()) {
            underWay--;
        }
    }

    boolean full(CommandLimits limits) {
        return underWay >= limits.underWay() || fresh >= limits.perTick();
    }

    String fullness(TwinId twin, CommandLimits limits) {
        return underWay >= limits.underWay()
                ? twin
                        + " has "
                        + limits.underWay()
                        + " unfinished commands, the most there may be; wait for one to end"
                : twin
                        + " takes "
                        + limits.perTick()
                        + " commands between two ticks; wait for the next tick";
    }
}
