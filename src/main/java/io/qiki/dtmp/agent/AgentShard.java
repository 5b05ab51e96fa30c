package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The agents of a shard: ticks each, commits their states, and hands commands out only after the
 * store has acknowledged; without acknowledgement only the safe set. Not thread-safe; owned by the
 * verticle or the lockstep that drives it.
 */
public final class AgentShard {
    /** Most operator requests kept for a tick. */
    public static final int MAX_REQUESTS = 16;

    private final List<TwinId> twins;
    private final List<TickOrchestrator> agents = new ArrayList<>();
    private final List<List<OperatorRequest>> requests = new ArrayList<>();
    private final List<Long> epochsSeen = new ArrayList<>();
    private final FsmCommitter committer;
    private boolean busy;

    /**
     * The agents of a shard, born.
     *
     * @param seed of the run
     * @param twins one agent each, in this order
     * @param writer name of this writer for people
     * @param port the way to the store
     * @param listeners measures the phases of each twin
     */
    public AgentShard(
            AgentSettings settings,
            long seed,
            List<TwinId> twins,
            String writer,
            CommitPort port,
            Function<TwinId, PhaseListener> listeners) {
        this.twins = List.copyOf(twins);
        this.committer = new FsmCommitter(port, writer, this.twins);
        for (TwinId twin : this.twins) {
            agents.add(new TickOrchestrator(settings, twin, seed, listeners.apply(twin)));
            requests.add(new ArrayList<>());
            epochsSeen.add(0L);
        }
    }

    /** The twins in their order. */
    public List<TwinId> twins() {
        return twins;
    }

    /**
     * Takes a request of the operator for the next tick.
     *
     * @return false when the twin is unknown or {@value #MAX_REQUESTS} requests wait already
     */
    public boolean request(TwinId twin, OperatorRequest request) {
        int place = twins.indexOf(twin);
        if (place < 0 || requests.get(place).size() >= MAX_REQUESTS) {
            return false;
        }
        requests.get(place).add(Check.present(request, "operator request"));
        return true;
    }

    /**
     * One cycle of every agent.
     *
     * @param tick number of the agent cycle
     * @param sensed one per twin, in their order
     * @param done gets the finished tick once the store has answered, exactly once
     */
    public void tick(long tick, List<SensedInput> sensed, Consumer<AgentBatch> done) {
        Check.that(!busy, () -> "tick " + tick + " must wait for the answer to the last commit");
        Check.that(
                sensed.size() == twins.size(),
                () ->
                        "a tick takes one input per twin, "
                                + twins.size()
                                + ", was "
                                + sensed.size());
        busy = true;
        List<TickOutput> outputs = new ArrayList<>(agents.size());
        List<FsmCommitter.Request> commits = new ArrayList<>(agents.size());
        for (int i = 0; i < agents.size(); i++) {
            TickOutput output = tick(i, tick, sensed.get(i));
            outputs.add(output);
            commits.add(
                    new FsmCommitter.Request(
                            i,
                            tick,
                            agents.get(i).state().incarnation(),
                            epochsSeen.get(i),
                            output.snapshot()));
        }
        committer.commit(commits, () -> finish(tick, outputs, done));
    }

    private TickOutput tick(int place, long tick, SensedInput sensed) {
        SensedInput mine = mine(place, tick, sensed);
        if (mine instanceof SensedInput.Seen seen) {
            epochsSeen.set(place, seen.observation().epochSeen());
        }
        List<OperatorRequest> waiting = requests.get(place);
        List<OperatorRequest> taken = waiting.isEmpty() ? List.of() : List.copyOf(waiting);
        waiting.clear();
        LastCommit last = committer.seat(place).last();
        return agents.get(place).tick(new TickInput(tick, mine, last, taken));
    }

    /** An observation of somebody else or of another time is none. */
    private SensedInput mine(int place, long tick, SensedInput sensed) {
        TwinId twin = twins.get(place);
        if (sensed instanceof SensedInput.Seen seen
                && (!seen.observation().twin().equals(twin) || seen.observation().tick() != tick)) {
            return new SensedInput.Blind(
                    new Failure(
                            FailureCode.PROVIDER_UNAVAILABLE,
                            "wanted "
                                    + twin
                                    + " tick "
                                    + tick
                                    + ", got "
                                    + seen.observation().twin()
                                    + " tick "
                                    + seen.observation().tick()));
        }
        return sensed;
    }

    private void finish(long tick, List<TickOutput> outputs, Consumer<AgentBatch> done) {
        List<TwinTick> finished = new ArrayList<>(outputs.size());
        for (int i = 0; i < outputs.size(); i++) {
            FsmCommitter.Seat seat = committer.seat(i);
            boolean committed = seat.last().accepted();
            List<ActuatorCommand> commands =
                    committed ? outputs.get(i).commands() : agents.get(i).safeCommands();
            finished.add(
                    new TwinTick(
                            twins.get(i),
                            outputs.get(i),
                            seat.stored(),
                            committed,
                            seat.epoch(),
                            seat.epoch() == 0 ? List.of() : commands));
        }
        busy = false;
        done.accept(new AgentBatch(tick, finished));
    }

    /** The state of an agent. */
    public AgentState state(TwinId twin) {
        return agent(twin).state();
    }

    /** Lets an agent go on from an earlier state. */
    public void restore(TwinId twin, AgentState state) {
        agent(twin).restore(state);
    }

    /**
     * Lets an agent go on exactly from where it was, as the writer it was: the run goes on as if
     * nothing had happened.
     *
     * @param state after its last tick
     * @param stored what the store acknowledged at that tick, and holds
     */
    public void resume(AgentState state, StoredState stored) {
        restore(stored.twin(), state);
        committer.resume(twins.indexOf(stored.twin()), state.incarnation(), stored);
    }

    /** Fingerprint of an agent's state. */
    public long hash(TwinId twin) {
        return agent(twin).hash();
    }

    /** Fingerprint of the state of the agent at a place. */
    public long hash(int place) {
        return agents.get(place).hash();
    }

    private TickOrchestrator agent(TwinId twin) {
        int place = twins.indexOf(twin);
        Check.that(place >= 0, () -> "the shard has no agent of " + twin);
        return agents.get(place);
    }
}
