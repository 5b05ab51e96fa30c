package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.AgentOutlook;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.radar.TrackFile;
import java.util.List;

/**
 * One agent. A tick is one synchronous pure call with the phases SENSE, BIOS, FSM, PROPOSE, DECIDE:
 * the same state and input give the same output and next state.
 *
 * <p>A phase that throws ends the tick: the state stays what it was, the failure is reported once
 * with its cause, and the next tick enters SAFE_MODE for it, also when the phase fails again. Not
 * thread-safe; owned by its shard.
 */
public final class TickOrchestrator {
    private static final int FALLBACK_TICKS = 5;

    private static final List<Phase> PHASES = List.of(Phase.values());

    private final Brain brain;
    private final PhaseListener listener;
    private AgentState state;
    private List<TrackFile> knownFiles = List.of();
    private List<RadarTrack> knownTracks = List.of();

    /** An agent with the engines of the product, born and not yet ticked. */
    public TickOrchestrator(
            AgentSettings settings, TwinId twin, long seed, PhaseListener listener) {
        this(settings, twin, seed, listener, Brain.standardEngines(settings));
    }

    /**
     * An agent with engines of one's own beside the safe set.
     *
     * @param engines in the order in which they propose; they keep nothing between ticks
     */
    public TickOrchestrator(
            AgentSettings settings,
            TwinId twin,
            long seed,
            PhaseListener listener,
            List<DecisionEngine> engines) {
        this(Brain.Common.of(settings), twin, seed, listener, engines);
    }

    /** An agent that shares with others what depends on the settings alone. */
    TickOrchestrator(
            Brain.Common common,
            TwinId twin,
            long seed,
            PhaseListener listener,
            List<DecisionEngine> engines) {
        this.brain = new Brain(common, twin, seed, engines);
        this.listener = Check.present(listener, "phase listener");
        this.state = brain.born(0);
    }

    /** Whose. */
    public TwinId twin() {
        return brain.twin;
    }

    /** Everything it knows and remembers. */
    public AgentState state() {
        return state;
    }

    /** Goes on from a state that an agent with these settings had. */
    public void restore(AgentState earlier) {
        Check.that(
                earlier.engines().size() == brain.engines.size(),
                "the state must have "
                        + brain.engines.size()
                        + " engines, had "
                        + earlier.engines().size());
        state = earlier;
    }

    /**
     * Goes on from a state after an interruption: ticks were missed, so the next one enters
     * SAFE_MODE for it.
     */
    public void revive(AgentState earlier) {
        restore(earlier);
        FsmMemory old = earlier.memory();
        if (earlier.tick() >= 0 && earlier.fsm().state() != FsmState.SHUTDOWN) {
            state =
                    earlier.with(
                            new FsmMemory(
                                    old.bornTick(),
                                    old.failedTests(),
                                    old.passedTests(),
                                    old.systemFailures(),
                                    old.idleTicks(),
                                    SafeModeReason.PROVIDER_UNAVAILABLE,
                                    old.held(),
                                    old.ended(),
                                    0,
                                    old.fault(),
                                    old.safe()));
        }
    }

    /** What it is after and what it waits for, for people. */
    public AgentOutlook outlook() {
        AgentOutlook.Aim aim = AgentOutlook.Aim.NONE;
        for (int i = 0; i < brain.engines.size() && !aim.present(); i++) {
            aim = aim(i);
        }
        boolean safe = state.fsm().state() == FsmState.SAFE_MODE;
        return new AgentOutlook(
                aim, safe ? brain.safeMode.exit(state.memory().safe()) : AgentOutlook.Exit.NONE);
    }

    private AgentOutlook.Aim aim(int engine) {
        try {
            return brain.engines.get(engine).aim(state.engines().get(engine).state());
        } catch (RuntimeException silent) {
            return AgentOutlook.Aim.NONE;
        }
    }

    /** Fingerprint of every field of the state, the last decision included. */
    public long hash() {
        return state.addTo(new Hash64()).value();
    }

    /** One agent cycle. */
    public TickOutput tick(TickInput input) {
        AgentState before = alive(input);
        long step =
                input.sensed() instanceof SensedInput.Seen seen
                        ? seen.observation().step()
                        : before.step();
        TickEvents events = new TickEvents(brain.twin, input.tick(), step);
        announce(before, input, events);
        TickRun run = new TickRun(brain, before, input, events);
        Phase phase = Phase.SENSE;
        AgentState after;
        try {
            for (Phase next : PHASES) {
                phase = next;
                run(run, next);
            }
            after = run.state();
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError failed) {
            after = failed(before, input, events, phase + " " + TickEvents.text(failed));
        }
        state = after;
        return output(events);
    }

    /**
     * The safe set, to be sent when the commit of the last tick is not acknowledged: what leaves
     * the agent then, whatever it decided.
     *
     * @param epoch with which they are sent
     */
    public List<ActuatorCommand> safeCommands(long epoch) {
        if (state.fsm().state() == FsmState.SAFE_MODE || state.tick() < 0) {
            return state.decision().commands();
        }
        return fallback(state.tick(), epoch);
    }

    private List<ActuatorCommand> fallback(long tick, long epoch) {
        Drafts.Streams streams = brain.fallbackStreams.of(epoch, 0, state.incarnation());
        return brain.safeSet.commands(streams.at(tick, 0, 3 * tick), Vec3.ZERO);
    }

    private void run(TickRun run, Phase phase) {
        listener.begins(phase);
        try {
            switch (phase) {
                case SENSE -> run.sense();
                case BIOS -> run.bios();
                case FSM -> run.fsm();
                case PROPOSE -> run.propose();
                case DECIDE -> run.decide();
            }
        } finally {
            listener.ends(phase);
        }
    }

    /**
     * What the agent goes on from. A world seen in its first tick begins a new life, and only the
     * operator's will survives; one that goes on in another incarnation, or that was not heard just
     * before, has failed: it leaves the agent in its state and makes it enter SAFE_MODE.
     */
    private AgentState alive(TickInput input) {
        if (!(input.sensed() instanceof SensedInput.Seen seen)
                || state.incarnation() == seen.observation().incarnation()) {
            return state;
        }
        int incarnation = seen.observation().incarnation();
        boolean anew =
                state.incarnation() < 0
                        || seen.observation().step() <= brain.settings.stepsPerTick()
                                && state.memory().request() != SafeModeReason.PROVIDER_UNAVAILABLE;
        return state.reborn(brain.born(input.tick()), incarnation, !anew);
    }

    private void announce(AgentState before, TickInput input, TickEvents events) {
        if (input.sensed() instanceof SensedInput.Blind blind) {
            if (state.memory().request() != SafeModeReason.PROVIDER_UNAVAILABLE) {
                events.provider(true, blind.failure().sentence());
            }
        } else if (state.memory().request() == SafeModeReason.PROVIDER_UNAVAILABLE) {
            events.provider(false, "observation of tick " + input.tick());
        }
        if (before.incarnation() != state.incarnation() && state.incarnation() >= 0) {
            events.reborn(before.incarnation());
        }
    }

    private AgentState failed(AgentState before, TickInput input, TickEvents events, String fault) {
        FsmMemory old = before.memory();
        if (!old.fault().equals(fault)) {
            events.phase(fault);
        }
        boolean held = held(old.held(), input.requests());
        boolean ended = old.ended() || input.requests().contains(OperatorRequest.SHUTDOWN);
        int bits =
                old.request() == SafeModeReason.NONE
                        ? 0
                        : 1 << Condition.SAFE_MODE_REQUESTED.ordinal();
        bits |= ended ? 1 << Condition.SHUTDOWN_REQUESTED.ordinal() : 0;
        FsmSnapshot fsm =
                brain.fsm.step(before.fsm(), new FsmFacts(bits, old.request()), input.tick());
        events.transition(before.fsm(), fsm);
        boolean fallback =
                fsm.state() == FsmState.SAFE_MODE
                        && (!fsm.equals(before.fsm()) || input.tick() % FALLBACK_TICKS == 0);
        FsmMemory memory =
                new FsmMemory(
                        old.bornTick(),
                        old.failedTests(),
                        old.passedTests(),
                        old.systemFailures(),
                        old.idleTicks(),
                        SafeModeReason.ENGINE_FAILURE,
                        held,
                        ended,
                        old.unanswered(),
                        fault,
                        new SafeWatch(old.safe().entrySequences(), 0, fault));
        return new AgentState(
                input.tick(),
                before.incarnation(),
                before.step(),
                fsm,
                memory,
                before.bios(),
                before.sensors(),
                before.tracker(),
                new Actuation(List.of(), before.actuation().faulted(), input.tick(), Activity.NONE),
                before.engines(),
                before.proposals(),
                before.commands(),
                new DecisionRecord(
                        input.tick(),
                        fsm.state(),
                        List.of(),
                        fallback ? fallback(input.tick(), input.epoch()) : List.of()));
    }

    /** Whether the operator holds the agent in SAFE_MODE after these requests. */
    static boolean held(boolean before, List<OperatorRequest> requests) {
        boolean held = before;
        for (OperatorRequest request : requests) {
            held = request == OperatorRequest.SAFE_MODE || held && request != OperatorRequest.IDLE;
        }
        return held;
    }

    private TickOutput output(TickEvents events) {
        if (state.tracker().files() != knownFiles) {
            knownFiles = state.tracker().files();
            knownTracks = state.tracker().tracks();
        }
        return new TickOutput(
                state.tick(),
                state.fsm(),
                state.bios(),
                state.sensors().trust(),
                knownTracks,
                state.decision(),
                state.decision().commands(),
                events.all());
    }
}
