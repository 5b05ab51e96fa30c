package io.qiki.dtmp.store;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The authoritative snapshot, version and writer epoch of every twin of the process.
 *
 * <p>A commit is judged in this order; the first rule that applies answers it, and only {@code
 * NONE} changes anything:
 *
 * <ol>
 *   <li>a twin nobody has acquired: {@code NOT_FOUND};
 *   <li>an epoch other than the newest given: {@code STORE_FENCED}, even for a commit that was
 *       accepted while the epoch was current;
 *   <li>the last accepted commit again, every field equal: its first answer, nothing done;
 *   <li>the tick of the last accepted commit with another content: {@code ID_REUSED};
 *   <li>an earlier tick within the epoch: {@code STORE_STALE_TICK};
 *   <li>another expected version than the current one: {@code STORE_VERSION_CONFLICT};
 *   <li>an equal snapshot: accepted, same version, the tick is the new heartbeat;
 *   <li>otherwise accepted, the version rises by exactly 1.
 * </ol>
 *
 * <p>A refused commit is not remembered: it changed nothing, and its writer may correct it within
 * the same tick. A new epoch may begin at any tick, also an earlier one; versions go on.
 *
 * <p>Plain and single-threaded: whoever owns it calls it from one thread at a time. A subscriber's
 * notification may poll and close subscriptions, and must not commit, acquire or subscribe.
 */
public final class StateStore {
    private final StoreLimits limits;
    private final Map<TwinId, StateCell> cells = new HashMap<>();
    private final List<StateCell> inOrder = new ArrayList<>();
    private final Subscribers subscribers;

    private long acquires;
    private long changes;
    private long heartbeats;
    private long repeats;
    private long conflicts;
    private long fenced;
    private long refused;
    private long gets;
    private long historyDropped;

    /** An empty store. */
    public StateStore(StoreLimits limits) {
        this.limits = Check.present(limits, "limits");
        this.subscribers = new Subscribers(limits.subscribers());
    }

    /**
     * Makes somebody the one writer of a twin and fences off whoever was before. The first acquire
     * of a twin creates it with version 0 and the snapshot agents are born with.
     *
     * @param writer who, for people
     * @param floor highest epoch the simulator has seen of this twin; the new one is above it
     * @return the state to go on from; its epoch is the writer's
     * @throws StoreRefusedException QUEUE_FULL when the store is full, BAD_ARGUMENT for a negative
     *     floor or one that no epoch is above
     */
    public StoredState acquire(TwinId twin, String writer, long floor) {
        subscribers.refuseWhileNotifying();
        Check.present(twin, "twin");
        Check.text(writer, "writer");
        StateCell cell = cells.get(twin);
        long highest = Math.max(cell == null ? 0 : cell.epoch, floor);
        if (floor < 0 || highest == Long.MAX_VALUE) {
            throw new StoreRefusedException(
                    FailureCode.BAD_ARGUMENT,
                    "the epoch floor of "
                            + twin
                            + " must be 0.."
                            + (Long.MAX_VALUE - 1)
                            + ", was "
                            + floor);
        }
        boolean isNew = cell == null;
        if (isNew) {
            cell = create(twin, writer);
        }
        cell.handOver(writer, highest + 1);
        acquires++;
        StoredState state = cell.state();
        if (isNew) {
            subscribers.announce(cell);
        }
        return state;
    }

    /**
     * Goes on from a state that another store held: a restored or forked twin.
     *
     * @throws StoreRefusedException ID_REUSED for a twin this store holds already, QUEUE_FULL when
     *     the store is full
     */
    public void adopt(StoredState state) {
        subscribers.refuseWhileNotifying();
        if (cells.containsKey(state.twin())) {
            throw new StoreRefusedException(
                    FailureCode.ID_REUSED, "the store holds " + state.twin() + " already");
        }
        StateCell cell = create(state.twin(), "restored");
        cell.adopt(state);
        subscribers.announce(cell);
    }

    /** Judges a commit by the rules above and does it if they allow. */
    public StateAck commit(StateCommit commit) {
        subscribers.refuseWhileNotifying();
        StateCell cell = cells.get(commit.twin());
        if (cell == null) {
            refused++;
            return new StateAck(commit.twin(), FailureCode.NOT_FOUND, 0, 0);
        }
        if (commit.epoch() != cell.epoch) {
            fenced++;
            return refusal(cell, FailureCode.STORE_FENCED);
        }
        if (cell.hasReached(commit.tick())) {
            return again(cell, commit);
        }
        if (commit.expectedVersion() != cell.version) {
            conflicts++;
            return refusal(cell, FailureCode.STORE_VERSION_CONFLICT);
        }
        return accept(cell, commit);
    }

    /**
     * Judges commits one after the other; a refused one does not affect the others.
     *
     * @return an outcome per commit, in their order
     */
    public List<StateAck> commit(List<StateCommit> batch) {
        List<StateAck> acks = new ArrayList<>(batch.size());
        for (StateCommit commit : batch) {
            acks.add(commit(commit));
        }
        return acks;
    }

    /** The current state of a twin, if the store holds it. */
    public Optional<StoredState> get(TwinId twin) {
        gets++;
        StateCell cell = cells.get(twin);
        return cell == null ? Optional.empty() : Optional.of(cell.state());
    }

    /** The current state of every twin, in the order of their first acquire. */
    public List<StoredState> states() {
        gets += inOrder.size();
        List<StoredState> states = new ArrayList<>(inOrder.size());
        for (StateCell cell : inOrder) {
            states.add(cell.state());
        }
        return states;
    }

    /** Who acquired a twin last, if anybody has. */
    public Optional<String> writer(TwinId twin) {
        StateCell cell = cells.get(twin);
        return cell == null ? Optional.empty() : Optional.of(cell.writer);
    }

    /**
     * The newest transitions of a twin.
     *
     * @param limit most to give, 1 or more
     * @throws StoreRefusedException NOT_FOUND for a twin the store does not hold
     */
    public TransitionHistory history(TwinId twin, int limit) {
        Check.range(limit, 1, Integer.MAX_VALUE, "history limit");
        return known(twin).history.newest(limit);
    }

    /**
     * Subscribes to one twin. Its current state waits at once; {@code ready} runs after each
     * change.
     *
     * @param name of the subscriber; not in use
     * @param ready must return soon; when it throws, the subscription ends
     * @throws StoreRefusedException NOT_FOUND for an unknown twin, ID_REUSED for a name in use,
     *     QUEUE_FULL when there are too many
     */
    public Subscription subscribe(String name, TwinId twin, Runnable ready) {
        return subscribers.ofOne(name, known(twin), ready);
    }

    /**
     * Subscribes to all twins, those to come included, otherwise as {@link #subscribe}.
     *
     * @throws StoreRefusedException ID_REUSED for a name in use, QUEUE_FULL when there are too many
     */
    public Subscription subscribeAll(String name, Runnable ready) {
        return subscribers.ofAll(name, Collections.unmodifiableList(inOrder), ready);
    }

    /** The subscription of a name, if it has not ended. */
    public Optional<Subscription> subscription(String name) {
        return subscribers.named(name);
    }

    /** What has been done so far. */
    public StoreMetrics metrics() {
        return new StoreMetrics(
                inOrder.size(),
                subscribers.count(),
                acquires,
                changes,
                heartbeats,
                repeats,
                conflicts,
                fenced,
                refused,
                gets,
                subscribers.deliveries(),
                subscribers.conflated(),
                historyDropped,
                subscribers.failures());
    }

    private StateCell create(TwinId twin, String writer) {
        if (inOrder.size() >= limits.twins()) {
            throw new StoreRefusedException(
                    FailureCode.QUEUE_FULL,
                    "the store holds "
                            + limits.twins()
                            + " twins, its bound; "
                            + twin
                            + " would be one more");
        }
        StateCell cell = new StateCell(twin, writer, limits.history());
        cells.put(twin, cell);
        inOrder.add(cell);
        return cell;
    }

    private StateAck again(StateCell cell, StateCommit commit) {
        if (cell.isRepeat(commit)) {
            repeats++;
            return cell.lastAck();
        }
        refused++;
        return refusal(
                cell,
                commit.tick() == cell.lastTick()
                        ? FailureCode.ID_REUSED
                        : FailureCode.STORE_STALE_TICK);
    }

    private StateAck accept(StateCell cell, StateCommit commit) {
        boolean equal = StateCell.same(cell.snapshot, commit.snapshot());
        if (equal) {
            heartbeats++;
        } else {
            changes++;
            if (cell.isTransition(commit.snapshot())
                    && cell.history.add(commit.snapshot().last())) {
                historyDropped++;
            }
        }
        long version = equal ? cell.version : Math.addExact(cell.version, 1);
        StateAck ack = new StateAck(cell.twin, FailureCode.NONE, cell.epoch, version);
        if (cell.take(commit, ack)) {
            subscribers.publish(cell);
        }
        return ack;
    }

    private static StateAck refusal(StateCell cell, FailureCode code) {
        return new StateAck(cell.twin, code, cell.epoch, cell.version);
    }

    private StateCell known(TwinId twin) {
        StateCell cell = cells.get(twin);
        if (cell == null) {
            throw new StoreRefusedException(
                    FailureCode.NOT_FOUND, "the store holds no twin " + twin);
        }
        return cell;
    }
}
