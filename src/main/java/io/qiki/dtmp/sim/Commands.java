package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.ActuatorCommand.Type;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.TwinId;
import java.util.List;

/**
 * Admits commands, lets them act at the next step, and follows each to its final stage.
 *
 * <p>A set-point is EXECUTED when the filtered motion has reached it, a burst when it ends, a mode
 * when it is in effect. One command per controller is under way; a newer one ends it as EXPIRED,
 * superseded. A command of a lower rank than the one under way is refused.
 */
final class Commands {
    /** Controllers that a command can occupy. */
    static final int VELOCITY = 0;

    static final int ATTITUDE = 1;
    static final int BURST = 2;
    static final int SLOTS = 3;

    /** Id high, id low, packed (used, actuator, rank), deadline step. */
    static final int SLOT_WORDS = 4;

    private static final long USED = 1L << 32;
    private static final long NOT_USED = 0;
    private static final int OUTCOMES_PER_COMMAND = 2;
    private static final int LAPSE_TICKS = 10;
    private static final long VELOCITY_LIMIT_MILLIS = 600_000;
    private static final long ATTITUDE_LIMIT_MILLIS = 300_000;
    private static final long BURST_GRACE_MILLIS = 1_000;
    private static final double DEGREE = Math.PI / 180;
    private static final Actuator[] ACTUATORS = Actuator.values();
    private static final Type[] TYPES = Type.values();
    private static final CommandStage[] STAGES = CommandStage.values();
    private static final FailureCode[] CODES = FailureCode.values();

    private final WorldState state;
    private final WorldSettings settings;
    private final List<TwinId> twins;
    private final VelocityControl velocity;
    private final AttitudeControl attitude;
    private final Inbox inbox;
    private final RecentCommands recent;
    private final OutcomeRing outcomes;
    private final SetPoints setPoints;
    private final double motorSpeed;

    Commands(
            WorldState state,
            WorldSettings settings,
            List<TwinId> twins,
            VelocityControl velocity,
            AttitudeControl attitude) {
        this.state = state;
        this.settings = settings;
        this.twins = twins;
        this.velocity = velocity;
        this.attitude = attitude;
        inbox = new Inbox(state);
        recent = new RecentCommands(state);
        outcomes = new OutcomeRing(state);
        setPoints = new SetPoints(state);
        motorSpeed = settings.profile().control().motorSpeed();
    }

    /** Set-points of a vehicle at its start: it holds attitude and velocity. */
    void reset(int i) {
        setPoints.reset(i, settings.scene().start());
        state.burstActuator[i] = -1;
        state.lastBatchStep[i] = -1;
    }

    /** Takes a command in; it acts at the next step. */
    Admission admit(int i, ActuatorCommand command, CommandSource source) {
        long high = command.id().getMostSignificantBits();
        long low = command.id().getLeastSignificantBits();
        long content = command.addTo(new Hash64()).value();
        int known = recent.find(i, high, low);
        if (known >= 0) {
            return recent.content(known) == content
                    ? new Admission(STAGES[recent.stage(known)], CODES[recent.code(known)], "")
                    : Admission.refused(
                            FailureCode.ID_REUSED,
                            "command " + command.id() + " was given before with other content");
        }
        String fault = CommandRules.fault(command);
        if (!command.twin().equals(twins.get(i))) {
            fault = "a command for " + command.twin() + " must not go to " + twins.get(i);
        }
        if (!fault.isEmpty()) {
            return Admission.refused(FailureCode.BAD_ARGUMENT, fault);
        }
        int waiting = inbox.size(i) + SLOTS + 1;
        if (inbox.room(i) == 0 || outcomes.room(i) < OUTCOMES_PER_COMMAND * waiting) {
            return Admission.refused(
                    FailureCode.QUEUE_FULL,
                    "the inbox of "
                            + command.twin()
                            + " holds "
                            + Inbox.CAPACITY
                            + " commands; wait for the next step");
        }
        inbox.add(i, command, source);
        recent.remember(i, source.rank(), command, content);
        return new Admission(CommandStage.ACCEPTED, FailureCode.NONE, "");
    }

    /**
     * Takes the agent's commands of a tick in; gives NONE or why none was taken. Of a command that
     * was given before it is told again how far it came: the agent may not have heard.
     */
    FailureCode agentBatch(int i, long epoch, List<ActuatorCommand> commands) {
        boolean fenced = epoch < state.epochSeen[i];
        if (!fenced) {
            state.epochSeen[i] = epoch;
            state.lastBatchStep[i] = state.step[i];
            state.lapsed[i] = 0;
        }
        for (int k = 0; k < commands.size(); k++) {
            ActuatorCommand command = commands.get(k);
            Admission admission =
                    fenced
                            ? Admission.refused(FailureCode.SIM_FENCED, "")
                            : admit(i, command, new CommandSource(CommandSource.AGENT, "agent", k));
            if (admission.stage() != CommandStage.ACCEPTED) {
                outcomes.add(
                        i,
                        command.id().getMostSignificantBits(),
                        command.id().getLeastSignificantBits(),
                        command.actuator().ordinal(),
                        admission.stage(),
                        admission.code());
            }
        }
        return fenced ? FailureCode.SIM_FENCED : FailureCode.NONE;
    }

    /** Stages reached since the last call, oldest first. */
    List<CommandOutcome> drain(int i) {
        return outcomes.drain(i);
    }

    /** Lets waiting commands act, ends what is done, lapses what nobody renews. */
    void step(int i) {
        for (int place = 0; place < inbox.size(i); place++) {
            apply(i, inbox.at(i, place), inbox.valuesAt(i, place));
        }
        if (inbox.size(i) > 0) {
            inbox.clear(i);
        }
        follow(i);
        long silent = state.step[i] - state.lastBatchStep[i];
        if (state.lastBatchStep[i] >= 0
                && state.lapsed[i] == 0
                && silent > (long) LAPSE_TICKS * settings.stepsPerTick()) {
            lapse(i);
        }
    }

    /** Ends everything that waits or is under way, because the world starts anew. */
    void end(int i, FailureCode code) {
        for (int place = 0; place < inbox.size(i); place++) {
            int at = inbox.at(i, place);
            tell(i, at, CommandStage.UNAVAILABLE, code);
        }
        inbox.clear(i);
        for (int slot = 0; slot < SLOTS; slot++) {
            finish(i, slot, CommandStage.UNAVAILABLE, code);
        }
        state.burstActuator[i] = -1;
    }

    private void follow(int i) {
        int at = SLOTS * SLOT_WORDS * i;
        if (state.active[at + 2] != NOT_USED && velocity.settled(i)) {
            finish(i, VELOCITY, CommandStage.EXECUTED, FailureCode.NONE);
        }
        if (state.active[at + SLOT_WORDS + 2] != NOT_USED && attitude.settled(i)) {
            finish(i, ATTITUDE, CommandStage.EXECUTED, FailureCode.NONE);
        }
        if (state.burstActuator[i] >= 0) {
            state.burstActed[i] |= state.firing[i] != 0 ? 1 : 0;
            if (state.step[i] >= state.burstUntil[i]) {
                boolean acted = state.burstActed[i] != 0;
                endBurst(
                        i,
                        acted ? CommandStage.EXECUTED : CommandStage.FAILED,
                        acted ? FailureCode.NONE : FailureCode.SIM_UNAVAILABLE);
            }
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            int s = at + SLOT_WORDS * slot;
            if (state.active[s + 2] != NOT_USED && state.step[i] >= state.active[s + 3]) {
                finish(i, slot, CommandStage.TIMEOUT, FailureCode.COMMAND_TIMEOUT);
            }
        }
    }

    private void lapse(int i) {
        for (int slot = 0; slot < SLOTS; slot++) {
            finish(i, slot, CommandStage.EXPIRED, FailureCode.AGENT_MISSED);
        }
        state.burstActuator[i] = -1;
        state.lapsed[i] = 1;
        setPoints.safe(i);
    }

    private void apply(int i, int at, int v) {
        long packed = state.inbox[at + 4];
        Actuator actuator = ACTUATORS[Inbox.actuator(packed)];
        Type type = TYPES[Inbox.type(packed)];
        double x = state.inboxValues[v];
        double y = state.inboxValues[v + 1];
        double z = state.inboxValues[v + 2];
        switch (actuator) {
            case MOTOR_LEFT, MOTOR_RIGHT -> {
                if (type == Type.ROTATE) {
                    if (occupy(i, at, ATTITUDE, ATTITUDE_LIMIT_MILLIS)) {
                        setPoints.turnBearing(i, x * DEGREE);
                    }
                } else if (takeVelocity(i, at)) {
                    setPoints.hold(i, SetPoints.BODY, x / 100 * motorSpeed, 0, 0);
                }
            }
            case SYSTEM_CONTROLLER -> {
                state.announcedMode[i] = (long) x;
                done(i, at);
            }
            case RCS_FORWARD, RCS_AFT, RCS_PORT, RCS_STARBOARD, RCS_UP, RCS_DOWN ->
                    startBurst(i, at, x / 100);
            case VELOCITY_CONTROLLER -> {
                if (takeVelocity(i, at)) {
                    if (type == Type.DISABLE) {
                        setPoints.coast(i);
                        finish(i, VELOCITY, CommandStage.EXECUTED, FailureCode.NONE);
                    } else {
                        setPoints.hold(i, SetPoints.WORLD, x, y, z);
                    }
                }
            }
            case ATTITUDE_CONTROLLER -> {
                if (occupy(i, at, ATTITUDE, ATTITUDE_LIMIT_MILLIS)) {
                    if (type == Type.ROTATE) {
                        setPoints.point(i, x, y, z);
                    } else {
                        setPoints.attitudeMode(i, (int) x);
                        finish(i, ATTITUDE, CommandStage.EXECUTED, FailureCode.NONE);
                    }
                }
            }
            case POWER_CONTROLLER -> {
                state.powerMode[i] = (long) x;
                done(i, at);
            }
        }
    }

    private boolean takeVelocity(int i, int at) {
        int burst = SLOT_WORDS * (SLOTS * i + BURST);
        int rank = Inbox.rank(state.inbox[at + 4]);
        if (state.active[burst + 2] != NOT_USED && slotRank(burst) > rank) {
            tell(i, at, CommandStage.REJECTED, FailureCode.WRONG_STATE);
            return false;
        }
        if (!occupy(i, at, VELOCITY, VELOCITY_LIMIT_MILLIS)) {
            return false;
        }
        if (state.burstActuator[i] >= 0) {
            endBurst(i, CommandStage.EXPIRED, FailureCode.SIM_SUPERSEDED);
        }
        return true;
    }

    private void startBurst(int i, int at, double fraction) {
        long packed = state.inbox[at + 4];
        long millis = Inbox.timeoutMillis(packed);
        if (millis == 0 || fraction == 0) {
            if (fraction == 0 && state.burstActuator[i] >= 0) {
                endBurst(i, CommandStage.EXPIRED, FailureCode.SIM_SUPERSEDED);
            }
            done(i, at);
            return;
        }
        int velocitySlot = SLOT_WORDS * (SLOTS * i + VELOCITY);
        if (state.active[velocitySlot + 2] != NOT_USED
                && slotRank(velocitySlot) > Inbox.rank(packed)) {
            tell(i, at, CommandStage.REJECTED, FailureCode.WRONG_STATE);
            return;
        }
        if (!occupy(i, at, BURST, millis + BURST_GRACE_MILLIS)) {
            return;
        }
        finish(i, VELOCITY, CommandStage.EXPIRED, FailureCode.SIM_SUPERSEDED);
        state.burstActuator[i] = Inbox.actuator(packed);
        state.burstFraction[i] = fraction;
        state.burstUntil[i] = state.step[i] + steps(millis);
        state.burstActed[i] = 0;
    }

    private void endBurst(int i, CommandStage stage, FailureCode code) {
        finish(i, BURST, stage, code);
        state.burstActuator[i] = -1;
        state.burstFraction[i] = 0;
        setPoints.keepVelocity(i);
    }

    private boolean occupy(int i, int at, int slot, long limitMillis) {
        long packed = state.inbox[at + 4];
        int s = SLOT_WORDS * (SLOTS * i + slot);
        if (state.active[s + 2] != NOT_USED && slotRank(s) > Inbox.rank(packed)) {
            tell(i, at, CommandStage.REJECTED, FailureCode.WRONG_STATE);
            return false;
        }
        finish(i, slot, CommandStage.EXPIRED, FailureCode.SIM_SUPERSEDED);
        long given = Inbox.timeoutMillis(packed);
        state.active[s] = state.inbox[at];
        state.active[s + 1] = state.inbox[at + 1];
        state.active[s + 2] = USED | Inbox.actuator(packed) | (long) Inbox.rank(packed) << 8;
        state.active[s + 3] =
                state.step[i] + steps(slot != BURST && given > 0 ? given : limitMillis);
        tell(i, at, CommandStage.EXECUTING, FailureCode.NONE);
        return true;
    }

    private int slotRank(int s) {
        return (int) (state.active[s + 2] >> 8 & 255);
    }

    private long steps(long millis) {
        return (millis * 1_000_000 + settings.stepNanos() - 1) / settings.stepNanos();
    }

    private void finish(int i, int slot, CommandStage stage, FailureCode code) {
        int s = SLOT_WORDS * (SLOTS * i + slot);
        if (state.active[s + 2] == NOT_USED) {
            return;
        }
        long high = state.active[s];
        long low = state.active[s + 1];
        outcomes.add(i, high, low, (int) (state.active[s + 2] & 255), stage, code);
        recent.note(i, high, low, stage, code.ordinal());
        for (int k = s; k < s + SLOT_WORDS; k++) {
            state.active[k] = 0;
        }
    }

    private void done(int i, int at) {
        tell(i, at, CommandStage.EXECUTED, FailureCode.NONE);
    }

    private void tell(int i, int at, CommandStage stage, FailureCode code) {
        long high = state.inbox[at];
        long low = state.inbox[at + 1];
        outcomes.add(i, high, low, Inbox.actuator(state.inbox[at + 4]), stage, code);
        recent.note(i, high, low, stage, code.ordinal());
    }
}
