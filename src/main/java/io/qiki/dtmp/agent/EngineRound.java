package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.EngineAnswer;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The engines of a tick, one after the other, each with a list of its own: one that throws, floods,
 * or gives what it may not loses its proposals of this tick and touches nobody else's.
 */
// An unchanged part of the state stays the same object.
@SuppressWarnings("ReferenceEquality")
final class EngineRound {
    /** Most proposals taken of one engine at a tick. */
    static final int MAX_PROPOSALS = 64;

    /** Most commands of one proposal: more than there are actuators. */
    static final int MAX_ACTIONS = 16;

    private final List<DecisionEngine> all;
    private final DecisionEngine safeSetEngine;
    private final TwinId twin;
    private final TickEvents events;
    private final List<Proposal> proposals = new ArrayList<>(4);
    private final List<Proposal> own = new ArrayList<>(4);
    private List<UUID> safeSet = List.of();
    private List<EngineSlot> slots;

    /**
     * A round that has not begun.
     *
     * @param slots of the engines after the last tick
     */
    EngineRound(Brain brain, List<EngineSlot> slots, TickEvents events) {
        this.all = brain.engines;
        this.safeSetEngine = brain.safeSet;
        this.twin = brain.twin;
        this.slots = slots;
        this.events = events;
    }

    /** What was proposed, in the order of the engines. */
    List<Proposal> proposals() {
        return proposals;
    }

    /** Which of it is the safe set. */
    List<UUID> safeSet() {
        return safeSet;
    }

    /** The engines' places in the state. */
    List<EngineSlot> slots() {
        return slots;
    }

    /** An essential engine that is lost; empty: none. */
    String broken() {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).failures() >= SafeModeJudge.ENGINE_FAILURES
                    && all.get(i).essential()) {
                return "engine " + all.get(i).id();
            }
        }
        return "";
    }

    /** Asks every engine that can work, and takes what came from outside of the tick. */
    void run(Situation situation, List<EngineAnswer> answers) {
        EngineSlot[] next = null;
        for (int i = 0; i < all.size(); i++) {
            EngineSlot after = ask(all.get(i), slots.get(i), situation);
            if (after != slots.get(i)) {
                if (next == null) {
                    next = slots.toArray(new EngineSlot[0]);
                }
                next[i] = after;
            }
        }
        slots = next == null ? slots : List.of(next);
        for (EngineAnswer answer : answers) {
            own.clear();
            own.addAll(answer.proposals());
            try {
                take(answer.engine());
            } catch (IllegalArgumentException improper) {
                events.engine(answer.engine(), improper);
            }
        }
    }

    private EngineSlot ask(DecisionEngine engine, EngineSlot slot, Situation situation) {
        if (situation.observation().isEmpty() && !engine.worksBlind()) {
            return slot;
        }
        own.clear();
        try {
            EngineState state =
                    Check.present(engine.propose(situation, slot.state(), own), "state");
            take(engine.id());
            if (engine == safeSetEngine) {
                safeSet = own.stream().map(Proposal::id).toList();
            }
            return state == slot.state() && slot.failures() == 0 ? slot : new EngineSlot(state, 0);
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError failed) {
            if (slot.failures() == 0) {
                events.engine(engine.id(), failed);
            }
            return new EngineSlot(slot.state(), slot.failures() + 1);
        }
    }

    /** Takes all of an engine's own proposals, or refuses all of them. */
    private void take(String engine) {
        if (own.size() > MAX_PROPOSALS) {
            events.flood(engine, own.size());
            own.subList(MAX_PROPOSALS, own.size()).clear();
        }
        for (int i = 0; i < own.size(); i++) {
            Proposal proposal = Check.present(own.get(i), "proposal");
            Check.that(
                    proposal.source().equals(engine),
                    () -> engine + " must propose under its own name, was " + proposal.source());
            Check.that(
                    unused(proposal.id(), i),
                    () -> engine + " must give a new id, was " + proposal.id());
            Check.range(proposal.actions().size(), 0, MAX_ACTIONS, "commands of a proposal");
            for (ActuatorCommand command : proposal.actions()) {
                Check.that(
                        command.twin().equals(twin),
                        () -> engine + " must command " + twin + ", was " + command.twin());
            }
        }
        proposals.addAll(own);
    }

    private boolean unused(UUID id, int place) {
        for (Proposal other : proposals) {
            if (other.id().equals(id)) {
                return false;
            }
        }
        for (int i = 0; i < place; i++) {
            if (own.get(i).id().equals(id)) {
                return false;
            }
        }
        return true;
    }
}
