package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Engines and phases that throw cost their own tick, never the agent. */
@Timeout(30)
class EngineFailureTest {
    private final AgentSettings settings = Flight.settings(Mission.standard());
    private final World world = new World(WorldSettings.of(1), List.of(Flight.TWIN));
    private final List<TwinEvent> events = new ArrayList<>();
    private boolean breaks;
    private long tick = -1;

    private record Nothing() implements EngineState {
        @Override
        public Hash64 addTo(Hash64 hash) {
            return hash;
        }
    }

    /** Throws while it is told to. */
    private DecisionEngine fragile(boolean essential) {
        return new DecisionEngine() {
            @Override
            public String id() {
                return "fragile";
            }

            @Override
            public EngineState initial() {
                return new Nothing();
            }

            @Override
            public boolean essential() {
                return essential;
            }

            @Override
            public EngineState propose(
                    Situation situation, EngineState state, List<Proposal> proposals) {
                if (breaks) {
                    throw new IllegalStateException("broken on purpose");
                }
                return state;
            }
        };
    }

    private TickOrchestrator agent(boolean essential, PhaseListener listener) {
        List<DecisionEngine> engines = new ArrayList<>(Brain.standardEngines(settings));
        engines.add(fragile(essential));
        return new TickOrchestrator(settings, Flight.TWIN, 1, listener, engines);
    }

    private TickOutput tick(TickOrchestrator agent) {
        tick++;
        if (tick > 0) {
            world.advance(WorldSettings.DEFAULT_STEPS_PER_TICK);
        }
        Observation seen = world.observe(0, tick);
        StateAck ack = new StateAck(Flight.TWIN, io.qiki.dtmp.model.FailureCode.NONE, 1, tick);
        TickOutput output =
                agent.tick(
                        new TickInput(
                                tick,
                                new SensedInput.Seen(seen),
                                new LastCommit.Answered(ack),
                                List.of()));
        world.agentBatch(0, 1, output.commands());
        events.addAll(output.events());
        return output;
    }

    private TickOutput ticks(TickOrchestrator agent, int count) {
        TickOutput output = tick(agent);
        for (int i = 1; i < count; i++) {
            output = tick(agent);
        }
        return output;
    }

    @Test
    void shouldFlyOnWithoutAGuestThatThrows() {
        TickOrchestrator agent = agent(false, PhaseListener.NONE);
        ticks(agent, 20);
        breaks = true;
        assertThat(ticks(agent, 20).snapshot().state()).isEqualTo(FsmState.ACTIVE);
        assertThat(events.stream().filter(event -> event.type().equals("engine"))).hasSize(1);
    }

    @Test
    void shouldEnterSafeModeAfterThreeFailuresOfAnEssentialEngineAndReturn() {
        TickOrchestrator agent = agent(true, PhaseListener.NONE);
        ticks(agent, 20);
        breaks = true;
        assertThat(ticks(agent, 3).snapshot().state()).isEqualTo(FsmState.ACTIVE);
        TickOutput output = tick(agent);
        assertThat(output.snapshot().reason()).isEqualTo(SafeModeReason.ENGINE_FAILURE);
        assertThat(output.commands()).hasSize(3);
        breaks = false;
        assertThat(ticks(agent, 25).snapshot().state()).isEqualTo(FsmState.ACTIVE);
    }

    @Test
    void shouldReportAPhaseThatThrowsOnceAndEnterSafeModeEvenIfItGoesOn() {
        // Given an agent whose self-test phase throws from now on
        boolean[] phaseBreaks = {false};
        PhaseListener listener =
                new PhaseListener() {
                    @Override
                    public void begins(Phase phase) {
                        if (phaseBreaks[0] && phase == Phase.BIOS) {
                            throw new IllegalStateException("phase broken on purpose");
                        }
                    }

                    @Override
                    public void ends(Phase phase) {}
                };
        TickOrchestrator agent = agent(false, listener);
        ticks(agent, 20);
        phaseBreaks[0] = true;

        // When it ticks on
        assertThat(tick(agent).commands()).isEmpty();
        TickOutput second = tick(agent);

        // Then the second tick is in SAFE_MODE with the safe set, and it was told once
        assertThat(second.snapshot().reason()).isEqualTo(SafeModeReason.ENGINE_FAILURE);
        assertThat(second.commands()).hasSize(3);
        ticks(agent, 20);
        assertThat(events.stream().filter(event -> event.type().equals("agent.phase")))
                .singleElement()
                .satisfies(
                        event ->
                                assertThat(event.data().get("cause"))
                                        .isEqualTo(
                                                "BIOS IllegalStateException: phase broken on"
                                                        + " purpose"));

        // And it comes back when the phase does
        phaseBreaks[0] = false;
        assertThat(ticks(agent, 30).snapshot().state()).isEqualTo(FsmState.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource(Mischief.class)
    void shouldTakeNothingOfAnEngineThatDoesWhatItMayNot(Mischief mischief) {
        // Given a flying agent with an engine of somebody else's
        DecisionEngine guest = mischievous(mischief);
        List<DecisionEngine> engines = new ArrayList<>(Brain.standardEngines(settings));
        engines.add(guest);
        TickOrchestrator agent =
                new TickOrchestrator(settings, Flight.TWIN, 1, PhaseListener.NONE, engines);
        ticks(agent, 20);

        // When it misbehaves
        breaks = true;
        TickOutput output = ticks(agent, 20);

        // Then nothing of it is judged, and the others' proposals are
        assertThat(output.snapshot().state()).isEqualTo(FsmState.ACTIVE);
        assertThat(output.decision().proposals())
                .extracting(judged -> judged.proposal().source())
                .contains("mission")
                .doesNotContain(guest.id());
        assertThat(events.stream().filter(event -> event.type().equals("engine"))).hasSize(1);
    }

    /** What an engine may not do. */
    private enum Mischief {
        /** Gives null for a proposal. */
        NULL_PROPOSAL,
        /** Gives null for its memory. */
        NULL_STATE,
        /** Speaks in another's name. */
        FALSE_NAME,
        /** Uses the id of a proposal that is there. */
        USED_ID,
        /** Commands another vehicle. */
        OTHER_TWIN,
        /** Puts more commands into a proposal than there are actuators. */
        MANY_COMMANDS,
        /** Does not end. */
        RECURSION,
        /** Misses a class. */
        MISSING_CLASS
    }

    private DecisionEngine mischievous(Mischief mischief) {
        return new DecisionEngine() {
            @Override
            public String id() {
                return "guest";
            }

            @Override
            public EngineState initial() {
                return new Nothing();
            }

            @Override
            public EngineState propose(
                    Situation situation, EngineState state, List<Proposal> proposals) {
                Drafts drafts = situation.drafts();
                List<ActuatorCommand> actions = List.of();
                String name = id();
                switch (breaks ? mischief : Mischief.RECURSION) {
                    case NULL_PROPOSAL -> proposals.add(null);
                    case NULL_STATE -> proposals.clear();
                    case FALSE_NAME -> name = "safe-set";
                    case USED_ID -> proposals.add(draft(drafts, name, actions));
                    case OTHER_TWIN -> actions = List.of(foreign(drafts.coast()));
                    case MANY_COMMANDS -> actions = Collections.nCopies(17, drafts.coast());
                    case RECURSION -> {
                        return breaks ? propose(situation, state, proposals) : state;
                    }
                    case MISSING_CLASS -> throw new NoClassDefFoundError("gone");
                }
                Proposal made = draft(drafts, name, actions);
                proposals.add(made);
                if (mischief == Mischief.USED_ID) {
                    proposals.add(made);
                }
                return mischief == Mischief.NULL_STATE ? none() : state;
            }
        };
    }

    private static Proposal draft(Drafts drafts, String name, List<ActuatorCommand> actions) {
        return drafts.proposal(
                new Drafts.Purpose(name, Proposal.Type.SAFETY, 1, 1),
                actions,
                "mischief",
                Activity.NONE);
    }

    private static ActuatorCommand foreign(ActuatorCommand own) {
        return new ActuatorCommand(
                own.id(),
                new TwinId("qiki-2"),
                own.actuator(),
                own.type(),
                own.value(),
                own.unit(),
                own.timeoutMillis());
    }

    private static EngineState none() {
        return java.util.Optional.<EngineState>empty().orElse(null);
    }

    @Test
    void shouldGoOnFromARestoredStateAsIfNothingHadHappened() {
        TickOrchestrator one = agent(false, PhaseListener.NONE);
        ticks(one, 40);
        TickOrchestrator other = agent(false, PhaseListener.NONE);
        other.restore(one.state());
        assertThat(other.hash()).isEqualTo(one.hash());
        tick++;
        world.advance(WorldSettings.DEFAULT_STEPS_PER_TICK);
        SensedInput seen = new SensedInput.Seen(world.observe(0, tick));
        TickInput input = new TickInput(tick, seen, LastCommit.None.INSTANCE, List.of());
        assertThat(other.tick(input)).isEqualTo(one.tick(input));
        assertThat(other.hash()).isEqualTo(one.hash());
    }
}
