package io.qiki.dtmp.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.agent.Actuation;
import io.qiki.dtmp.agent.AgentState;
import io.qiki.dtmp.agent.EngineSlot;
import io.qiki.dtmp.agent.RuleMemory;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.JudgedProposal.Reason;
import io.qiki.dtmp.model.JudgedProposal.Verdict;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.testkit.RecordMutations;
import io.qiki.dtmp.testkit.RecordMutations.Leaf;
import io.qiki.dtmp.testkit.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every field of an agent's state, its last decision included, is in its fingerprint. */
@Timeout(120)
class AgentHashTest {
    private static final TwinId ONE = new TwinId("qiki-1");

    /**
     * Components that cannot change alone, because the constructors refuse whatever contradicts
     * their neighbours, and what they follow from; {@link #shouldFollowFromWhatIsInTheFingerprint}
     * shows that they do.
     */
    private static final SortedMap<String, String> DERIVED =
            new TreeMap<>(
                    Map.of(
                            "FsmSnapshot.state", "Transition.to",
                            "FsmSnapshot.activity", "Transition.toActivity",
                            "JudgedProposal.verdict", "JudgedProposal.reason"));

    @Test
    void shouldChangeWithEveryFieldOfTheState() {
        SortedSet<String> changed = new TreeSet<>();
        SortedSet<String> refused = new TreeSet<>();
        for (AgentState state : sampleStates()) {
            long hash = hash(state);
            for (Leaf leaf : RecordMutations.of(state)) {
                for (Object variant : leaf.variants()) {
                    assertThat(hash((AgentState) variant))
                            .as("tick %d %s", state.tick(), leaf.path())
                            .isNotEqualTo(hash);
                }
                if (leaf.variants().isEmpty()) {
                    refused.add(leaf.component());
                } else {
                    changed.addAll(leaf.components());
                }
            }
        }

        // A transition within a snapshot cannot lead elsewhere than the snapshot says.
        changed.addAll(checkTransitionAlone());

        // Then
        refused.removeAll(changed);
        assertThat(refused).isEqualTo(DERIVED.keySet());
        SortedSet<String> missing = new TreeSet<>(reachable());
        missing.removeAll(changed);
        missing.removeAll(DERIVED.keySet());
        assertThat(missing).as("components that no sample holds").isEmpty();
    }

    @Test
    void shouldFollowFromWhatIsInTheFingerprint() {
        for (AgentState state : sampleStates()) {
            FsmSnapshot fsm = state.fsm();
            assertThat(fsm.state()).isEqualTo(fsm.last().to());
            assertThat(fsm.activity()).isEqualTo(fsm.last().toActivity());
            for (JudgedProposal judged : state.decision().proposals()) {
                assertThat(judged.verdict() == Verdict.ACCEPTED)
                        .isEqualTo(judged.reason() == Reason.PASSED);
            }
        }
    }

    private static SortedSet<String> checkTransitionAlone() {
        Transition transition = sampleStates().get(5).fsm().last();
        SortedSet<String> changed = new TreeSet<>();
        for (Leaf leaf : RecordMutations.of(transition)) {
            assertThat(leaf.variants()).as(leaf.path()).isNotEmpty();
            for (Object variant : leaf.variants()) {
                assertThat(((Transition) variant).addTo(new Hash64()).value())
                        .as(leaf.path())
                        .isNotEqualTo(transition.addTo(new Hash64()).value());
            }
            changed.add(leaf.component());
        }
        return changed;
    }

    private static SortedSet<String> reachable() {
        SortedSet<String> components = RecordTypes.componentsOf(AgentState.class);
        for (EngineSlot slot :
                new Lockstep(TwinSetup.of(7), List.of(ONE)).agents().state(ONE).engines()) {
            components.addAll(RecordTypes.componentsOf(slot.state().getClass()));
        }
        return components;
    }

    /**
     * States of a life with a mission, lost sensors, SAFE_MODE by the operator and the way back.
     */
    private static List<AgentState> sampleStates() {
        Lockstep lockstep = new Lockstep(withFaults(), List.of(ONE));
        List<AgentState> states = new ArrayList<>();
        for (int tick = 1; tick <= 900; tick++) {
            if (tick == 500) {
                lockstep.agents().request(ONE, OperatorRequest.SAFE_MODE);
            } else if (tick == 540) {
                lockstep.agents().request(ONE, OperatorRequest.IDLE);
            }
            lockstep.tick();
            if (tick <= 3 || tick % 37 == 0 || tick == 501) {
                states.add(lockstep.agents().state(ONE));
            }
        }
        states.add(withRareParts(states.get(states.size() - 1)));
        return states;
    }

    /** A state with what seldom occurs: a refusal, ties between proposals, a failed actuator. */
    private static AgentState withRareParts(AgentState state) {
        DecisionRecord decision = state.decision();
        List<JudgedProposal> judged = new ArrayList<>(decision.proposals());
        Proposal tied = tied(judged.get(0).proposal());
        judged.add(new JudgedProposal(tied, Verdict.REJECTED, Reason.CONFLICT));
        List<EngineSlot> engines = new ArrayList<>();
        for (EngineSlot slot : state.engines()) {
            engines.add(
                    slot.state() instanceof RuleMemory rules
                            ? new EngineSlot(standing(rules, tied), slot.failures())
                            : slot);
        }
        Actuation actuation = state.actuation();
        return new AgentState(
                state.tick(),
                state.incarnation(),
                state.step(),
                state.fsm(),
                state.memory(),
                state.bios(),
                state.sensors(),
                state.tracker(),
                new Actuation(
                        actuation.sent(),
                        List.of(Actuator.RCS_AFT),
                        actuation.renewTick(),
                        actuation.executed()),
                engines,
                state.proposals(),
                state.commands(),
                new DecisionRecord(decision.tick(), decision.state(), judged, decision.commands()));
    }

    private static RuleMemory standing(RuleMemory rules, Proposal proposal) {
        return new RuleMemory(
                rules.latches(),
                rules.evading(),
                rules.evasionWorld(),
                rules.evasionEnds(),
                List.of(proposal));
    }

    private static Proposal tied(Proposal proposal) {
        return new Proposal(
                proposal.id(),
                proposal.source(),
                proposal.type(),
                proposal.priority(),
                proposal.confidence(),
                List.of(command(new CommandValue.Scalar(40)), command(new CommandValue.Flag(true))),
                proposal.justification(),
                proposal.expiresTick(),
                List.of(new UUID(1, 2)),
                List.of(new UUID(3, 4)),
                proposal.goal());
    }

    private static ActuatorCommand command(CommandValue value) {
        return new ActuatorCommand(
                new UUID(5, 6),
                ONE,
                Actuator.RCS_AFT,
                ActuatorCommand.Type.SET_VELOCITY,
                value,
                Unit.PERCENT,
                500);
    }

    private static TwinSetup withFaults() {
        TwinSetup standard = TwinSetup.of(7);
        List<TwinFault> faults =
                List.of(
                        new TwinFault(ONE, off("imu_main", 200, 260)),
                        new TwinFault(ONE, off("lidar_front", 300, 400)));
        return new TwinSetup(standard.world(), standard.agent(), faults, standard.store());
    }

    private static FaultSpec off(String sensor, long from, long until) {
        return new FaultSpec(
                sensor, FaultSpec.Type.SENSOR_OFF, sensor, new TreeMap<>(), from, until);
    }

    private static long hash(AgentState state) {
        return state.addTo(new Hash64()).value();
    }
}
