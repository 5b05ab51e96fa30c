package io.qiki.dtmp.telemetry;

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

    /** Counter: commits that were refused or not acknowledged. */
    public static final String AGENT_COMMIT_FAILURES = "qiki.agent.commit.failures";

    /** Timer: wall time of the steps of a tick in the simulator. */
    public static final String SIM_STEP = "qiki.sim.step";

    /** Counter: simulation steps of all vehicles. */
    public static final String SIM_STEPS = "qiki.sim.steps";

    /** Gauge: finished ticks of the process. */
    public static final String TICK_TICKS = "qiki.tick.ticks";

    /** Gauge: slips of the process. */
    public static final String TICK_SLIPS = "qiki.tick.slips";

    /** Timer: how long after it was due a firing of the pacing began. */
    public static final String TICK_LATENESS = "qiki.tick.lateness";

    /** Gauge: advances that a shard did not answer. */
    public static final String TICK_FAILED_ADVANCES = "qiki.tick.failed.advances";

    /** Gauge: speed, simulation time over wall time. */
    public static final String TICK_SPEED = "qiki.tick.speed";

    /** Gauge: 1 for the present run state; tag state. */
    public static final String TICK_RUN_STATE = "qiki.tick.run.state";

    /** Gauge: commits that the store has judged; tag outcome. */
    public static final String STORE_COMMITS = "qiki.store.commits";

    /** Gauge: reads of states. */
    public static final String STORE_GETS = "qiki.store.gets";

    /** Gauge: subscribers of the store. */
    public static final String STORE_SUBSCRIBERS = "qiki.store.subscribers";

    /** Gauge: versions that slow subscribers missed. */
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

    private MetricNames() {}
}
