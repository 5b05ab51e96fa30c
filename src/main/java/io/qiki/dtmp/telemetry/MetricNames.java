package io.qiki.dtmp.telemetry;

import java.util.Map;

/** Every metric of ours: {@code qiki.<component>.<noun>}, base units seconds and counts. */
public final class MetricNames {
    /** Timer: wall time of a phase of the agent's tick; tag phase. */
    public static final String AGENT_PHASE = "qiki.agent.phase";

    /** Timer: wall time of an agent batch, from its arrival to its commands. */
    public static final String AGENT_BATCH = "qiki.agent.batch";

    /** Counter: ticks whose agent answer was not there by its deadline. */
    public static final String AGENT_MISSED = "qiki.agent.missed";

    /** Counter: verticles that were deployed anew; tag component. */
    public static final String RESTARTS = "qiki.launcher.restarts";

    /**
     * Counter: questions that a guest engine was not asked because it had not answered; tag engine.
     */
    public static final String GUEST_SKIPPED = "qiki.agent.guest.skipped";

    /** Counter: how often a guest engine was quarantined; tag engine. */
    public static final String GUEST_QUARANTINED = "qiki.agent.guest.quarantined";

    /** Counter: questions that a guest engine failed at; tag engine. */
    public static final String GUEST_FAILURES = "qiki.agent.guest.failures";

    /** Counter: commits that were refused or not acknowledged. */
    public static final String AGENT_COMMIT_FAILURES = "qiki.agent.commit.failures";

    /** Timer: wall time of the steps of a tick in the simulator. */
    public static final String SIM_STEP = "qiki.sim.step";

    /** Counter: simulation steps of all vehicles. */
    public static final String SIM_STEPS = "qiki.sim.steps";

    /** Counter: finished ticks of the process. */
    public static final String TICK_TICKS = "qiki.tick.ticks";

    /** Counter: slips of the process. */
    public static final String TICK_SLIPS = "qiki.tick.slips";

    /** Timer: how long after it was due a firing of the pacing began. */
    public static final String TICK_LATENESS = "qiki.tick.lateness";

    /** Counter: advances that a shard did not answer. */
    public static final String TICK_FAILED_ADVANCES = "qiki.tick.failed.advances";

    /** Gauge: speed, simulation time over wall time. */
    public static final String TICK_SPEED = "qiki.tick.speed";

    /** Gauge: 1 for the present run state; tag state. */
    public static final String TICK_RUN_STATE = "qiki.tick.run.state";

    /** Counter: commits that the store has judged; tag outcome. */
    public static final String STORE_COMMITS = "qiki.store.commits";

    /** Counter: reads of states. */
    public static final String STORE_GETS = "qiki.store.gets";

    /** Gauge: subscribers of the store. */
    public static final String STORE_SUBSCRIBERS = "qiki.store.subscribers";

    /** Counter: versions that slow subscribers missed. */
    public static final String STORE_CONFLATED = "qiki.store.conflated";

    /** Gauge: twins by state; tag state. */
    public static final String STORE_TWINS = "qiki.store.twins";

    /** Gauge: browsers on the socket. */
    public static final String WEB_SESSIONS = "qiki.web.sessions";

    /** Counter: messages to browsers. */
    public static final String WEB_MESSAGES = "qiki.web.messages";

    /** Counter: messages that a newer one replaced because a browser was slow. */
    public static final String WEB_CONFLATED = "qiki.web.conflated";

    /** Counter: refused requests; tag code. */
    public static final String WEB_REFUSALS = "qiki.web.refusals";

    /** Counter: events that a slow browser did not get. */
    public static final String WEB_EVENTS_DROPPED = "qiki.web.events.dropped";

    /** Counter: events that were gone from the log before they could be sent to browsers. */
    public static final String WEB_EVENTS_MISSED = "qiki.web.events.missed";

    /** Counter: old events that the event log gave up for newer ones. */
    public static final String JOURNAL_DROPPED = "qiki.journal.dropped";

    /** Counter: gRPC calls; tag method. */
    public static final String GRPC_CALLS = "qiki.grpc.calls";

    /** Counter: refused gRPC calls; tag code. */
    public static final String GRPC_REFUSALS = "qiki.grpc.refusals";

    /** Timer: a unary gRPC call from its message to its answer; tag method. */
    public static final String GRPC_SECONDS = "qiki.grpc.call";

    /** Counter: values that a slow reader of a gRPC stream did not get; tag method. */
    public static final String GRPC_CONFLATED = "qiki.grpc.conflated";

    /** Gauge: readers of gRPC streams; tag method. */
    public static final String GRPC_WATCHERS = "qiki.grpc.watchers";

    /** Counter: gRPC connections that broke, by bytes that mean nothing or by vanished callers. */
    public static final String GRPC_BROKEN = "qiki.grpc.broken";

    /** Counter: answers of an outside engine that came too late or too often; tag engine. */
    public static final String ENGINE_DROPPED = "qiki.engine.dropped";

    /** Gauge: 1 while there is a connection to NATS. */
    public static final String NATS_CONNECTED = "qiki.nats.connected";

    /** Counter: connections to NATS that were made. */
    public static final String NATS_CONNECTS = "qiki.nats.connects";

    /** Counter: messages known to be in their stream; tag kind. */
    public static final String NATS_DELIVERED = "qiki.nats.delivered";

    /** Gauge: messages that wait for their stream; tag kind. */
    public static final String NATS_WAITING = "qiki.nats.waiting";

    /** Gauge: memory that the waiting messages take, bytes; tag kind. */
    public static final String NATS_WAITING_BYTES = "qiki.nats.waiting.bytes";

    /** Counter: messages given up because an outbox was full or no server would take them. */
    public static final String NATS_DROPPED = "qiki.nats.dropped";

    /** Counter: messages of which the newest counts that were sent. */
    public static final String NATS_SENT = "qiki.nats.sent";

    /** Counter: messages that were given up for a newer one, or because there was no connection. */
    public static final String NATS_CONFLATED = "qiki.nats.conflated";

    /** Counter: messages that came in. */
    public static final String NATS_RECEIVED = "qiki.nats.received";

    /** Counter: messages that came in and were refused; tag code. */
    public static final String NATS_REFUSALS = "qiki.nats.refusals";

    /** Gauge: twins that processes elsewhere tell of. */
    public static final String MIRROR_TWINS = "qiki.mirror.twins";

    /** Counter: how often something of a twin was left out because there are too many twins. */
    public static final String MIRROR_LEFT_OUT = "qiki.mirror.left.out";

    /** Counter: messages of processes elsewhere that could not be read. */
    public static final String MIRROR_UNREADABLE = "qiki.mirror.unreadable";

    private static final Map<String, String> HELP =
            Map.ofEntries(
                    Map.entry(AGENT_PHASE, "Wall time of a phase of the agent's tick; tag phase."),
                    Map.entry(
                            AGENT_BATCH,
                            "Wall time of an agent batch, from its arrival to its commands."),
                    Map.entry(
                            AGENT_MISSED,
                            "Ticks whose agent answer was not there by its deadline."),
                    Map.entry(RESTARTS, "Verticles that were deployed anew; tag component."),
                    Map.entry(
                            AGENT_COMMIT_FAILURES,
                            "Commits that were refused or not acknowledged."),
                    Map.entry(
                            GUEST_SKIPPED,
                            "Questions that a guest engine was not asked because it was busy; tag"
                                    + " engine."),
                    Map.entry(
                            GUEST_QUARANTINED,
                            "How often a guest engine was quarantined; tag engine."),
                    Map.entry(
                            GUEST_FAILURES, "Questions that a guest engine failed at; tag engine."),
                    Map.entry(SIM_STEP, "Wall time of the steps of a tick in the simulator."),
                    Map.entry(SIM_STEPS, "Simulation steps of all vehicles."),
                    Map.entry(TICK_TICKS, "Finished ticks of the process."),
                    Map.entry(TICK_SLIPS, "Slips of the process."),
                    Map.entry(
                            TICK_LATENESS,
                            "How long after it was due a firing of the pacing began."),
                    Map.entry(TICK_FAILED_ADVANCES, "Advances that a shard did not answer."),
                    Map.entry(TICK_SPEED, "Speed, simulation time over wall time."),
                    Map.entry(TICK_RUN_STATE, "1 for the present run state; tag state."),
                    Map.entry(STORE_COMMITS, "Commits that the store has judged; tag outcome."),
                    Map.entry(STORE_GETS, "Reads of states."),
                    Map.entry(STORE_SUBSCRIBERS, "Subscribers of the store."),
                    Map.entry(STORE_CONFLATED, "Versions that slow subscribers missed."),
                    Map.entry(STORE_TWINS, "Twins by state; tag state."),
                    Map.entry(WEB_SESSIONS, "Browsers on the socket."),
                    Map.entry(WEB_MESSAGES, "Messages to browsers."),
                    Map.entry(
                            WEB_CONFLATED,
                            "Messages that a newer one replaced because a browser was slow."),
                    Map.entry(WEB_REFUSALS, "Refused requests; tag code."),
                    Map.entry(WEB_EVENTS_DROPPED, "Events that a slow browser did not get."),
                    Map.entry(
                            WEB_EVENTS_MISSED,
                            "Events that were gone from the log before they could be sent to browsers."),
                    Map.entry(GRPC_CALLS, "gRPC calls; tag method."),
                    Map.entry(GRPC_REFUSALS, "Refused gRPC calls; tag code."),
                    Map.entry(
                            GRPC_SECONDS,
                            "A unary gRPC call from its message to its answer; tag method."),
                    Map.entry(
                            GRPC_CONFLATED,
                            "Values that a slow reader of a gRPC stream did not get; tag method."),
                    Map.entry(
                            GRPC_BROKEN,
                            "gRPC connections that broke, by bytes that mean nothing or by vanished"
                                    + " callers."),
                    Map.entry(
                            ENGINE_DROPPED,
                            "Answers of an outside engine that came too late or too often; tag"
                                    + " engine."),
                    Map.entry(GRPC_WATCHERS, "Readers of gRPC streams; tag method."),
                    Map.entry(NATS_CONNECTED, "1 while there is a connection to NATS."),
                    Map.entry(NATS_CONNECTS, "Connections to NATS that were made."),
                    Map.entry(NATS_DELIVERED, "Messages known to be in their stream; tag kind."),
                    Map.entry(NATS_WAITING, "Messages that wait for their stream; tag kind."),
                    Map.entry(
                            NATS_WAITING_BYTES,
                            "Memory that the waiting messages take, bytes; tag kind."),
                    Map.entry(
                            NATS_DROPPED,
                            "Messages given up because an outbox was full or no server would take"
                                    + " them; tag kind."),
                    Map.entry(NATS_SENT, "Messages of which the newest counts that were sent."),
                    Map.entry(
                            NATS_CONFLATED,
                            "Messages that were given up for a newer one, or because there was no"
                                    + " connection."),
                    Map.entry(NATS_RECEIVED, "Messages that came in."),
                    Map.entry(NATS_REFUSALS, "Messages that came in and were refused; tag code."),
                    Map.entry(MIRROR_TWINS, "Twins that processes elsewhere tell of."),
                    Map.entry(
                            MIRROR_LEFT_OUT,
                            "How often something of a twin was left out because there are too many"
                                    + " twins."),
                    Map.entry(
                            MIRROR_UNREADABLE,
                            "Messages of processes elsewhere that could not be read."),
                    Map.entry(
                            JOURNAL_DROPPED,
                            "Old events that the event log gave up for newer ones."));

    private MetricNames() {}

    /** What a metric of ours tells, in a sentence. */
    static String help(String name) {
        return HELP.getOrDefault(name, "");
    }
}
