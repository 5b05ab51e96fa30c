package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.CommandLife.Origin;
import io.qiki.dtmp.model.CommandLife.Step;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.CommandStageEvent;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.Admission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Every command from outside, from its request to its one final stage. Stages after ACCEPTED come
 * from observations and from committed states only. Plain and synchronous, one owner at a time;
 * bounded: what finished first is forgotten first.
 */
public final class CommandBook {
    private final CommandLimits limits;
    private final boolean agents;
    private final Map<TwinId, CommandDesk> desks = new LinkedHashMap<>();
    private final Map<UUID, CommandEntry> entries = new LinkedHashMap<>();
    private final Deque<UUID> endedOfOperators = new ArrayDeque<>();
    private final Deque<UUID> endedOfAgents = new ArrayDeque<>();
    private List<TwinEvent> events = new ArrayList<>();
    private long sequence;
    private long outOfOrder;

    /**
     * An empty book.
     *
     * @param twins whose commands
     * @param agents whether each twin has an agent in this process; otherwise one may come and go
     */
    public CommandBook(CommandLimits limits, List<TwinId> twins, boolean agents) {
        this.limits = Check.present(limits, "command limits");
        this.agents = agents;
        Optional<FsmSnapshot> born =
                agents ? Optional.of(FsmSnapshot.coldStart()) : Optional.empty();
        twins.forEach(twin -> desks.put(twin, new CommandDesk(born)));
    }

    /**
     * Judges a command. A repeated id gives what came of it the first time and never acts again.
     *
     * @param dry whether it is to be checked only; that leaves no trace
     */
    public CommandRuling rule(ActuatorCommand command, boolean dry, RunState run) {
        CommandDesk desk = desks.get(command.twin());
        if (desk == null) {
            return refused(FailureCode.NOT_FOUND, "there is no twin " + command.twin());
        }
        CommandEntry known = entries.get(command.id());
        if (known != null) {
            return known.repeated(command);
        }
        Optional<Failure> failure =
                CommandGate.fault(command)
                        .or(() -> CommandGate.interlock(command, desk.agent(), run));
        if (dry) {
            return failure.<CommandRuling>map(CommandRuling.Refused::new)
                    .orElseGet(() -> new CommandRuling.Stands(CommandEntry.checked(command, desk)));
        }
        if (desk.full(limits)) {
            return failure.<CommandRuling>map(CommandRuling.Refused::new)
                    .orElseGet(
                            () ->
                                    refused(
                                            FailureCode.QUEUE_FULL,
                                            desk.fullness(command.twin(), limits)));
        }
        CommandEntry entry = open(command, desk, Origin.OPERATOR);
        if (failure.isPresent()) {
            move(entry, CommandStage.REJECTED, failure.get().code(), failure.get().sentence());
            return new CommandRuling.Refused(failure.get());
        }
        move(entry, CommandStage.VALIDATED, FailureCode.NONE, "arguments and interlocks in order");
        return new CommandRuling.Proceed(entry.life(), ++sequence);
    }

    /** How a command of this book stands, as its repetition would be answered. */
    public CommandRuling standing(UUID id) {
        CommandEntry known = entries.get(id);
        return known == null
                ? refused(FailureCode.NOT_FOUND, "there is no command " + id)
                : known.repeated(known.command());
    }

    /** The world has answered: the command is in its inbox, or it is refused. */
    public void answered(UUID id, Admission admission, CommandDesk.Moment now) {
        CommandEntry entry = entries.get(id);
        if (entry == null) {
            return;
        }
        if (admission.stage() == CommandStage.REJECTED) {
            move(entry, CommandStage.REJECTED, admission.code(), admission.sentence());
        } else {
            accept(entry, now);
        }
    }

    /** The agent has taken a change of its mode; it will see it at its next tick. */
    public void taken(UUID id, CommandDesk.Moment now) {
        CommandEntry entry = entries.get(id);
        if (entry != null) {
            accept(entry, now);
        }
    }

    /** Whoever should act refused it or did not answer. */
    public void failed(UUID id, Failure failure) {
        CommandEntry entry = entries.get(id);
        if (entry != null) {
            boolean away = failure.code().category() != FailureCode.Category.REFUSED;
            move(
                    entry,
                    away ? CommandStage.UNAVAILABLE : CommandStage.REJECTED,
                    failure.code(),
                    failure.sentence());
        }
    }

    private void accept(CommandEntry entry, CommandDesk.Moment now) {
        entry.acts(now, limits);
        move(
                entry,
                new Step(
                        CommandStage.ACCEPTED,
                        FailureCode.NONE,
                        "acts at tick " + (now.tick() + 1),
                        now.tick(),
                        now.step()));
    }

    /**
     * An agent handed a command to its vehicle. Its evaluator has judged it; sent again under its
     * id it is no new one.
     */
    public void sent(ActuatorCommand command, CommandDesk.Moment now) {
        CommandDesk desk = desks.get(command.twin());
        if (desk == null || entries.containsKey(command.id())) {
            return;
        }
        desk.at(now);
        CommandEntry entry = open(command, desk, Origin.AGENT);
        entry.acts(now, limits);
        move(entry, CommandStage.VALIDATED, FailureCode.NONE, "accepted by the agent's evaluator");
    }

    /** A stage that an observation of a tick showed. */
    public void seen(TwinId twin, long tick, CommandOutcome outcome) {
        CommandEntry entry = entries.get(outcome.commandId());
        if (entry != null && entry.command().twin().equals(twin)) {
            move(entry, Step.of(outcome, tick));
        }
    }

    /** A tick of a twin is over: what is late times out, what belongs to an earlier life ends. */
    public void ticked(TwinId twin, CommandDesk.Moment now) {
        CommandDesk desk = desks.get(twin);
        if (desk == null) {
            return;
        }
        desk.at(now);
        for (CommandEntry entry : List.copyOf(desk.pending())) {
            if (entry.before(now.incarnation())) {
                move(
                        entry,
                        CommandStage.UNAVAILABLE,
                        FailureCode.SIM_RESTARTED,
                        "the simulator began incarnation " + now.incarnation());
            } else {
                entry.life().timeOut(now.tick(), now.step()).ifPresent(late -> moved(entry, late));
            }
        }
    }

    /** A committed state of an agent: what a change of the mode is confirmed by. */
    public void committed(TwinId twin, CommandDesk.Moment now, FsmSnapshot state) {
        CommandDesk desk = desks.get(twin);
        if (desk == null) {
            return;
        }
        desk.agent(state);
        for (CommandEntry entry : List.copyOf(desk.pending())) {
            entry.confirmedBy(state, now).ifPresent(step -> move(entry, step));
        }
    }

    /** A twin has no agent now: it takes commands from outside whenever it runs. */
    public void unattended(TwinId twin) {
        CommandDesk desk = desks.get(twin);
        if (desk != null && !agents) {
            desk.unattended();
        }
    }

    /** Whether an agent is known to be ACTIVE. */
    public boolean active(TwinId twin) {
        CommandDesk desk = desks.get(twin);
        return desk != null
                && desk.agent().filter(now -> now.state() == FsmState.ACTIVE).isPresent();
    }

    /** The state of an agent, for the interlocks. */
    public void known(TwinId twin, FsmSnapshot state) {
        CommandDesk desk = desks.get(twin);
        if (desk != null) {
            desk.agent(state);
        }
    }

    /** A command of this book. */
    public Optional<CommandEntry> find(UUID id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** What happened since the last call, in its order. */
    public List<TwinEvent> takeEvents() {
        List<TwinEvent> taken = events;
        events = new ArrayList<>();
        return taken;
    }

    /** Commands that are known. */
    public int size() {
        return entries.size();
    }

    /** Stages that came after a later one or after the end, and changed nothing. */
    public long outOfOrder() {
        return outOfOrder;
    }

    private CommandEntry open(ActuatorCommand command, CommandDesk desk, Origin origin) {
        CommandEntry entry = new CommandEntry(command, desk, origin);
        entries.put(command.id(), entry);
        desk.add(entry);
        events.add(CommandStageEvent.of(entry.life()));
        return entry;
    }

    /** An agent's many commands do not displace those of operators. */
    private void forgetOldest(boolean ofAgents) {
        Deque<UUID> ended = ofAgents ? endedOfAgents : endedOfOperators;
        while (ended.size() > limits.kept()) {
            entries.remove(ended.removeFirst());
        }
    }

    private void move(CommandEntry entry, CommandStage stage, FailureCode code, String reason) {
        CommandDesk.Moment now = entry.desk().now();
        move(entry, new Step(stage, code, reason, now.tick(), now.step()));
    }

    private void move(CommandEntry entry, Step next) {
        Optional<CommandLife> moved = entry.life().to(next);
        if (moved.isPresent()) {
            moved(entry, moved.get());
        } else {
            outOfOrder++;
        }
    }

    private void moved(CommandEntry entry, CommandLife life) {
        entry.become(life);
        events.add(CommandStageEvent.of(entry.life()));
        if (life.ended()) {
            entry.desk().remove(entry);
            (entry.ofAgent() ? endedOfAgents : endedOfOperators).addLast(life.id());
            forgetOldest(entry.ofAgent());
        }
    }

    private static CommandRuling refused(FailureCode code, String sentence) {
        return new CommandRuling.Refused(new Failure(code, sentence));
    }
}
