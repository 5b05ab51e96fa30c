package io.qiki.dtmp.nats;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.SimClient;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.store.StoreMetrics;
import io.qiki.dtmp.twin.CommandClient;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.List;

/**
 * Answers in place of pacing, store, commands and the simulator of shard 0, from what was heard or
 * by asking the processes that have them. Lives on its owner's context.
 */
final class MirrorDesk {
    private static final int SHARD = 0;

    private final MirroredFleet fleet;
    private final MirroredProcesses processes;
    private final MirroredCommands commands;
    private final MirrorOrders orders;

    MirrorDesk(MirrorMemory memory, MirrorOrders orders) {
        this.fleet = memory.fleet();
        this.processes = memory.processes();
        this.commands = memory.commands();
        this.orders = orders;
    }

    /** Begins to answer. */
    Future<?> open(EventBus bus) {
        return Future.all(
                List.of(
                        bus.localConsumer(Addresses.TICK_STATUS, this::onStatus).completion(),
                        bus.localConsumer(Addresses.TICK_CONTROL, this::onControl).completion(),
                        bus.localConsumer(Addresses.STORE_STATE, this::onState).completion(),
                        bus.localConsumer(Addresses.STORE_LIST, this::onList).completion(),
                        bus.localConsumer(Addresses.STORE_FIGURES, this::onFigures).completion(),
                        bus.localConsumer(Addresses.COMMAND_GIVE, this::onGive).completion(),
                        bus.localConsumer(Addresses.COMMAND_FIND, this::onFind).completion(),
                        bus.localConsumer(Addresses.simInject(SHARD), this::onInject).completion(),
                        bus.localConsumer(Addresses.simFaults(SHARD), this::onFaults).completion(),
                        bus.localConsumer(Addresses.simClear(SHARD), this::onClear).completion()));
    }

    private RunStatus run() {
        return processes.run().orElse(MirroredProcesses.NOBODY_PACES);
    }

    private void onStatus(Message<String> message) {
        message.reply(run());
    }

    private void onControl(Message<ControlCommand> message) {
        Replies.answerLater(message, orders.control(message.body(), run()));
    }

    private void onState(Message<StateStoreClient.Query> message) {
        StateStoreClient.Query query = message.body();
        Replies.answer(
                message,
                () ->
                        fleet.history(query.twin(), query.limit())
                                .orElseThrow(
                                        () ->
                                                new RequestFailed(
                                                        FailureCode.NOT_FOUND,
                                                        "no state of "
                                                                + query.twin()
                                                                + " has been heard of")));
    }

    private void onList(Message<String> message) {
        message.reply(new StateStoreClient.StateList(fleet.states()));
    }

    /** Nothing is written here. */
    private void onFigures(Message<String> message) {
        message.reply(
                new StoreMetrics(fleet.roster().size(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private void onGive(Message<CommandClient.Give> message) {
        CommandClient.Give give = message.body();
        Replies.answerLater(
                message,
                orders.give(give.command(), give.dry())
                        .onSuccess(
                                life -> {
                                    if (!give.dry()) {
                                        commands.gave(give.command());
                                    }
                                }));
    }

    private void onFind(Message<CommandClient.Find> message) {
        Replies.answer(
                message,
                () ->
                        commands.find(message.body().id())
                                .orElseThrow(
                                        () ->
                                                new RequestFailed(
                                                        FailureCode.NOT_FOUND,
                                                        "no command "
                                                                + message.body().id()
                                                                + " has been heard of")));
    }

    private void onInject(Message<SimClient.Inject> message) {
        Replies.answerLater(message, orders.inject(message.body().twin(), message.body().fault()));
    }

    private void onFaults(Message<TwinId> message) {
        Replies.answerLater(message, orders.faults(message.body()).map(SimClient.FaultList::new));
    }

    private void onClear(Message<SimClient.Clear> message) {
        Replies.answerLater(
                message,
                orders.clear(message.body().twin(), message.body().faultId()).map(done -> ""));
    }
}
