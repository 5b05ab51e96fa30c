package io.qiki.dtmp.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The life of a command: the stages it has reached, in their order. It only moves on, and exactly
 * one final stage ends it.
 *
 * @param id of the command
 * @param twin whose actuator
 * @param actuator of it
 * @param origin who gave it
 * @param deadlineTick tick from which it counts as timed out; {@link #NO_DEADLINE} before it was
 *     accepted
 * @param steps stages reached, oldest first; at least one
 */
public record CommandLife(
        UUID id,
        TwinId twin,
        Actuator actuator,
        Origin origin,
        long deadlineTick,
        List<Step> steps) {
    /** No tick ends it yet. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /** Who gave a command. */
    public enum Origin {
        /** Somebody outside, over an interface. */
        OPERATOR,
        /** The twin's own agent. */
        AGENT
    }

    /**
     * A stage reached.
     *
     * @param stage which
     * @param code why, of a stage that something went wrong for; NONE otherwise
     * @param reason one sentence or word: what was seen, or what would be right
     * @param tick at which it was reached
     * @param step of the simulation at which it was reached
     */
    public record Step(CommandStage stage, FailureCode code, String reason, long tick, long step) {
        /** Refuses missing parts. */
        public Step {
            Check.present(stage, "stage");
            Check.present(code, "failure code");
            Check.text(reason, "reason");
            Check.range(tick, 0, Long.MAX_VALUE, "tick");
            Check.range(step, 0, Long.MAX_VALUE, "step");
        }

        /** The stage that an observation showed. */
        public static Step of(CommandOutcome outcome, long tick) {
            String reason =
                    switch (outcome.stage()) {
                        case REQUESTED, VALIDATED, ACCEPTED -> "taken by the vehicle";
                        case EXECUTING -> "its effect has begun";
                        case EXECUTED -> "its effect was observed";
                        case FAILED -> "its effect was not observed";
                        case REJECTED, TIMEOUT, EXPIRED, UNAVAILABLE -> outcome.code().advice();
                    };
            return new Step(outcome.stage(), outcome.code(), reason, tick, outcome.step());
        }

        /** What the statement is worth: nothing was seen of a command that got no answer. */
        public TruthState truth() {
            return stage == CommandStage.TIMEOUT || stage == CommandStage.UNAVAILABLE
                    ? TruthState.NO_DATA
                    : TruthState.OK;
        }
    }

    /** Copies; refuses a life that does not only move on. */
    public CommandLife {
        Check.present(id, "command id");
        Check.present(twin, "twin");
        Check.present(actuator, "actuator");
        Check.present(origin, "origin");
        Check.range(deadlineTick, 0, NO_DEADLINE, "deadline tick");
        steps = List.copyOf(steps);
        Check.that(!steps.isEmpty(), "a command has at least the stage REQUESTED");
        for (int k = 1; k < steps.size(); k++) {
            CommandStage before = steps.get(k - 1).stage();
            CommandStage after = steps.get(k).stage();
            Check.that(
                    before.mayBecome(after),
                    () -> "a command cannot go from " + before + " to " + after);
        }
    }

    /** A command that has just been received. */
    public static CommandLife begin(
            UUID id, TwinId twin, Actuator actuator, Origin origin, Step requested) {
        return new CommandLife(id, twin, actuator, origin, NO_DEADLINE, List.of(requested));
    }

    /** The newest stage with its reason. */
    public Step last() {
        return steps.get(steps.size() - 1);
    }

    /** The stage it stands in. */
    public CommandStage stage() {
        return last().stage();
    }

    /** Whether it is over. */
    public boolean ended() {
        return stage().isFinal();
    }

    /** Whether it was ever in the inbox of whoever acts. */
    public boolean accepted() {
        return steps.stream().anyMatch(one -> one.stage() == CommandStage.ACCEPTED);
    }

    /** The life with one more stage; empty when that would not be a move on. */
    public Optional<CommandLife> to(Step next) {
        if (!stage().mayBecome(next.stage())) {
            return Optional.empty();
        }
        List<Step> more = new ArrayList<>(steps);
        more.add(next);
        return Optional.of(new CommandLife(id, twin, actuator, origin, deadlineTick, more));
    }

    /** The same life with a tick at which it is to be over. */
    public CommandLife until(long tick) {
        return new CommandLife(id, twin, actuator, origin, tick, steps);
    }

    /** The life ended by its deadline; empty while there is time or when it is over. */
    public Optional<CommandLife> timeOut(long tick, long step) {
        if (ended() || tick < deadlineTick) {
            return Optional.empty();
        }
        return to(
                new Step(
                        CommandStage.TIMEOUT,
                        FailureCode.COMMAND_TIMEOUT,
                        "stood in " + stage() + " at its deadline, tick " + deadlineTick,
                        tick,
                        step));
    }
}
