package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.AgentOrders;
import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.HashChain;
import io.qiki.dtmp.model.HeldFault;
import io.qiki.dtmp.model.InputRecord;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.VehicleSnapshot;
import io.qiki.dtmp.sim.SimVault.Saved;
import io.qiki.dtmp.sim.SimVault.Vehicle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The worlds of a shard and everything that enters them: one tick after the other, written down as
 * it happens. Live, lockstep and replay run through here. Plain and synchronous; one thread at a
 * time.
 *
 * <p>A tick is {@link #advance}, {@link #take} once the agents have answered, {@link #finish}. A
 * vehicle that fails is not observed, touches no other, and goes on from its last good snapshot
 * after {@value #BAD_TICKS} such ticks.
 */
public final class SimShard {
    /** Ticks between two snapshots: a second of the default tick. */
    public static final int SNAPSHOT_TICKS = 10;

    /** Ticks in a row that a vehicle may fail. Source: design, supervision. */
    public static final int BAD_TICKS = 3;

    /** Batches of one holder of the vault: more than a century of them. */
    private static final int CLAIM_SHIFT = 40;

    private final int shard;
    private final World world;
    private final SimVault vault;
    private final InputSink inputs;
    private final long claim;
    private final Map<TwinId, Integer> vehicles = new HashMap<>();
    private final long[] worldHashes;
    private final long[] agentHashes;
    private final long[] chains;
    private final int[] badTicks;
    private final boolean[] restarted;
    private long batches;

    /**
     * The shard from its start, with an empty past.
     *
     * @param shard number, for what is written down
     * @param vault where good states are kept
     * @param inputs where everything that enters is written down
     */
    public SimShard(int shard, World world, SimVault vault, InputSink inputs) {
        this.shard = shard;
        this.world = Check.present(world, "world");
        this.vault = Check.present(vault, "vault");
        this.inputs = Check.present(inputs, "input sink");
        this.claim = vault.claim();
        int size = world.size();
        worldHashes = new long[size];
        agentHashes = new long[size];
        chains = new long[size];
        badTicks = new int[size];
        restarted = new boolean[size];
        for (int i = 0; i < size; i++) {
            vehicles.put(world.twin(i), i);
        }
    }

    /** The worlds, to look at. */
    public World world() {
        return world;
    }

    /** Number of vehicles. */
    public int size() {
        return world.size();
    }

    /** The tick of a vehicle: full ticks since the beginning of its time. */
    public long tick(int vehicle) {
        return world.step(vehicle) / world.settings().stepsPerTick();
    }

    /** The chain of a vehicle's past. */
    public long chain(int vehicle) {
        return chains[vehicle];
    }

    /** Puts a vehicle's past where a snapshot was taken, together with its world. */
    public void resume(int vehicle, WorldSnapshot snapshot, long agentHash, long chain) {
        world.restore(vehicle, snapshot);
        agentHashes[vehicle] = agentHash;
        chains[vehicle] = chain;
    }

    /** The vehicle of a twin, if it is here. */
    public Optional<Integer> vehicle(TwinId twin) {
        return Optional.ofNullable(vehicles.get(twin));
    }

    /** Whether a vehicle went on from a snapshot since the last call, because it failed. */
    public boolean takeRestarted(int vehicle) {
        boolean was = restarted[vehicle];
        restarted[vehicle] = false;
        return was;
    }

    /** Lets every world make its next tick, and looks at them, in the shard's order. */
    public SensedBatch advance() {
        if (vault.saved().isEmpty()) {
            save();
        }
        batches++;
        long number = (claim << CLAIM_SHIFT) + batches;
        world.advance(world.settings().stepsPerTick());
        List<SensedInput> seen = new ArrayList<>(world.size());
        for (int i = 0; i < world.size(); i++) {
            seen.add(look(i));
        }
        if (inputs.wanted()) {
            inputs.record(
                    new InputRecord.Advanced(
                            shard, number, ticks(), listed(worldHashes), fields()));
        }
        return new SensedBatch(number, seen);
    }

    private SensedInput look(int i) {
        try {
            if (world.failure(i).isPresent()) {
                throw world.failure(i).get();
            }
            Observation observation = world.observe(i, tick(i));
            worldHashes[i] = observation.worldHash();
            badTicks[i] = 0;
            return new SensedInput.Seen(observation);
        } catch (RuntimeException failed) {
            worldHashes[i] = world.hash(i);
            badTicks[i]++;
            if (badTicks[i] >= BAD_TICKS) {
                badTicks[i] = 0;
                restarted[i] = rewind(i);
                keep(i);
            }
            return new SensedInput.Blind(
                    new Failure(
                            FailureCode.SIM_UNAVAILABLE,
                            world.twin(i) + " cannot be observed: " + failed));
        }
    }

    /**
     * Puts the agents' commands into the worlds: they act from the next step on.
     *
     * @param turn of the agents
     * @return those that were refused, by twin
     */
    public Map<TwinId, FailureCode> take(long turn, List<AgentOrders> orders) {
        Map<TwinId, FailureCode> refused = new HashMap<>();
        for (AgentOrders one : orders) {
            Integer vehicle = vehicles.get(one.twin());
            FailureCode code = FailureCode.NOT_FOUND;
            if (vehicle != null) {
                long before = world.epochSeen(vehicle);
                code = world.agentBatch(vehicle, one.epoch(), one.commands());
                if (world.epochSeen(vehicle) != before) {
                    vault.noteEpoch(claim, vehicle, one.epoch());
                }
                agentHashes[vehicle] = one.hash();
            }
            if (code != FailureCode.NONE) {
                refused.put(one.twin(), code);
            }
        }
        if (inputs.wanted()) {
            inputs.record(new InputRecord.Answered(shard, turn));
        }
        return refused;
    }

    /**
     * Ends the tick: what follows enters before the next one.
     *
     * @param missed whether the agents' answer was not there by its deadline
     */
    public void finish(boolean missed) {
        for (int i = 0; i < world.size(); i++) {
            chains[i] = HashChain.next(chains[i], worldHashes[i], agentHashes[i]);
        }
        if (inputs.wanted()) {
            inputs.record(new InputRecord.Finished(shard, missed, listed(chains)));
        }
        if (tick(0) % SNAPSHOT_TICKS == 0) {
            save();
        }
    }

    /** Takes a command from outside in; see {@link World#admit}. */
    public Admission admit(ActuatorCommand command, CommandSource source) {
        Integer vehicle = vehicles.get(command.twin());
        if (vehicle == null) {
            return Admission.refused(FailureCode.NOT_FOUND, absent(command.twin()));
        }
        Admission admission = world.admit(vehicle, command, source);
        if (admission.stage() == CommandStage.ACCEPTED && inputs.wanted()) {
            inputs.record(
                    new InputRecord.CommandGiven(shard, command, source.id(), source.sequence()));
        }
        return admission;
    }

    /** Injects a fault; gives why not, if so. */
    public Optional<Failure> inject(TwinId twin, FaultSpec fault) {
        Integer vehicle = vehicles.get(twin);
        if (vehicle == null) {
            return Optional.of(new Failure(FailureCode.NOT_FOUND, absent(twin)));
        }
        Optional<Failure> refused = world.injectFault(vehicle, fault);
        if (refused.isEmpty()) {
            remember(fault);
        }
        if (refused.isEmpty() && inputs.wanted()) {
            inputs.record(new InputRecord.FaultInjected(shard, twin, fault));
        }
        return refused;
    }

    private void remember(FaultSpec fault) {
        Set<Long> held = new HashSet<>();
        for (int i = 0; i < world.size(); i++) {
            held.addAll(world.faultKeys(i, false));
        }
        vault.forgetAllBut(held);
        vault.note(fault);
    }

    /** What the faults of a run that is gone on with were called. */
    public void rememberFaults(List<FaultSpec> earlier) {
        earlier.forEach(vault::note);
    }

    /** What the faults are called that were injected and are not over. */
    public List<FaultSpec> knownFaults() {
        return List.copyOf(vault.faults().values());
    }

    /** The faults that a vehicle holds, oldest first; none for an unknown twin. */
    public List<HeldFault> faults(TwinId twin) {
        Integer vehicle = vehicles.get(twin);
        List<HeldFault> found = new ArrayList<>();
        if (vehicle != null) {
            List<Long> held = world.faultKeys(vehicle, false);
            List<Long> active = world.faultKeys(vehicle, true);
            vault.faults()
                    .forEach(
                            (key, fault) -> {
                                if (held.contains(key)) {
                                    found.add(new HeldFault(fault, active.contains(key)));
                                }
                            });
        }
        return found;
    }

    /** Clears a fault; gives why not, if so. */
    public Optional<Failure> clear(TwinId twin, String faultId) {
        Integer vehicle = vehicles.get(twin);
        if (vehicle == null) {
            return Optional.of(new Failure(FailureCode.NOT_FOUND, absent(twin)));
        }
        Optional<Failure> refused = world.clearFault(vehicle, faultId);
        if (refused.isEmpty() && inputs.wanted()) {
            inputs.record(new InputRecord.FaultCleared(shard, twin, faultId));
        }
        return refused;
    }

    /** Puts every world to its start, in its next incarnation. */
    public void reset() {
        for (int i = 0; i < world.size(); i++) {
            world.reset(i);
            badTicks[i] = 0;
        }
        if (inputs.wanted()) {
            inputs.record(new InputRecord.WorldsReset(shard));
        }
        save();
    }

    /** What the world remembers of a twin, unless it is not here. */
    public Optional<VehicleSnapshot> snapshot(TwinId twin) {
        List<FaultSpec> held = faults(twin).stream().map(HeldFault::fault).toList();
        return vehicle(twin).map(vehicle -> Keepsakes.of(world, vehicle, held));
    }

    /** Lets one vehicle go on from a snapshot, in its next incarnation; gives why not, if so. */
    public Optional<Failure> restore(VehicleSnapshot snapshot) {
        Integer vehicle = vehicles.get(snapshot.twin());
        if (vehicle == null) {
            return Optional.of(new Failure(FailureCode.NOT_FOUND, absent(snapshot.twin())));
        }
        Optional<Failure> refused = Keepsakes.refusal(world, vehicle, snapshot);
        if (refused.isPresent()) {
            return refused;
        }
        world.goOnFrom(vehicle, Keepsakes.values(snapshot));
        badTicks[vehicle] = 0;
        snapshot.faults().forEach(vault::note);
        if (inputs.wanted()) {
            inputs.record(new InputRecord.WorldRestored(shard, snapshot));
        }
        save();
        return Optional.empty();
    }

    /**
     * Lets every world go on in its next incarnation; what was commanded ends as unavailable.
     *
     * @param rewound from the last good snapshot, if there is one; otherwise from where it is
     */
    public void restart(boolean rewound) {
        for (int i = 0; i < world.size(); i++) {
            badTicks[i] = 0;
            if (!rewound || !rewind(i)) {
                world.renew(i, world.incarnation(i) + 1);
            }
        }
        if (inputs.wanted()) {
            inputs.record(new InputRecord.WorldsRestarted(shard, rewound));
        }
        save();
    }

    /**
     * Agents of another process fly the worlds from now on. When one is ahead of its world, or knew
     * a later one, every world goes on in an incarnation that none of them knew.
     *
     * @return whether it does
     * @throws IllegalArgumentException for a twin that is not here, or an incarnation out of reach
     */
    public boolean join(List<AgentStanding> agents) {
        int before = world.incarnation(0);
        while (Rejoin.needed(this, agents)) {
            restart(false);
        }
        return world.incarnation(0) != before;
    }

    /** Whether there was a snapshot to go back to. */
    private boolean rewind(int i) {
        Optional<Saved> saved = vault.saved();
        if (saved.isEmpty()) {
            return false;
        }
        Vehicle vehicle = saved.get().vehicles().get(i);
        int incarnation = world.incarnation(i);
        resume(i, vehicle.world(), vehicle.agentHash(), vehicle.chain());
        world.renew(i, Math.max(incarnation, world.incarnation(i)) + 1);
        world.raiseEpoch(i, vault.epoch(i));
        return true;
    }

    /** Keeps one vehicle as it is now: its incarnation must never come again. */
    private void keep(int i) {
        if (restarted[i]) {
            List<Vehicle> all = new ArrayList<>(vault.saved().orElseThrow().vehicles());
            all.set(i, now(i));
            vault.deposit(claim, new Saved(all));
        }
    }

    private Vehicle now(int i) {
        return new Vehicle(world.snapshot(i), agentHashes[i], chains[i]);
    }

    /** A vehicle that fails keeps its last good state. */
    private void save() {
        List<Vehicle> now = new ArrayList<>(world.size());
        Optional<Saved> before = vault.saved();
        for (int i = 0; i < world.size(); i++) {
            now.add(
                    badTicks[i] > 0 && before.isPresent()
                            ? before.get().vehicles().get(i)
                            : now(i));
        }
        vault.deposit(claim, new Saved(now));
    }

    private List<Long> ticks() {
        List<Long> ticks = new ArrayList<>(world.size());
        for (int i = 0; i < world.size(); i++) {
            ticks.add(tick(i));
        }
        return ticks;
    }

    private List<List<Integer>> fields() {
        if (!inputs.detailed()) {
            return List.of();
        }
        List<List<Integer>> fields = new ArrayList<>(world.size());
        for (int i = 0; i < world.size(); i++) {
            fields.add(world.columns().fingerprints(i));
        }
        return fields;
    }

    private static List<Long> listed(long[] values) {
        List<Long> list = new ArrayList<>(values.length);
        for (long value : values) {
            list.add(value);
        }
        return list;
    }

    private String absent(TwinId twin) {
        return "shard " + shard + " has no twin " + twin;
    }
}
