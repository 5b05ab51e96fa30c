package io.qiki.dtmp.web;

import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.journal.EventPage;
import io.qiki.dtmp.journal.EventQuery;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.sim.SimClient;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.twin.CommandClient;
import io.qiki.dtmp.twin.TickClient;
import io.qiki.dtmp.wire.ControlCodec;
import io.qiki.dtmp.wire.FaultCodec;
import io.qiki.dtmp.wire.JsonCodec;
import io.qiki.dtmp.wire.JsonFields;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What can be asked of this process from outside, whichever way the question came. Failures are
 * {@link RequestFailed} or {@link IllegalArgumentException}, thrown or in the future.
 */
final class LiveApi {
    private final WebSources sources;
    private final LiveView live;
    private final TwinJson json;
    private final FaultCodec faults;
    private final CommandRequests commands;
    private final StateStoreClient store;
    private final EventLogClient events;
    private final TickClient tick;
    private final List<SimClient> shards;
    private final String servedSince = Instant.now().toString();

    LiveApi(Vertx vertx, WebSources sources, LiveView live) {
        this.sources = sources;
        this.live = live;
        this.json = new TwinJson(sources.plan(), sources.epoch());
        this.faults = new FaultCodec(sources.faultTargets());
        this.commands = new CommandRequests(new CommandClient(vertx), sources.plan().stepNanos());
        this.store = new StateStoreClient(vertx);
        this.events = new EventLogClient(vertx);
        this.tick = new TickClient(vertx);
        Shards placed = sources.shards();
        this.shards =
                IntStream.range(0, placed.count()).mapToObj(i -> new SimClient(vertx, i)).toList();
    }

    /** A page of twins in their order. */
    JsonObject twins(int limit, String after) {
        List<TwinView> all = live.twins();
        int from = after.isEmpty() ? 0 : all.indexOf(twin(after)) + 1;
        int to = Math.min(all.size(), from + limit);
        boolean more = to < all.size();
        return new JsonObject()
                .put("twins", JsonCodec.array(all.subList(from, to), this::row))
                .put("next", more ? all.get(to - 1).twin().value() : null);
    }

    /** The row of a twin. */
    JsonObject row(TwinView view) {
        return json.row(live, view, System.nanoTime());
    }

    /** A twin by its id. */
    TwinView twin(String id) {
        return live.twin(id)
                .orElseThrow(
                        () -> new RequestFailed(FailureCode.NOT_FOUND, "there is no twin " + id));
    }

    /** The state of a twin with its history; as it is born before its first commit. */
    Future<JsonObject> state(TwinView view) {
        return store.state(view.twin(), WebConfig.GIVEN_TRANSITIONS)
                .map(stored -> json.state(row(view), stored).put("served_since", servedSince(view)))
                .recover(cause -> unborn(view, cause));
    }

    /** A twin that the store does not know and that has not ticked is about to be born. */
    private Future<JsonObject> unborn(TwinView view, Throwable cause) {
        boolean unknown =
                cause instanceof RequestFailed failed
                        && failed.failure().code() == FailureCode.NOT_FOUND;
        return unknown && view.report().isEmpty()
                ? Future.succeededFuture(
                        row(view)
                                .put("history", new JsonArray())
                                .put("history_dropped", 0)
                                .put("served_since", servedSince(view)))
                : Future.failedFuture(cause);
    }

    /** Every signal of a twin. */
    JsonObject telemetry(TwinView view) {
        return json.telemetry(view);
    }

    /** The newest decisions of a twin, newest first. */
    JsonObject decisions(TwinView view, int limit) {
        return new JsonObject()
                .put(
                        "decisions",
                        JsonCodec.array(view.decisions(limit), d -> json.decision(view, d)));
    }

    /** Events of a query, oldest first. */
    Future<JsonObject> events(EventQuery query) {
        return events.read(query).map(this::page);
    }

    /** Run state and speed of the process. */
    JsonObject status(RunStatus run) {
        return new JsonObject()
                .put("run_state", run.runState().name())
                .put("speed", run.speed())
                .put("ticks", run.ticks())
                .put("slips", run.slips())
                .put("failed_advances", run.failedAdvances());
    }

    /** Carries out a control command. */
    Future<JsonObject> control(JsonFields body) {
        String name = body.only("command_name", "parameters").text("command_name");
        if (ControlCodec.judge(name) == FailureCode.NOT_BUILT) {
            throw new RequestFailed(FailureCode.NOT_BUILT, name + " is not built yet");
        }
        return tick.control(ControlCodec.read(name, body.object("parameters")))
                .map(run -> controlled(name, run));
    }

    /** Gives a command to an actuator. */
    Future<JsonObject> give(TwinView view, JsonFields body) {
        return commands.give(view, body);
    }

    /** A command with its stages. */
    Future<JsonObject> command(String id) {
        return commands.find(id);
    }

    /** Injects a fault into a vehicle. */
    Future<JsonObject> inject(TwinView view, JsonFields body) {
        String type = body.text("type");
        if (FaultCodec.judge(type) == FailureCode.NOT_BUILT) {
            throw new RequestFailed(FailureCode.NOT_BUILT, "fault " + type + " is not built yet");
        }
        FaultSpec fault = faults.read(body);
        return shards.get(live.shardOf(view))
                .inject(view.twin(), fault)
                .map(id -> new JsonObject().put("fault_id", id));
    }

    /** The faults that a vehicle holds. */
    Future<JsonObject> faults(TwinView view) {
        return shards.get(live.shardOf(view))
                .faults(view.twin())
                .map(
                        held ->
                                new JsonObject()
                                        .put("faults", JsonCodec.array(held, FaultCodec::row)));
    }

    /** Clears a fault of a vehicle. */
    Future<JsonObject> clear(TwinView view, String faultId) {
        return shards.get(live.shardOf(view))
                .clear(view.twin(), faultId)
                .map(done -> new JsonObject().put("status", "cleared"));
    }

    /** Simulation time of a tick, ms. */
    double tickMillis() {
        return sources.plan().stepsPerTick() * sources.plan().stepNanos() / 1e6;
    }

    /** What can be injected. */
    JsonObject faultCatalogue() {
        return faults.catalogue();
    }

    /** Every signal there is. */
    JsonObject signals() {
        return new JsonObject().put("signals", json.definitions());
    }

    /** The table of the state machine. */
    JsonObject fsm() {
        return sources.fsm().copy();
    }

    /** The whole picture of a twin for a page that begins or comes back. */
    Future<JsonObject> snapshot(TwinView view) {
        EventQuery newest = EventQuery.newest(200).ofTwin(view.twin());
        return state(view)
                .compose(state -> events(newest).map(found -> snapshot(view, state, found)));
    }

    /** A row per twin, with run state and speed. */
    JsonObject fleet() {
        RunStatus run = live.runStatus();
        return new JsonObject()
                .put("run_state", run.runState().name())
                .put("speed", run.speed())
                .put("slips", run.slips())
                .put("twins", JsonCodec.array(live.twins(), this::row));
    }

    /** The newest decision of a twin; empty before the first. */
    JsonObject decision(TwinView view) {
        return view.decisions(1).stream()
                .findFirst()
                .map(decided -> json.decision(view, decided))
                .orElseGet(JsonObject::new);
    }

    /** An event as the interface gives it. */
    JsonObject event(io.qiki.dtmp.journal.LoggedEvent logged) {
        return JsonCodec.event(logged.id(), logged.event(), sources.plan().stepNanos());
    }

    /** The events after an id; waits for some. */
    Future<EventPage> nextEvents(long afterId) {
        return events.next(afterId);
    }

    /** The newest events between two ids, both excluded. */
    Future<EventPage> eventsBetween(long afterId, long beforeId) {
        return events.read(EventQuery.newest(EventQuery.MAX_LIMIT).after(afterId).before(beforeId));
    }

    private JsonObject page(EventPage page) {
        return new JsonObject()
                .put("events", JsonCodec.array(page.events(), this::event))
                .put(
                        "next",
                        page.next().isPresent() ? String.valueOf(page.next().getAsLong()) : null);
    }

    private JsonObject snapshot(TwinView view, JsonObject state, JsonObject found) {
        RunStatus run = live.runStatus();
        return new JsonObject()
                .put("twin", view.twin().value())
                .put("served_since", servedSince(view))
                .put("run_state", run.runState().name())
                .put("speed", run.speed())
                .put("state", state)
                .put("telemetry", telemetry(view))
                .put("decisions", decisions(view, 20).getJsonArray("decisions"))
                .put("events", found.getJsonArray("events"));
    }

    /** Names what a browser knows; another name: it is to forget that. */
    private String servedSince(TwinView view) {
        return view.lives() == 0 ? servedSince : servedSince + "/" + view.lives();
    }

    private static JsonObject controlled(String name, RunStatus run) {
        return new JsonObject()
                .put("command_name", name)
                .put("status", "ok")
                .put("run_state", run.runState().name())
                .put("speed", run.speed());
    }
}
