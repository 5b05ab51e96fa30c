package io.qiki.dtmp.scenario;

import io.qiki.dtmp.agent.AgentBatch;
import io.qiki.dtmp.agent.AgentShard;
import io.qiki.dtmp.agent.CommitPort;
import io.qiki.dtmp.agent.DecisionEngine;
import io.qiki.dtmp.agent.Phase;
import io.qiki.dtmp.agent.PhaseListener;
import io.qiki.dtmp.agent.TwinTick;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.SimShard;
import io.qiki.dtmp.sim.SimVault;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.testkit.SafeSet;
import io.qiki.dtmp.twin.TwinSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A simulated vehicle, its agent and the store, with ways in between to break each of them. */
final class BrokenFlight implements CommitPort, PhaseListener {
    static final TwinId TWIN = new TwinId("qiki-1");
    private static final TwinSetup SETUP = TwinSetup.of(1);

    /** What the agent gets instead of what was seen. */
    UnaryOperator<SensedInput> sight = seen -> seen;

    /** What the agent gets instead of the store's outcomes. */
    UnaryOperator<List<StateAck>> acks = answer -> answer;

    /** Whether the store is reached at all. */
    boolean storeAway;

    /** Whether the way to the store throws. */
    boolean storeThrows;

    /** Ticks that the store takes to answer. */
    int storeTicks;

    /** Whether the phase of the self-test throws. */
    boolean selfTestThrows;

    private final SimShard worlds =
            new SimShard(
                    0, new World(SETUP.world(), List.of(TWIN)), new SimVault(), InputSink.NONE);
    private final StateStore store = new StateStore(SETUP.store());
    private final AgentShard agents;
    private final List<Long> versions = new ArrayList<>();
    private Optional<TwinTick> last = Optional.empty();
    private Runnable late = () -> {};
    private int wait;
    private boolean busy;
    private long worldTicks;
    private long agentTicks;
    private long missed;
    private int unsafe;

    BrokenFlight(List<DecisionEngine> guests) {
        agents =
                new AgentShard(
                        SETUP.agent(),
                        SETUP.world().seed(),
                        List.of(TWIN),
                        "matrix",
                        this,
                        twin -> this,
                        guests);
        store.subscribeAll("matrix", () -> {});
    }

    /** One tick of the world, and of the agent when it is free. */
    void tick() {
        worldTicks++;
        SensedBatch seen = worlds.advance();
        if (busy) {
            missed++;
            worlds.finish(true);
            release();
            return;
        }
        SensedInput changed = sight.apply(seen.sensed().get(0));
        busy = true;
        agents.tick(new SensedBatch(seen.number(), List.of(changed)), this::act);
        worlds.finish(busy);
    }

    private void release() {
        wait--;
        if (wait == 0) {
            late.run();
        }
    }

    private void act(AgentBatch batch) {
        busy = false;
        agentTicks++;
        TwinTick one = batch.twins().get(0);
        last = Optional.of(one);
        boolean safeOnly = state() == FsmState.SAFE_MODE || !one.committed();
        for (ActuatorCommand command : one.commands()) {
            unsafe += safeOnly && !SafeSet.holds(command) ? 1 : 0;
        }
        worlds.take(batch.turn(), batch.orders());
    }

    /** The agent's last tick. */
    TwinTick last() {
        return last.orElseThrow();
    }

    FsmState state() {
        return last().output().snapshot().state();
    }

    /** Commands beyond the safe set that left in SAFE_MODE or without an acknowledged commit. */
    int unsafe() {
        return unsafe;
    }

    /** Ticks of the world that the agent neither made nor was noted to have missed. */
    long ticksLost() {
        return worldTicks - agentTicks - missed - (busy ? 1 : 0);
    }

    /** What the store does not hold of the agent, or counted wrongly. */
    long stateLost() {
        StoredState held = store.get(TWIN).orElseThrow();
        long lost = held.snapshot().equals(agents.state(TWIN).fsm()) ? 0 : 1;
        for (int i = 1; i < versions.size(); i++) {
            lost += Math.abs(versions.get(i) - versions.get(i - 1) - 1);
        }
        return lost;
    }

    @Override
    public void acquire(
            TwinId twin, String writer, long floor, Consumer<Optional<StoredState>> answer) {
        answer.accept(
                storeAway ? Optional.empty() : Optional.of(store.acquire(twin, writer, floor)));
    }

    @Override
    public void commit(List<StateCommit> batch, Consumer<List<StateAck>> answer) {
        if (storeThrows) {
            throw new IllegalStateException("thrown on purpose");
        }
        if (storeAway) {
            answer.accept(List.of());
            return;
        }
        long before = store.get(TWIN).map(StoredState::version).orElse(0L);
        List<StateAck> real = store.commit(batch);
        long after = store.get(TWIN).orElseThrow().version();
        if (after != before) {
            versions.add(after);
        }
        if (storeTicks > 0) {
            wait = storeTicks;
            late = () -> answer.accept(acks.apply(real));
        } else {
            answer.accept(acks.apply(real));
        }
    }

    /** Outcomes of somebody else's commits. */
    static List<StateAck> foreign(List<StateAck> real) {
        return real.stream()
                .map(
                        ack ->
                                new StateAck(
                                        new TwinId("nobody"),
                                        FailureCode.NONE,
                                        ack.epoch() + 7,
                                        ack.version() + 7))
                .toList();
    }

    @Override
    public void begins(Phase phase) {
        if (selfTestThrows && phase == Phase.BIOS) {
            throw new IllegalStateException("thrown on purpose");
        }
    }

    @Override
    public void ends(Phase phase) {}
}
