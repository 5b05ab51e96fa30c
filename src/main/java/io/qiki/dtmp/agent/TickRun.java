package io.qiki.dtmp.agent;

import io.qiki.dtmp.agent.TransitionTable.Permission;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.radar.TrackerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One tick under way: the phases in their order, each filling in what the next ones need. */
// An unchanged part of the state stays the same object.
@SuppressWarnings("ReferenceEquality")
final class TickRun {
    private final Brain brain;
    private final AgentState before;
    private final TickInput input;
    private final long tick;
    private final Optional<Observation> seen;
    private final TickEvents events;

    private int unanswered;
    private boolean held;
    private boolean ended;
    private Actuation actuation;
    private SensorMemory sensors;
    private TrackerState tracker;
    private BiosReport bios;
    private String contradiction = "";
    private FsmSnapshot fsm;
    private FsmMemory memory;
    private final EngineRound engines;
    private Drafts drafts;
    private DecisionRecord decision;
    private boolean accepted;

    TickRun(Brain brain, AgentState before, TickInput input, TickEvents events) {
        this.brain = brain;
        this.before = before;
        this.input = input;
        this.tick = input.tick();
        this.seen =
                input.sensed() instanceof SensedInput.Seen one
                        ? Optional.of(one.observation())
                        : Optional.empty();
        this.events = events;
        this.engines = new EngineRound(brain, before.engines(), events);
    }

    void sense() {
        boolean missed =
                !input.lastCommit().accepted() && !(input.lastCommit() instanceof LastCommit.None);
        unanswered = missed ? before.memory().unanswered() + 1 : 0;
        if (!missed && before.memory().unanswered() > 0) {
            events.committedAgain();
        }
        if (missed && unanswered == 1) {
            events.commit(
                    input.lastCommit() instanceof LastCommit.Answered answered
                            ? answered.ack().code().text()
                            : "no answer");
        }
        held = TickOrchestrator.held(before.memory().held(), input.requests());
        ended = before.memory().ended() || input.requests().contains(OperatorRequest.SHUTDOWN);
        actuation =
                missed
                        ? brain.follower.unsent(before.actuation(), before.tick(), tick)
                        : before.actuation();
        sensors = before.sensors();
        tracker = before.tracker();
        if (seen.isPresent()) {
            if (before.memory().request() == SafeModeReason.PROVIDER_UNAVAILABLE) {
                actuation = brain.follower.unheard(actuation, tick);
            }
            actuation = brain.follower.take(actuation, seen.get(), tick);
            sensors = brain.sensors.take(sensors, seen.get());
            tracker = track(seen.get());
            events.tracks(before.tracker(), tracker);
        }
    }

    private TrackerState track(Observation observation) {
        SensorReading radar = observation.reading(SensorId.RADAR_360);
        NavEstimate nav = sensors.nav();
        if (radar.usable()
                && nav.known()
                && radar.measurement() instanceof Measurement.Radar turn
                && turn.frame().sequence() != tracker.frame()) {
            double since = brain.settings.seconds(turn.frame().sourceStep() - nav.step());
            return brain.tracker.take(tracker, turn.frame(), nav.positionAfter(since));
        }
        return brain.tracker.withoutFrame(tracker, observation.step());
    }

    void bios() {
        bios = before.bios();
        if (seen.isPresent()) {
            List<ProbeAnswer> probes = seen.get().probes();
            contradiction = brain.biosHandler.contradiction(probes).orElse("");
            if (contradiction.isEmpty()) {
                bios = brain.biosHandler.run(tick, probes, before.bios(), starting());
            } else if (before.memory().request() != SafeModeReason.BIOS_INVALID) {
                events.contradiction(contradiction);
            }
        }
        events.bios(before.bios(), bios);
    }

    private boolean starting() {
        FsmSnapshot now = before.fsm();
        return now.state() == FsmState.BOOTING
                || now.state() == FsmState.ERROR_STATE && now.last().from() == FsmState.BOOTING;
    }

    void fsm() {
        FsmMemory old = before.memory();
        boolean tested = bios != before.bios();
        boolean passed = bios.allSystemsGo();
        int failedTests = tested ? (passed ? 0 : old.failedTests() + 1) : old.failedTests();
        int passedTests = tested ? (passed ? old.passedTests() + 1 : 0) : old.passedTests();
        int systemFailures =
                tested ? (systemFailed() ? old.systemFailures() + 1 : 0) : old.systemFailures();
        SafeWatch watch = SafeWatch.NONE;
        if (before.fsm().state() == FsmState.SAFE_MODE) {
            watch = brain.safeMode.watch(old.safe(), required(before.fsm().state()));
            events.safeWatch(old.safe(), watch);
        }
        FsmMemory counted =
                new FsmMemory(
                        old.bornTick(),
                        failedTests,
                        passedTests,
                        systemFailures,
                        old.idleTicks(),
                        old.request(),
                        held,
                        ended,
                        unanswered,
                        "",
                        watch);
        fsm = brain.fsm.step(before.fsm(), facts(counted), tick);
        events.transition(before.fsm(), fsm);
        boolean entered =
                fsm.state() == FsmState.SAFE_MODE && before.fsm().state() != FsmState.SAFE_MODE;
        memory = entered ? with(counted, brain.safeMode.entered(sensors)) : counted;
    }

    private FsmFacts facts(FsmMemory now) {
        FsmState state = before.fsm().state();
        SafeModeReason reason = now.request();
        if (reason == SafeModeReason.NONE && held) {
            reason = SafeModeReason.OPERATOR_REQUEST;
        }
        int bits = 0;
        bits |= bit(Condition.SHUTDOWN_REQUESTED, ended);
        bits |= bit(Condition.SAFE_MODE_REQUESTED, reason != SafeModeReason.NONE);
        if (state == FsmState.BOOTING) {
            boolean untested = bios.devices().isEmpty();
            int confirm = brain.settings.limits().confirmTests();
            bits |= bit(Condition.SELF_TEST_MISSING, untested && bootTimeOver());
            bits |= bit(Condition.SELF_TEST_FAILED, !untested && now.failedTests() >= confirm);
            bits |= bit(Condition.SELF_TEST_PASSED, bios.allSystemsGo() && heard());
        }
        int confirm = brain.settings.limits().confirmTests();
        bits |= bit(Condition.SYSTEM_DEVICE_FAILED, now.systemFailures() >= confirm);
        bits |= bit(Condition.SELF_TEST_CONFIRMED, now.passedTests() >= confirm);
        bits |=
                bit(
                        Condition.SAFE_EXIT_CONFIRMED,
                        state == FsmState.SAFE_MODE && brain.safeMode.free(now.safe()));
        bits |= bit(Condition.PROPOSAL_ACCEPTED, before.tick() >= 0 && now.idleTicks() == 0);
        bits |=
                bit(
                        Condition.PROPOSALS_ABSENT,
                        now.idleTicks() >= brain.settings.limits().dwellTicks());
        Activity done = actuation.executed();
        bits |= bit(Condition.MANOEUVRE_EXECUTED, done == Activity.MANOEUVRE);
        bits |= bit(Condition.OBSERVATION_EXECUTED, done == Activity.OBSERVE);
        bits |= bit(Condition.HOLD_EXECUTED, done == Activity.CRUISE);
        return new FsmFacts(bits, reason);
    }

    private static int bit(Condition condition, boolean holds) {
        return holds ? 1 << condition.ordinal() : 0;
    }

    private boolean bootTimeOver() {
        return tick - before.memory().bornTick() >= brain.settings.limits().bootTicks();
    }

    private boolean heard() {
        for (SensorRun run : sensors.critical()) {
            if (run.badTicks() > 0 || run.sequence() == 0) {
                return false;
            }
        }
        return seen.isPresent();
    }

    private boolean systemFailed() {
        for (DeviceStatus device : bios.devices()) {
            boolean covered =
                    device.kind() == DeviceStatus.Kind.SENSOR
                            || device.kind() == DeviceStatus.Kind.ACTUATOR;
            if (!covered && SafeModeJudge.failed(device)) {
                return true;
            }
        }
        return false;
    }

    void propose() {
        drafts =
                brain.streams
                        .of(input.epoch(), epochSeen(), incarnation())
                        .at(tick, before.proposals(), before.commands());
        Situation situation =
                new Situation(tick, step(), seen, fsm, bios, sensors, tracker, actuation, drafts);
        boolean thinks = TransitionTable.permission(fsm.state()) != Permission.NOTHING;
        if (thinks) {
            engines.run(situation, input.answers());
        }
    }

    void decide() {
        List<JudgedProposal> judged =
                brain.evaluator.judge(engines.proposals(), engines.safeSet(), fsm.state(), tick);
        Permission permission = TransitionTable.permission(fsm.state());
        boolean sends = permission == Permission.EVERYTHING || permission == Permission.SAFE_SET;
        List<ActuatorCommand> commands = List.of();
        for (int i = 0; i < judged.size(); i++) {
            if (judged.get(i).verdict() != JudgedProposal.Verdict.ACCEPTED) {
                continue;
            }
            accepted = true;
            Proposal proposal = judged.get(i).proposal();
            for (int k = 0; sends && k < proposal.actions().size(); k++) {
                ActuatorCommand command = proposal.actions().get(k);
                if (brain.follower.due(actuation, command, tick)) {
                    if (commands.isEmpty()) {
                        commands = new ArrayList<>(4);
                    }
                    commands.add(command);
                    actuation = brain.follower.sent(actuation, command, proposal.goal(), tick);
                }
            }
        }
        decision = new DecisionRecord(tick, fsm.state(), judged, commands);
        events.decision(before.decision(), decision);
    }

    /** The state after the tick. */
    AgentState state() {
        int idle = accepted ? 0 : Math.min(before.memory().idleTicks() + 1, 1_000_000);
        Actuation settled =
                fsm.state() == FsmState.ACTIVE || actuation.executed() == Activity.NONE
                        ? actuation
                        : new Actuation(
                                actuation.sent(),
                                actuation.faulted(),
                                actuation.renewTick(),
                                Activity.NONE);
        SafeModeReason request =
                fsm.state() == FsmState.SHUTDOWN
                        ? SafeModeReason.NONE
                        : brain.safeMode.reason(required(fsm.state()));
        FsmMemory next =
                new FsmMemory(
                        memory.bornTick(),
                        memory.failedTests(),
                        memory.passedTests(),
                        memory.systemFailures(),
                        idle,
                        request,
                        memory.held(),
                        memory.ended(),
                        memory.unanswered(),
                        "",
                        memory.safe());
        return new AgentState(
                tick,
                incarnation(),
                step(),
                fsm,
                next,
                bios,
                sensors,
                tracker,
                settled,
                engines.slots(),
                drafts.proposals(),
                drafts.commands(),
                decision);
    }

    private SafeModeJudge.Required required(FsmState state) {
        return new SafeModeJudge.Required(
                state,
                state == FsmState.BOOTING && !bootTimeOver(),
                seen.isEmpty(),
                unanswered,
                engines.broken(),
                held,
                bios,
                Math.max(0, tick - bios.tick()),
                contradiction,
                sensors,
                actuation);
    }

    private int incarnation() {
        return seen.isPresent() ? seen.get().incarnation() : before.incarnation();
    }

    private long epochSeen() {
        return seen.isPresent() ? seen.get().epochSeen() : 0;
    }

    private long step() {
        return seen.isPresent() ? seen.get().step() : before.step();
    }

    private static FsmMemory with(FsmMemory m, SafeWatch watch) {
        return new FsmMemory(
                m.bornTick(),
                m.failedTests(),
                m.passedTests(),
                m.systemFailures(),
                m.idleTicks(),
                m.request(),
                m.held(),
                m.ended(),
                m.unanswered(),
                m.fault(),
                watch);
    }
}
