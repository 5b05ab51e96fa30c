package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.AgentOutlook;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.EngineAnswer;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.InputRecord.AgentInput;
import io.qiki.dtmp.model.InputRecord.AgentsRestored;
import io.qiki.dtmp.model.InputRecord.AgentsTicked;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The agents of a shard: ticks each, commits their states, and hands commands out only after the
 * store has acknowledged; without acknowledgement only the safe set. Everything that enters is
 * written down. Not thread-safe; owned by the verticle, the lockstep or the replay that drives it.
 */
public final class AgentShard {
    /** Most operator requests kept for a tick. */
    public static final int MAX_REQUESTS = 16;

    /** Most answers of outside engines kept for a tick. */
    public static final int MAX_ANSWERS = 16;

    private final List<TwinId> twins;
    private final List<TickOrchestrator> agents = new ArrayList<>();
    private final List<Waiting<OperatorRequest>> requests = new ArrayList<>();
    private final List<Waiting<EngineAnswer>> answers = new ArrayList<>();
    private final List<Long> epochsSeen = new ArrayList<>();
    private final FsmCommitter committer;
    private int shard;
    private InputSink inputs = InputSink.NONE;
    private long turn;
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
        this(settings, seed, twins, writer, port, listeners, List.of());
    }

    /**
     * The same with engines of one's own beside those of the product.
     *
     * @param guests shared by all agents; they keep nothing between ticks
     */
    public AgentShard(
            AgentSettings settings,
            long seed,
            List<TwinId> twins,
            String writer,
            CommitPort port,
            Function<TwinId, PhaseListener> listeners,
            List<DecisionEngine> guests) {
        List<DecisionEngine> engines = new ArrayList<>(Brain.standardEngines(settings));
        engines.addAll(guests);
        this.twins = List.copyOf(twins);
        this.committer = new FsmCommitter(port, writer, this.twins);
        Brain.Common common = Brain.Common.of(settings);
        for (TwinId twin : this.twins) {
            agents.add(new TickOrchestrator(common, twin, seed, listeners.apply(twin), engines));
            requests.add(new Waiting<>(MAX_REQUESTS));
            answers.add(new Waiting<>(MAX_ANSWERS));
            epochsSeen.add(0L);
        }
    }

    /**
     * Writes down what enters from now on.
     *
     * @param number of the shard
     */
    public void recordTo(int number, InputSink sink) {
        shard = number;
        inputs = Check.present(sink, "input sink");
    }

    /** The twins in their order. */
    public List<TwinId> twins() {
        return twins;
    }

    /**
     * Takes a request of the operator for the next tick, unless the twin lives in another
     * incarnation then.
     *
     * @return false when the twin is unknown or {@value #MAX_REQUESTS} requests wait already
     */
    public boolean request(TwinId twin, OperatorRequest request) {
        int place = twins.indexOf(twin);
        return place >= 0 && request(twin, request, living(place));
    }

    /**
     * The same for a request that was given in a certain incarnation.
     *
     * @param incarnation of the twin's vehicle, from 0 on
     */
    public boolean request(TwinId twin, OperatorRequest request, int incarnation) {
        int place = twins.indexOf(twin);
        return place >= 0
                && requests.get(place).add(Check.present(request, "operator request"), incarnation);
    }

    /**
     * Takes the answer of an engine outside of the tick for the next tick, unless the twin lives in
     * another incarnation then.
     *
     * @return false when the twin is unknown or {@value #MAX_ANSWERS} answers wait already
     */
    public boolean answer(TwinId twin, EngineAnswer answer) {
        int place = twins.indexOf(twin);
        return place >= 0 && answer(twin, answer, living(place));
    }

    /**
     * The same for the answer to an observation of a certain incarnation.
     *
     * @param incarnation of the twin's vehicle, from 0 on
     */
    public boolean answer(TwinId twin, EngineAnswer answer, int incarnation) {
        int place = twins.indexOf(twin);
        return place >= 0
                && answers.get(place).add(Check.present(answer, "engine answer"), incarnation);
    }

    /** The incarnation that the agent at a place knows; the first before it has seen any. */
    private int living(int place) {
        return Math.max(0, agents.get(place).state().incarnation());
    }

    /**
     * One cycle of every agent: of the observation's tick, or of the next number without one.
     *
     * @param seen one per twin, in their order
     * @param done gets the finished tick once the store has answered, exactly once
     */
    public void tick(SensedBatch seen, Consumer<AgentBatch> done) {
        List<SensedInput> sensed = seen.sensed();
        Check.that(!busy, "a tick must wait for the answer to the last commit");
        Check.that(
                sensed.size() == twins.size(),
                () ->
                        "a tick takes one input per twin, "
                                + twins.size()
                                + ", was "
                                + sensed.size());
        busy = true;
        turn++;
        List<TickOutput> outputs = new ArrayList<>(agents.size());
        List<AgentInput> entered = new ArrayList<>(agents.size());
        List<FsmCommitter.Request> commits = new ArrayList<>(agents.size());
        for (int i = 0; i < agents.size(); i++) {
            AgentInput input = input(i, mine(i, sensed.get(i)));
            entered.add(input);
            TickOutput output = tick(i, sensed.get(i), input);
            outputs.add(output);
            commits.add(
                    new FsmCommitter.Request(
                            i,
                            output.tick(),
                            agents.get(i).state().incarnation(),
                            epochsSeen.get(i),
                            output.snapshot()));
        }
        committer.commit(commits, () -> finish(seen.number(), entered, outputs, done));
    }

    private AgentInput input(int place, SensedInput sensed) {
        List<Failure> blind =
                sensed instanceof SensedInput.Blind none ? List.of(none.failure()) : List.of();
        int incarnation =
                sensed instanceof SensedInput.Seen seen
                        ? seen.observation().incarnation()
                        : living(place);
        AgentInput input =
                new AgentInput(
                        blind,
                        requests.get(place).take(incarnation),
                        answers.get(place).take(incarnation));
        return input.plain() ? AgentInput.PLAIN : input;
    }

    private TickOutput tick(int place, SensedInput sensed, AgentInput input) {
        TickOrchestrator agent = agents.get(place);
        LastCommit last = committer.seat(place).last();
        long epoch = committer.seat(place).epoch();
        if (!input.blind().isEmpty()) {
            return agent.tick(
                    new TickInput(
                            agent.state().tick() + 1,
                            new SensedInput.Blind(input.blind().get(0)),
                            last,
                            epoch,
                            input.requests(),
                            input.answers()));
        }
        Observation seen = ((SensedInput.Seen) sensed).observation();
        epochsSeen.set(place, seen.epochSeen());
        return agent.tick(
                new TickInput(seen.tick(), sensed, last, epoch, input.requests(), input.answers()));
    }

    /** An observation of somebody else, or one that comes after its time, is none. */
    private SensedInput mine(int place, SensedInput sensed) {
        if (!(sensed instanceof SensedInput.Seen seen)) {
            return sensed;
        }
        Observation observation = seen.observation();
        TwinId twin = twins.get(place);
        AgentState state = agents.get(place).state();
        if (!observation.twin().equals(twin)) {
            return unusable("wanted " + twin + ", got " + observation.twin());
        }
        if (observation.incarnation() == state.incarnation()
                && observation.tick() <= state.tick()) {
            return unusable(
                    "wanted a tick after "
                            + state.tick()
                            + " of "
                            + twin
                            + ", got "
                            + observation.tick());
        }
        return sensed;
    }

    private static SensedInput unusable(String sentence) {
        return new SensedInput.Blind(new Failure(FailureCode.PROVIDER_UNAVAILABLE, sentence));
    }

    private void finish(
            long batch,
            List<AgentInput> entered,
            List<TickOutput> outputs,
            Consumer<AgentBatch> done) {
        List<TwinTick> finished = new ArrayList<>(outputs.size());
        for (int i = 0; i < outputs.size(); i++) {
            FsmCommitter.Seat seat = committer.seat(i);
            boolean committed = seat.last().accepted();
            List<ActuatorCommand> commands =
                    committed
                            ? outputs.get(i).commands()
                            : agents.get(i).safeCommands(seat.epoch());
            finished.add(
                    new TwinTick(
                            twins.get(i),
                            outputs.get(i),
                            seat.stored(),
                            committed,
                            seat.epoch(),
                            seat.epoch() == 0 ? List.of() : commands,
                            hash(i)));
        }
        busy = false;
        record(batch, entered, finished);
        done.accept(new AgentBatch(turn, finished));
    }

    private void record(long batch, List<AgentInput> entered, List<TwinTick> finished) {
        var commits = committer.transcript().take();
        if (inputs.wanted()) {
            boolean plain = entered.stream().allMatch(AgentInput::plain);
            inputs.record(
                    new AgentsTicked(
                            shard,
                            turn,
                            batch,
                            finished.stream().map(one -> one.output().tick()).toList(),
                            plain ? List.of() : entered,
                            commits,
                            finished.stream().map(TwinTick::hash).toList(),
                            inputs.detailed()
                                    ? agents.stream()
                                            .map(agent -> agent.state().fingerprints())
                                            .toList()
                                    : List.of()));
        }
    }

    /** The state of an agent. */
    public AgentState state(TwinId twin) {
        return agent(twin).state();
    }

    /** The states of all agents, in their order. */
    public List<AgentState> states() {
        return agents.stream().map(TickOrchestrator::state).toList();
    }

    /** What the agent at a place is after and what it waits for, for people. */
    public AgentOutlook outlook(int place) {
        return agents.get(place).outlook();
    }

    /** How many ticks the agents made. */
    public long turn() {
        return turn;
    }

    /** Lets an agent go on from an earlier state. */
    public void restore(TwinId twin, AgentState state) {
        agent(twin).restore(state);
    }

    /**
     * Lets every agent go on from the last state that its predecessor had, as a new writer: it
     * missed what happened meanwhile and begins in SAFE_MODE.
     *
     * @param states one per twin, in their order
     * @param lastTurn how many ticks the predecessors made
     */
    public void revive(List<AgentState> states, long lastTurn) {
        Check.that(
                states.size() == agents.size(),
                "every one of the " + agents.size() + " agents needs a state");
        for (int i = 0; i < agents.size(); i++) {
            agents.get(i).revive(states.get(i));
        }
        turn = lastTurn;
        if (inputs.wanted()) {
            inputs.record(new AgentsRestored(shard));
        }
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
