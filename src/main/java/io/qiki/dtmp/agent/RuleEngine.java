package io.qiki.dtmp.agent;

import io.qiki.dtmp.agent.RuleMemory.Latch;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator.PowerMode;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.ThermalSpec.NodeId;
import io.qiki.dtmp.model.Vec3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Safety first: proposes what the configured thresholds ask for while they are exceeded, and evades
 * tracks on a collision course.
 */
// An unchanged part of the state stays the same object.
@SuppressWarnings("ReferenceEquality")
final class RuleEngine implements DecisionEngine {
    /** Source of its proposals. */
    static final String ID = "rules";

    private static final Drafts.Purpose EVADE =
            new Drafts.Purpose(ID, Proposal.Type.SAFETY, 1, 0.9);
    private static final Drafts.Purpose RULE =
            new Drafts.Purpose(ID, Proposal.Type.SAFETY, 0.8, 0.95);

    private final AgentSettings settings;
    private final CollisionCourse course;

    RuleEngine(AgentSettings settings) {
        this.settings = settings;
        this.course = new CollisionCourse(settings);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineState initial() {
        return new RuleMemory(
                Collections.nCopies(settings.rules().size(), Latch.QUIET),
                false,
                Vec3.ZERO,
                0,
                List.of());
    }

    @Override
    public boolean essential() {
        return true;
    }

    @Override
    public EngineState propose(Situation situation, EngineState state, List<Proposal> proposals) {
        RuleMemory memory = evade(situation, latch(situation, (RuleMemory) state));
        memory = stand(situation, memory);
        proposals.addAll(memory.standing());
        return memory;
    }

    private RuleMemory latch(Situation situation, RuleMemory memory) {
        Latch[] changed = null;
        for (int i = 0; i < settings.rules().size(); i++) {
            SafetyRule rule = settings.rules().get(i);
            OptionalDouble value = value(situation, rule);
            Latch before = memory.latches().get(i);
            Latch after = value.isEmpty() ? before : next(rule, before, value.getAsDouble());
            if (after != before) {
                if (changed == null) {
                    changed = memory.latches().toArray(new Latch[0]);
                }
                changed[i] = after;
            }
        }
        return changed == null
                ? memory
                : new RuleMemory(
                        List.of(changed),
                        memory.evading(),
                        memory.evasionWorld(),
                        memory.evasionEnds(),
                        memory.standing());
    }

    private static Latch next(SafetyRule rule, Latch before, double value) {
        if (before.raised()) {
            return rule.clears(value) ? Latch.QUIET : before;
        }
        if (!rule.raises(value)) {
            return before.beyond() == 0 ? before : Latch.QUIET;
        }
        int beyond = before.beyond() + 1;
        return new Latch(beyond >= rule.confirmTicks(), beyond);
    }

    /** A value that is not trusted raises and clears nothing. */
    private OptionalDouble value(Situation situation, SafetyRule rule) {
        Observation seen = situation.observation().orElseThrow();
        return switch (rule.quantity()) {
            case HEALTH_SCORE ->
                    situation.bios().devices().isEmpty()
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(situation.bios().healthScore());
            case STATE_OF_CHARGE, BUS_VOLTS, BUS_AMPERES ->
                    trusted(situation, seen, SensorId.POWER_GAUGE)
                                    instanceof Measurement.PowerGauge gauge
                            ? OptionalDouble.of(power(rule, gauge))
                            : OptionalDouble.empty();
            case PROPELLANT_KILOGRAMS ->
                    trusted(situation, seen, SensorId.PROPELLANT_GAUGE)
                                    instanceof Measurement.Propellant gauge
                            ? OptionalDouble.of(gauge.kilograms())
                            : OptionalDouble.empty();
            case TEMPERATURE_KELVIN ->
                    trusted(situation, seen, SensorId.THERMAL)
                                    instanceof Measurement.Temperatures nodes
                            ? temperature(rule, nodes)
                            : OptionalDouble.empty();
        };
    }

    private static double power(SafetyRule rule, Measurement.PowerGauge gauge) {
        return switch (rule.quantity()) {
            case BUS_VOLTS -> gauge.busVolts();
            case BUS_AMPERES -> gauge.busAmperes();
            case STATE_OF_CHARGE, PROPELLANT_KILOGRAMS, HEALTH_SCORE, TEMPERATURE_KELVIN ->
                    gauge.stateOfCharge();
        };
    }

    private OptionalDouble temperature(SafetyRule rule, Measurement.Temperatures nodes) {
        for (int i = 0; i < nodes.kelvin().size(); i++) {
            NodeId node = settings.profile().thermal().nodes().get(i).id();
            if (node.id().equals(rule.node())) {
                return OptionalDouble.of(nodes.kelvin().get(i));
            }
        }
        return OptionalDouble.empty();
    }

    private static Measurement trusted(Situation situation, Observation seen, SensorId sensor) {
        return situation.sensors().trusts(sensor)
                ? seen.reading(sensor).measurement()
                : Measurement.None.INSTANCE;
    }

    private RuleMemory evade(Situation situation, RuleMemory memory) {
        boolean over = memory.evading() && situation.tick() >= memory.evasionEnds();
        if (memory.evading() && !over) {
            return memory;
        }
        Optional<CollisionCourse.Evasion> evasion = course.find(situation);
        if (evasion.isEmpty()) {
            return over
                    ? new RuleMemory(memory.latches(), false, Vec3.ZERO, 0, memory.standing())
                    : memory;
        }
        double seconds = settings.tickMillis() / 1000.0;
        long ticks = (long) Math.ceil(evasion.get().seconds() / seconds);
        return new RuleMemory(
                memory.latches(),
                true,
                evasion.get().velocityWorld(),
                situation.tick() + Math.max(1, ticks),
                memory.standing());
    }

    /** Keeps the proposals that stand as long as they are what is asked for. */
    private RuleMemory stand(Situation situation, RuleMemory memory) {
        List<Proposal> next = new ArrayList<>();
        if (memory.evading()) {
            next.add(evasion(situation, memory));
        }
        for (int i = 0; i < settings.rules().size(); i++) {
            if (memory.latches().get(i).raised()) {
                next.add(rule(situation, memory, settings.rules().get(i)));
            }
        }
        return next.equals(memory.standing())
                ? memory
                : new RuleMemory(
                        memory.latches(),
                        memory.evading(),
                        memory.evasionWorld(),
                        memory.evasionEnds(),
                        next);
    }

    private Proposal evasion(Situation situation, RuleMemory memory) {
        String text = "evade a track on a collision course";
        Optional<Proposal> stood = stood(situation, memory, text);
        if (stood.isPresent()
                && stood.get().actions().get(0).value()
                        instanceof io.qiki.dtmp.model.CommandValue.Vector flown
                && flown.value().equals(memory.evasionWorld())) {
            return stood.get();
        }
        return situation
                .drafts()
                .proposal(
                        EVADE,
                        List.of(situation.drafts().velocity(memory.evasionWorld())),
                        text,
                        Activity.MANOEUVRE);
    }

    private Proposal rule(Situation situation, RuleMemory memory, SafetyRule rule) {
        String text = "rule " + rule.id() + " is raised";
        return stood(situation, memory, text)
                .orElseGet(
                        () ->
                                situation
                                        .drafts()
                                        .proposal(
                                                RULE,
                                                actions(situation, rule),
                                                text,
                                                Activity.NONE));
    }

    private static List<ActuatorCommand> actions(Situation situation, SafetyRule rule) {
        return switch (rule.response()) {
            case NOTE -> List.of();
            case SHED_LOAD -> List.of(situation.drafts().power(PowerMode.SAFE));
            case STOP -> List.of(situation.drafts().velocity(Vec3.ZERO));
        };
    }

    private static Optional<Proposal> stood(
            Situation situation, RuleMemory memory, String justification) {
        for (Proposal proposal : memory.standing()) {
            if (proposal.justification().equals(justification)
                    && situation.tick() < proposal.expiresTick() - 1
                    && situation.fsm().state() != FsmState.SAFE_MODE
                    && proposal.actions().stream()
                            .noneMatch(action -> Standing.worn(situation, proposal, action))) {
                return Optional.of(proposal);
            }
        }
        return Optional.empty();
    }
}
