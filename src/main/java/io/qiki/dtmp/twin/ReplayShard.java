package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.AgentShard;
import io.qiki.dtmp.agent.AgentState;
import io.qiki.dtmp.agent.PhaseListener;
import io.qiki.dtmp.model.AgentOrders;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.InputRecord;
import io.qiki.dtmp.model.InputRecord.AgentInput;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.CommandSource;
import io.qiki.dtmp.sim.SimShard;
import io.qiki.dtmp.sim.SimVault;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One shard of a recorded run, doing again what it did. Batches and orders that nobody took are
 * kept in a bounded number: the run did not take them later either.
 */
final class ReplayShard {
    private static final int KEPT = 64;
    private static final String WRITER = "replay";

    private final TwinSetup setup;
    private final List<TwinId> twins;
    private final List<String> columns;
    private final SimShard worlds;
    private final ReplayCommitPort port;
    private final SortedMap<Long, SensedBatch> batches = new TreeMap<>();
    private final SortedMap<Long, List<AgentOrders>> orders = new TreeMap<>();
    private AgentShard agents;
    private long ticks;

    ReplayShard(TwinSetup setup, int number, List<TwinId> twins, StateStore store) {
        this.setup = setup;
        this.twins = List.copyOf(twins);
        World world = new World(setup.world(), this.twins);
        worlds = new SimShard(number, world, new SimVault(), InputSink.NONE);
        columns = world.columns().all().stream().map(column -> column.name()).toList();
        port = new ReplayCommitPort(store);
        agents = born();
    }

    private AgentShard born() {
        return new AgentShard(
                setup.agent(),
                setup.world().seed(),
                twins,
                WRITER,
                port,
                twin -> PhaseListener.NONE);
    }

    SimShard worlds() {
        return worlds;
    }

    AgentShard agents() {
        return agents;
    }

    /** Ticks of the simulator that were replayed. */
    long ticks() {
        return ticks;
    }

    /** Does what a record says; gives what came out differently, if anything did. */
    Optional<ReplayDifference> apply(InputRecord record) {
        if (record instanceof InputRecord.Advanced advanced) {
            return advance(advanced);
        } else if (record instanceof InputRecord.AgentsTicked ticked) {
            return tick(ticked);
        } else if (record instanceof InputRecord.Answered answered) {
            worlds.take(answered.turn(), taken(answered.turn()));
        } else if (record instanceof InputRecord.Finished finished) {
            return finish(finished);
        } else if (record instanceof InputRecord.FaultInjected injected) {
            worlds.inject(injected.twin(), injected.fault());
        } else if (record instanceof InputRecord.FaultCleared cleared) {
            worlds.clear(cleared.twin(), cleared.faultId());
        } else if (record instanceof InputRecord.CommandGiven given) {
            worlds.admit(
                    given.command(),
                    new CommandSource(CommandSource.OPERATOR, given.source(), given.sequence()));
        } else if (record instanceof InputRecord.WorldsReset) {
            worlds.reset();
        } else if (record instanceof InputRecord.WorldsRestarted restarted) {
            worlds.restart(restarted.rewound());
        } else if (record instanceof InputRecord.WorldRestored restored) {
            worlds.restore(restored.snapshot());
        } else if (record instanceof InputRecord.AgentsRestored) {
            revive();
        }
        return Optional.empty();
    }

    private void revive() {
        List<AgentState> states = agents.states();
        long turn = agents.turn();
        agents = born();
        agents.revive(states, turn);
    }

    private Optional<ReplayDifference> advance(InputRecord.Advanced then) {
        SensedBatch seen = worlds.advance();
        batches.put(then.batch(), seen);
        forget(batches);
        ticks++;
        for (int i = 0; i < twins.size(); i++) {
            long mine = worldHash(seen.sensed().get(i), i);
            if (mine != then.hashes().get(i)) {
                List<Integer> now = worlds.world().columns().fingerprints(i);
                String field = "world" + first(then.fields(), i, now, columns);
                return differs(i, then.ticks().get(i), field, then.hashes().get(i), mine);
            }
        }
        return Optional.empty();
    }

    private long worldHash(SensedInput sensed, int place) {
        return sensed instanceof SensedInput.Seen seen
                ? seen.observation().worldHash()
                : worlds.world().hash(place);
    }

    private Optional<ReplayDifference> tick(InputRecord.AgentsTicked then) {
        port.expect(then.commits());
        SensedBatch seen = seen(then);
        for (int i = 0; i < then.inputs().size(); i++) {
            enter(twins.get(i), then.inputs().get(i), seen.sensed().get(i));
        }
        agents.tick(seen, batch -> orders.put(then.turn(), batch.orders()));
        forget(orders);
        for (int i = 0; i < twins.size(); i++) {
            long mine = agents.hash(i);
            if (mine != then.hashes().get(i)) {
                AgentState state = agents.state(twins.get(i));
                String field =
                        "agent" + first(then.fields(), i, state.fingerprints(), AgentState.PARTS);
                return differs(i, then.ticks().get(i), field, then.hashes().get(i), mine);
            }
        }
        return Optional.empty();
    }

    /** What a record holds entered its tick, in whatever incarnation that was. */
    private void enter(TwinId twin, AgentInput input, SensedInput sensed) {
        int incarnation =
                sensed instanceof SensedInput.Seen seen
                        ? seen.observation().incarnation()
                        : Math.max(0, agents.state(twin).incarnation());
        input.requests().forEach(request -> agents.request(twin, request, incarnation));
        input.answers().forEach(answer -> agents.answer(twin, answer, incarnation));
    }

    /** What the agents saw then: the batch of the record, without the twins that were not heard. */
    private SensedBatch seen(InputRecord.AgentsTicked then) {
        List<SensedInput> sensed = new ArrayList<>(twins.size());
        Optional<SensedBatch> batch = Optional.ofNullable(batches.remove(then.batch()));
        for (int i = 0; i < twins.size(); i++) {
            List<Failure> blind =
                    then.inputs().isEmpty() ? List.of() : then.inputs().get(i).blind();
            if (!blind.isEmpty()) {
                sensed.add(new SensedInput.Blind(blind.get(0)));
            } else if (batch.isPresent()) {
                sensed.add(batch.get().sensed().get(i));
            } else {
                sensed.add(
                        new SensedInput.Blind(
                                new Failure(
                                        FailureCode.PROVIDER_UNAVAILABLE,
                                        "the log holds no batch " + then.batch())));
            }
        }
        return new SensedBatch(then.batch(), sensed);
    }

    private Optional<ReplayDifference> finish(InputRecord.Finished then) {
        worlds.finish(then.missed());
        for (int i = 0; i < twins.size(); i++) {
            if (worlds.chain(i) != then.chains().get(i)) {
                return differs(i, worlds.tick(i), "chain", then.chains().get(i), worlds.chain(i));
            }
        }
        return Optional.empty();
    }

    private List<AgentOrders> taken(long turn) {
        return Optional.ofNullable(orders.remove(turn)).orElse(List.of());
    }

    private static void forget(SortedMap<Long, ?> kept) {
        while (kept.size() > KEPT) {
            kept.remove(kept.firstKey());
        }
    }

    private static String first(
            List<List<Integer>> then, int place, List<Integer> now, List<String> names) {
        if (then.isEmpty()) {
            return "";
        }
        for (int k = 0; k < now.size(); k++) {
            if (!now.get(k).equals(then.get(place).get(k))) {
                return " " + names.get(k);
            }
        }
        return "";
    }

    private Optional<ReplayDifference> differs(
            int place, long tick, String field, long recorded, long replayed) {
        return Optional.of(new ReplayDifference(twins.get(place), tick, field, recorded, replayed));
    }

    /** The state of a twin's agent in one word. */
    FsmState state(int place) {
        return agents.state(twins.get(place)).fsm().state();
    }
}
