package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.AgentClient;
import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.AgentWish;
import io.qiki.dtmp.bus.CommandNews;
import io.qiki.dtmp.bus.CreditInlet;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.sim.CommandSource;
import io.qiki.dtmp.sim.SimClient;
import io.qiki.dtmp.store.StateStoreClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Leads every command from outside through its life.
 *
 * <p>Owns: the {@link CommandBook}, which outlives it, and the commands that are being handed on.
 *
 * <p>Consumes: {@link Addresses#COMMAND_GIVE}, {@link Addresses#COMMAND_FIND}, {@link
 * Addresses#COMMAND_NEWS}, {@link Addresses#TICK_CHANGED}, the reports of every shard (credit
 * streams).
 *
 * <p>Emits: commands to the simulators, requests to the agents, an event per stage.
 *
 * <p>Runs on: an event loop, one instance per process, so that an id is judged once.
 */
public final class CommandVerticle extends VerticleBase {
    private static final int REPORT_WINDOW = 4;

    private final CommandBook book;
    private final Shards shards;
    private final List<CreditInlet<TickReport>> inlets = new ArrayList<>();
    private final Map<UUID, Promise<CommandLife>> underWay = new HashMap<>();
    private List<SimClient> simulators = List.of();
    private List<AgentClient> agents = List.of();
    private EventLogClient events;
    private StateStoreClient store;
    private RunState run = RunState.STOPPED;

    /** A verticle for a book. */
    public CommandVerticle(CommandBook book, Shards shards) {
        this.book = book;
        this.shards = shards;
    }

    @Override
    public Future<?> start() {
        events = new EventLogClient(vertx);
        store = new StateStoreClient(vertx);
        simulators = each(shard -> new SimClient(vertx, shard));
        agents = each(shard -> new AgentClient(vertx, shard));
        each(Addresses::agentReports)
                .forEach(
                        address ->
                                inlets.add(
                                        new CreditInlet<>(
                                                vertx,
                                                address,
                                                TickReport.class,
                                                REPORT_WINDOW,
                                                this::onReport)));
        var bus = vertx.eventBus();
        List<Future<?>> open = new ArrayList<>();
        open.add(bus.localConsumer(Addresses.COMMAND_GIVE, this::onGive).completion());
        open.add(bus.localConsumer(Addresses.COMMAND_FIND, this::onFind).completion());
        open.add(bus.localConsumer(Addresses.COMMAND_NEWS, this::onNews).completion());
        open.add(bus.localConsumer(Addresses.TICK_CHANGED, this::onRunStatus).completion());
        inlets.forEach(inlet -> open.add(inlet.open()));
        return Future.all(open).compose(done -> askRunState());
    }

    @Override
    public Future<?> stop() {
        return Future.join(inlets.stream().map(CreditInlet::close).toList());
    }

    /** Before the pacing is there nothing runs; it tells when that changes. */
    private Future<?> askRunState() {
        return new TickClient(vertx)
                .status()
                .onSuccess(status -> run = status.runState())
                .otherwiseEmpty();
    }

    private void onRunStatus(Message<RunStatus> message) {
        run = message.body().runState();
    }

    /** A state that holds a command back may be older than what its sender has seen. */
    private void onGive(Message<CommandClient.Give> message) {
        TwinId twin = message.body().command().twin();
        if (book.active(twin)) {
            give(message);
        } else {
            store.state(twin, 1)
                    .onSuccess(known -> book.known(twin, known.state().snapshot()))
                    .onComplete(asked -> give(message));
        }
    }

    private void give(Message<CommandClient.Give> message) {
        ActuatorCommand command = message.body().command();
        boolean dry = message.body().dry();
        CommandRuling ruling = book.rule(command, dry, run);
        record();
        Promise<CommandLife> first = underWay.get(command.id());
        if (ruling instanceof CommandRuling.Proceed proceed) {
            Replies.answerLater(message, hand(command, proceed.sequence()));
        } else if (ruling instanceof CommandRuling.Stands && first != null) {
            Replies.answerLater(message, first.future());
        } else {
            Replies.answerLater(message, answer(ruling));
        }
    }

    private void onFind(Message<CommandClient.Find> message) {
        UUID id = message.body().id();
        Replies.answer(
                message,
                () ->
                        book.find(id)
                                .map(
                                        one ->
                                                new CommandClient.Known(
                                                        Optional.of(one.command()), one.life()))
                                .orElseThrow(
                                        () ->
                                                new RequestFailed(
                                                        FailureCode.NOT_FOUND,
                                                        "there is no command " + id)));
    }

    private void onNews(Message<CommandNews> message) {
        CommandNews news = message.body();
        news.sent()
                .forEach(
                        one ->
                                book.sent(
                                        one.command(),
                                        new CommandDesk.Moment(
                                                one.incarnation(), one.tick(), one.step())));
        news.stages().forEach(one -> book.seen(one.twin(), one.tick(), one.outcome()));
        for (SensedInput one : news.newest().sensed()) {
            if (one instanceof SensedInput.Seen seen) {
                book.ticked(seen.observation().twin(), moment(seen.observation()));
            }
        }
        record();
        message.reply("");
    }

    private void onReport(TickReport report, long missed) {
        for (TwinReport twin : report.reports()) {
            Observation seen = twin.observation();
            if (twin.state().epoch() == 0) {
                book.unattended(seen.twin());
                continue;
            }
            book.committed(
                    seen.twin(),
                    new CommandDesk.Moment(seen.incarnation(), twin.state().tick(), seen.step()),
                    twin.state().snapshot());
        }
        record();
    }

    /** Hands a command to whoever acts; those who repeat it meanwhile wait for the same answer. */
    private Future<CommandLife> hand(ActuatorCommand command, long sequence) {
        UUID id = command.id();
        Promise<CommandLife> first = Promise.promise();
        underWay.put(id, first);
        Optional<OperatorRequest> mode = CommandGate.mode(command);
        Future<?> taken =
                mode.isPresent() ? request(command, mode.get()) : admit(command, sequence);
        taken.onFailure(
                        cause ->
                                book.failed(
                                        id, Replies.failureOf(cause, FailureCode.SIM_UNAVAILABLE)))
                .onComplete(
                        done -> {
                            underWay.remove(id);
                            record();
                            answer(book.standing(id)).onComplete(first);
                        });
        return first.future();
    }

    private Future<?> request(ActuatorCommand command, OperatorRequest mode) {
        return agents.get(shards.of(command.twin()))
                .request(new AgentWish(command.twin(), mode))
                .onSuccess(
                        at ->
                                book.taken(
                                        command.id(),
                                        new CommandDesk.Moment(
                                                at.incarnation(), at.tick(), at.step())));
    }

    private Future<?> admit(ActuatorCommand command, long sequence) {
        CommandSource source = new CommandSource(CommandSource.OPERATOR, "outside", sequence);
        return simulators
                .get(shards.of(command.twin()))
                .admit(command, source)
                .onSuccess(
                        at ->
                                book.answered(
                                        command.id(),
                                        at.admission(),
                                        new CommandDesk.Moment(
                                                at.incarnation(), at.tick(), at.step())));
    }

    private static Future<CommandLife> answer(CommandRuling ruling) {
        if (ruling instanceof CommandRuling.Refused refused) {
            return Future.failedFuture(new RequestFailed(refused.failure()));
        } else if (ruling instanceof CommandRuling.Stands stands) {
            return Future.succeededFuture(stands.life());
        }
        return Future.succeededFuture(((CommandRuling.Proceed) ruling).life());
    }

    private void record() {
        events.record(book.takeEvents());
    }

    private static CommandDesk.Moment moment(Observation seen) {
        return new CommandDesk.Moment(seen.incarnation(), seen.tick(), seen.step());
    }

    private <T> List<T> each(java.util.function.IntFunction<T> make) {
        return IntStream.range(0, shards.count()).mapToObj(make).toList();
    }
}
