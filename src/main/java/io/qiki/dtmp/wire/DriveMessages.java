package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.AgentOrders;
import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import qiki.fsm.FSMStateEnum;
import qiki.twin.v1.DriveRequest;
import qiki.twin.v1.DrivenCommand;
import qiki.twin.v1.DrivenState;
import qiki.twin.v1.ModeWish;
import qiki.twin.v1.ObservationBatch;

/** What simulators and agents in different processes say to each other, without loss. */
public final class DriveMessages {
    private DriveMessages() {}

    /** A heartbeat: run state and speed, no observations. */
    public static ObservationBatch.Builder heartbeat(RunStatus run) {
        return ObservationBatch.newBuilder()
                .setRunState(EnumTables.RUN.toWire(run.runState()))
                .setSpeed(run.speed());
    }

    /**
     * What the vehicles of a shard show at a tick.
     *
     * @param twins of the shard, in its order
     */
    public static ObservationBatch batch(SensedBatch seen, List<TwinId> twins, RunStatus run) {
        ObservationBatch.Builder message = heartbeat(run).setNumber(seen.number());
        for (int i = 0; i < seen.sensed().size(); i++) {
            SensedInput one = seen.sensed().get(i);
            if (one instanceof SensedInput.Seen heard) {
                add(message, heard.observation());
            } else {
                message.addObservations(
                        qiki.twin.v1.Observation.newBuilder()
                                .setTwin(twins.get(i).value())
                                .setFailure(
                                        ObservationMessages.failure(
                                                ((SensedInput.Blind) one).failure())));
                message.addWorldHash(0);
            }
        }
        return message.build();
    }

    private static void add(ObservationBatch.Builder message, Observation seen) {
        if (message.getObservationsCount() == 0) {
            message.setIncarnation(seen.incarnation()).setTick(seen.tick()).setStep(seen.step());
        }
        message.addObservations(ObservationMessages.bare(seen));
        message.addWorldHash(seen.worldHash());
        for (CommandOutcome outcome : seen.outcomes()) {
            message.addOutcomes(
                    ObservationMessages.outcome(outcome).toBuilder().setTwin(seen.twin().value()));
        }
    }

    /**
     * The vehicles of a batch.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static SensedBatch sensed(ObservationBatch message) {
        if (message.getWorldHashCount() != message.getObservationsCount()) {
            throw new ConversionException(
                    "world_hash",
                    "must be one per observation, "
                            + message.getObservationsCount()
                            + ", were "
                            + message.getWorldHashCount());
        }
        Map<String, List<qiki.twin.v1.Outcome>> outcomes = new LinkedHashMap<>();
        message.getOutcomesList()
                .forEach(
                        one ->
                                outcomes.computeIfAbsent(one.getTwin(), twin -> new ArrayList<>())
                                        .add(one));
        List<qiki.twin.v1.Observation> whole = new ArrayList<>();
        for (int i = 0; i < message.getObservationsCount(); i++) {
            qiki.twin.v1.Observation one = message.getObservations(i);
            whole.add(
                    one.toBuilder()
                            .setWorldHash(message.getWorldHash(i))
                            .addAllOutcomes(outcomes.getOrDefault(one.getTwin(), List.of()))
                            .build());
        }
        return new SensedBatch(
                message.getNumber(), Fields.each("observations", whole, DriveMessages::input));
    }

    private static SensedInput input(qiki.twin.v1.Observation message) {
        return message.hasFailure()
                ? new SensedInput.Blind(
                        Fields.at(
                                "failure", () -> ObservationMessages.failure(message.getFailure())))
                : new SensedInput.Seen(ObservationMessages.toModel(message));
    }

    /**
     * A mode that an operator wants of an agent.
     *
     * @param incarnation of the vehicle in which it counts, from 0 on
     */
    public static ModeWish wish(TwinId twin, OperatorRequest request, int incarnation) {
        return ModeWish.newBuilder()
                .setTwin(twin.value())
                .setMode(FSMStateEnum.valueOf(request.name()))
                .setIncarnation(incarnation)
                .build();
    }

    /**
     * What operators want of the agents.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static List<TwinWish> wishes(ObservationBatch message) {
        return Fields.each(
                "wishes",
                message.getWishesList(),
                one ->
                        new TwinWish(
                                Fields.twin("twin", one.getTwin()),
                                OperatorRequest.valueOf(one.getMode().name()),
                                one.hasIncarnation()
                                        ? OptionalInt.of(one.getIncarnation())
                                        : OptionalInt.empty()));
    }

    /**
     * A mode that an operator wants of an agent.
     *
     * @param twin whose agent
     * @param request for its next tick
     * @param incarnation of the vehicle in which it counts; without it the one that the agent knows
     */
    public record TwinWish(TwinId twin, OperatorRequest request, OptionalInt incarnation) {}

    /** Run state and speed of a batch; ticks and slips are not told. */
    public static RunStatus run(ObservationBatch message) {
        return new RunStatus(
                EnumTables.RUN.toModel("run_state", message.getRunStateValue()),
                message.getSpeed(),
                message.getTick(),
                0,
                0);
    }

    /**
     * What the agents of a shard command after a tick.
     *
     * @param standings where they stand, one per twin
     */
    public static DriveRequest.Builder request(
            int shard, long tick, List<AgentOrders> orders, List<AgentStanding> standings) {
        DriveRequest.Builder message = DriveRequest.newBuilder().setShard(shard).setTick(tick);
        for (AgentOrders one : orders) {
            one.commands()
                    .forEach(
                            command ->
                                    message.addCommands(
                                            DrivenCommand.newBuilder()
                                                    .setTwin(one.twin().value())
                                                    .setWriterEpoch(one.epoch())
                                                    .setCommand(CommandMessages.toWire(command))));
        }
        standings.forEach(one -> message.addStates(toWire(one)));
        return message;
    }

    private static DrivenState toWire(AgentStanding one) {
        DrivenState.Builder message =
                DrivenState.newBuilder()
                        .setTwin(one.twin().value())
                        .setIncarnation(one.incarnation())
                        .setTick(one.tick())
                        .setWriterEpoch(one.epoch())
                        .setHash(one.hash());
        one.stored().ifPresent(state -> message.setState(StateMessages.toWire(state)));
        return message.build();
    }

    /**
     * Where the agents of a request stand.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static List<AgentStanding> standings(DriveRequest message) {
        return Fields.each("states", message.getStatesList(), DriveMessages::standing);
    }

    private static AgentStanding standing(DrivenState message) {
        return new AgentStanding(
                Fields.twin("twin", message.getTwin()),
                message.getIncarnation(),
                message.getTick(),
                message.getWriterEpoch(),
                message.getHash(),
                message.hasState()
                        ? Optional.of(
                                Fields.at("state", () -> StateMessages.toModel(message.getState())))
                        : Optional.empty());
    }

    /**
     * What the agents of a request command: one per state, in their order.
     *
     * @throws ConversionException naming the field and what would be right; a command of a twin
     *     without a state, or of another epoch than its state, is refused
     */
    public static List<AgentOrders> orders(DriveRequest message) {
        Map<TwinId, List<ActuatorCommand>> commands = new LinkedHashMap<>();
        List<AgentStanding> standings = standings(message);
        standings.forEach(one -> commands.put(one.twin(), new ArrayList<>()));
        Map<TwinId, Long> epochs = new LinkedHashMap<>();
        standings.forEach(one -> epochs.put(one.twin(), one.epoch()));
        Fields.each(
                "commands",
                message.getCommandsList(),
                one -> {
                    TwinId twin = Fields.twin("twin", one.getTwin());
                    if (!commands.containsKey(twin)) {
                        throw new ConversionException(
                                "twin", "must have a state in the request, " + twin + " has none");
                    }
                    if (epochs.get(twin) != one.getWriterEpoch()) {
                        throw new ConversionException(
                                "writer_epoch",
                                "must be the one of the state, "
                                        + epochs.get(twin)
                                        + ", was "
                                        + one.getWriterEpoch());
                    }
                    Fields.needs(one.hasCommand(), "command");
                    ActuatorCommand command =
                            Fields.at("command", () -> CommandMessages.toModel(one.getCommand()));
                    if (!command.twin().equals(twin)) {
                        throw new ConversionException(
                                "command.twin", "must be " + twin + ", was " + command.twin());
                    }
                    return commands.get(twin).add(command);
                });
        return standings.stream()
                .map(
                        one ->
                                new AgentOrders(
                                        one.twin(),
                                        one.epoch(),
                                        commands.get(one.twin()),
                                        one.hash()))
                .toList();
    }
}
