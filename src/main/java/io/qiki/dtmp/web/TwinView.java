package io.qiki.dtmp.web;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the web server remembers of a twin: the newest report, the newest decisions and how far
 * their commands have come. Bounded; owned by one thread.
 */
final class TwinView {
    private static final int MAX_OUTCOMES = 16 * WebConfig.KEPT_DECISIONS;

    private final TwinId twin;
    private final ArrayDeque<Decided> decisions = new ArrayDeque<>();
    private final Map<UUID, CommandOutcome> outcomes = new LinkedHashMap<>();
    private TwinReport report;
    private StoredState state;
    private StoredState stored;
    private long lives;
    private long wallNanos;

    TwinView(TwinId twin) {
        this.twin = twin;
    }

    /**
     * A decision and what its tick took.
     *
     * @param decision what was decided
     * @param phaseMicros of its tick
     */
    record Decided(DecisionRecord decision, List<Long> phaseMicros) {}

    /** Takes the report of a tick; a new incarnation forgets the decisions of the one before. */
    void accept(TwinReport newest, long nowNanos) {
        if (report != null
                && report.observation().incarnation() != newest.observation().incarnation()) {
            decisions.clear();
            outcomes.clear();
        }
        report = newest;
        wallNanos = nowNanos;
        if (state == null || !isNewer(state, newest.state())) {
            state = newest.state();
        }
        if (!decisions.isEmpty()
                && decisions.getLast().decision().tick() == newest.decision().tick()) {
            decisions.removeLast(); // told before without what the agent thought
        } else if (decisions.size() == WebConfig.KEPT_DECISIONS) {
            decisions.removeFirst();
        }
        decisions.addLast(new Decided(newest.decision(), newest.phaseMicros()));
        for (CommandOutcome outcome : newest.observation().outcomes()) {
            outcomes.remove(outcome.commandId());
            outcomes.put(outcome.commandId(), outcome);
        }
        Iterator<UUID> oldest = outcomes.keySet().iterator();
        while (outcomes.size() > MAX_OUTCOMES) {
            oldest.next();
            oldest.remove();
        }
    }

    /**
     * Takes what the store says. One that goes back has begun anew, or its twin has lost its agent:
     * what it says holds all the same.
     */
    void accept(StoredState newest) {
        boolean back = stored != null && newest.version() < stored.version();
        if (back || state == null || !isNewer(state, newest)) {
            state = newest;
        }
        lives += back ? 1 : 0;
        stored = newest;
    }

    private static boolean isNewer(StoredState one, StoredState other) {
        return one.epoch() != other.epoch()
                ? one.epoch() > other.epoch()
                : one.version() > other.version();
    }

    TwinId twin() {
        return twin;
    }

    /** The newest state; empty before the first. */
    Optional<StoredState> state() {
        return Optional.ofNullable(state);
    }

    /** How often the store has gone back to an older version. */
    long lives() {
        return lives;
    }

    /** The newest report; empty before the first tick. */
    Optional<TwinReport> report() {
        return Optional.ofNullable(report);
    }

    /** Wall time since the last tick, ms; 0 before the first. */
    long ageMillis(long nowNanos) {
        return report == null ? 0 : Math.max(0, (nowNanos - wallNanos) / 1_000_000);
    }

    /** The newest decisions, newest first. */
    List<Decided> decisions(int limit) {
        List<Decided> newest = new ArrayList<>(Math.min(limit, decisions.size()));
        Iterator<Decided> down = decisions.descendingIterator();
        while (down.hasNext() && newest.size() < limit) {
            newest.add(down.next());
        }
        return newest;
    }

    /** How far a command has come, if the simulator has said. */
    Optional<CommandOutcome> stage(ActuatorCommand command) {
        return Optional.ofNullable(outcomes.get(command.id()));
    }
}
