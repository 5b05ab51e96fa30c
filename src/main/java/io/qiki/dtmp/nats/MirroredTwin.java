package io.qiki.dtmp.nats;

import io.qiki.dtmp.model.AgentReport;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.store.StateStoreClient.StateAndHistory;
import io.qiki.dtmp.wire.TwinReportPart;
import java.util.Optional;

/**
 * A twin as processes elsewhere tell it: the newest of its vehicle and of its agent, which may come
 * from two of them, and its states as the stream keeps them. Owned by one thread; reads no clock.
 */
final class MirroredTwin {
    /** Ticks that go on for so long without a word of the agent have no agent, ns. */
    static final long AGENT_SILENCE_NANOS = 2_000_000_000L;

    private final TwinId twin;
    private final StateTrail trail;
    private Optional<Observation> vehicle = Optional.empty();
    private Optional<AgentReport> agent = Optional.empty();
    private boolean attended;
    private boolean alone;
    private long aloneSinceNanos;
    private long tickedNanos;

    /**
     * A twin that nothing is known of.
     *
     * @param history transitions that are kept, at least 1
     */
    MirroredTwin(TwinId twin, int history) {
        this.twin = twin;
        this.trail = new StateTrail(history);
    }

    /**
     * Takes what a process tells.
     *
     * @return whether that is news of the vehicle, or of its agent at the same tick
     */
    boolean accept(TwinReportPart part, long nowNanos) {
        boolean ticked = part.vehicle().filter(this::isNews).isPresent();
        boolean found = part.vehicle().isPresent() && part.attended() != attended;
        if (part.vehicle().isPresent()) {
            see(part.vehicle().get(), nowNanos);
            attended = part.attended();
        }
        part.agent().ifPresent(this::hear);
        boolean thought =
                part.agent().isPresent()
                        && vehicle.filter(seen -> seen.tick() == tick(part)).isPresent();
        return ticked || found || thought;
    }

    private static long tick(TwinReportPart part) {
        return part.agent().orElseThrow().decision().tick();
    }

    /** Who tells a tick again, because time stands still, tells no other one. */
    private boolean isNews(Observation seen) {
        return vehicle.filter(
                        known ->
                                known.incarnation() == seen.incarnation()
                                        && known.tick() == seen.tick())
                .isEmpty();
    }

    private void see(Observation seen, long nowNanos) {
        boolean another =
                vehicle.filter(known -> known.incarnation() != seen.incarnation()).isPresent();
        if (another) {
            agent = agent.map(known -> AgentReport.unknown(known.state(), seen.tick()));
        }
        if (isNews(seen)) {
            if (!alone) {
                alone = true;
                aloneSinceNanos = nowNanos;
            }
            tickedNanos = nowNanos;
        }
        vehicle = Optional.of(seen);
    }

    private void hear(AgentReport told) {
        agent = Optional.of(told);
        alone = false;
    }

    /** Takes the next state of the stream. */
    void accept(StoredState state) {
        trail.accept(state);
    }

    /** Nobody has told anything for long: what ticks showed is forgotten, the states stay. */
    void forget() {
        vehicle = Optional.empty();
        agent = Optional.empty();
        attended = false;
        alone = false;
    }

    /** The newest tick; empty before the first. Without an agent its state has epoch 0. */
    Optional<TwinReport> report() {
        return vehicle.map(seen -> agentAt(seen).with(seen));
    }

    private AgentReport agentAt(Observation seen) {
        return agent.filter(told -> hasAgent())
                .orElseGet(() -> AgentReport.unknown(state().orElseGet(this::unborn), seen.tick()));
    }

    /** The newest state, told or kept; empty while nothing is known of it. */
    Optional<StoredState> state() {
        if (vehicle.isPresent() && !hasAgent()) {
            return Optional.of(unborn());
        }
        Optional<StoredState> told = agent.map(AgentReport::state);
        Optional<StoredState> kept = trail.newest();
        if (told.isEmpty() || kept.isEmpty()) {
            return told.isPresent() ? told : kept;
        }
        return StateTrail.isNewer(kept.get(), told.get()) ? kept : told;
    }

    /** The newest state with the transitions that led there. */
    Optional<StateAndHistory> history(int limit) {
        return state().map(state -> trail.with(state, limit));
    }

    /** Whether an agent flies the vehicle, as far as is known. */
    private boolean hasAgent() {
        return attended && !(alone && tickedNanos - aloneSinceNanos > AGENT_SILENCE_NANOS);
    }

    private StoredState unborn() {
        return new StoredState(twin, 0, 0, 0, FsmSnapshot.coldStart());
    }
}
