package io.qiki.dtmp.bus;

/**
 * Every address of the event bus. Internal ones have the form {@code
 * qiki.<component>.[shard.<i>.]<cmd|qry|evt>.<noun>}, carry records by reference and are never
 * bridged; the ones under {@code qiki.web.} exist on the browser's socket only, as JSON.
 */
public final class Addresses {
    /** Run state and speed of the process. Takes a ControlCommand, gives a RunStatus. */
    public static final String TICK_CONTROL = "qiki.tick.cmd.control";

    /** What runs, how fast, with how many slips. Takes an empty text, gives a RunStatus. */
    public static final String TICK_STATUS = "qiki.tick.qry.status";

    /** Published on every change of run state or speed: a RunStatus. */
    public static final String TICK_CHANGED = "qiki.tick.evt.changed";

    /** A component does not do its work: a ComponentFailed. The supervisor restarts it. */
    public static final String COMPONENT_FAILED = "qiki.launcher.evt.component-failed";

    /** One message per shard and tick. Takes a CommitBatch, gives an AckBatch. */
    public static final String STORE_COMMIT = "qiki.store.cmd.commit";

    /** Makes a writer the only one of a twin. Takes a wish, gives the StoredState to go on from. */
    public static final String STORE_ACQUIRE = "qiki.store.cmd.acquire";

    /** The state and history of a twin. Takes a query, gives a StateAndHistory. */
    public static final String STORE_STATE = "qiki.store.qry.state";

    /** The states of all twins. Takes an empty text, gives a StateList. */
    public static final String STORE_LIST = "qiki.store.qry.list";

    /** Every change of a state: a credit stream of StoredState, one slot per twin. */
    public static final String STORE_CHANGES = "qiki.store.evt.state";

    /** Counters of the store. Takes an empty text, gives StoreMetrics. */
    public static final String STORE_FIGURES = "qiki.store.qry.figures";

    /** A command from outside. Takes an order, gives how far it came. */
    public static final String COMMAND_GIVE = "qiki.command.cmd.give";

    /** How far a command came. Takes its id, gives its life. */
    public static final String COMMAND_FIND = "qiki.command.qry.find";

    /** One message per shard and tick, the next after the last was taken. Takes a CommandNews. */
    public static final String COMMAND_NEWS = "qiki.command.cmd.note";

    /** Writes events down. Takes an EventBatch, gives the number of events written. */
    public static final String JOURNAL_RECORD = "qiki.journal.cmd.record";

    /** Reads events by filter. Takes an event query, gives a page of events. */
    public static final String JOURNAL_EVENTS = "qiki.journal.qry.events";

    /** The events after an id, answered when there are some. Gives a page of events. */
    public static final String JOURNAL_NEXT = "qiki.journal.qry.next";

    /** The oldest events after an id, answered when there are some. Gives a page of events. */
    public static final String JOURNAL_FOLLOW = "qiki.journal.qry.follow";

    /**
     * Published once a second at least, and on every change, in a process that only hears of its
     * twins: a TwinRoster.
     */
    public static final String TWINS = "qiki.mirror.evt.twins";

    /** Browser, in: the whole picture of a twin. */
    public static final String WEB_SNAPSHOT = "qiki.web.snapshot";

    /** Browser, in: a control command. */
    public static final String WEB_CONTROL = "qiki.web.control";

    /** Browser, in: a command to an actuator. */
    public static final String WEB_COMMAND = "qiki.web.command";

    /** Browser, in: inject or clear a fault. */
    public static final String WEB_FAULT = "qiki.web.fault";

    /** Browser, out: a row per twin. */
    public static final String WEB_FLEET = "qiki.web.fleet";

    /** Browser, out: what the addresses of a twin begin with; twin and topic follow. */
    public static final String WEB_TWIN = "qiki.web.twin.";

    private Addresses() {}

    /** Advance a shard's worlds by one tick. Takes an Advance, gives an Advanced. */
    public static String simAdvance(int shard) {
        return "qiki.sim.shard." + shard + ".cmd.advance";
    }

    /** Start a shard's worlds anew as the next incarnation. Takes an empty text. */
    public static String simReset(int shard) {
        return "qiki.sim.shard." + shard + ".cmd.reset";
    }

    /** Agents of another process come. Takes where they stand. */
    public static String simJoin(int shard) {
        return "qiki.sim.shard." + shard + ".cmd.join";
    }

    /** Puts a command from outside into a vehicle's inbox. Gives an Admitted. */
    public static String simAdmit(int shard) {
        return "qiki.sim.shard." + shard + ".cmd.admit";
    }

    /** Inject a fault into a vehicle of the shard. Gives the id of the fault. */
    public static String simInject(int shard) {
        return "qiki.sim.shard." + shard + ".cmd.inject-fault";
    }

    /** The faults that a vehicle of the shard holds. Takes a TwinId. */
    public static String simFaults(int shard) {
        return "qiki.sim.shard." + shard + ".qry.faults";
    }

    /** Clear a fault of a vehicle of the shard. */
    public static String simClear(int shard) {
        return "qiki.sim.shard." + shard + ".cmd.clear-fault";
    }

    /** What a shard's world remembers of a vehicle. Takes a TwinId, gives a Kept. */
    public static String simSnapshot(int shard) {
        return "qiki.sim.shard." + shard + ".qry.snapshot";
    }

    /** Lets a vehicle go on from a snapshot. Takes a VehicleSnapshot, gives a Restored. */
    public static String simRestore(int shard) {
        return "qiki.sim.shard." + shard + ".cmd.restore";
    }

    /** Let a shard's agents tick. Takes an ObservationBatch, gives a CommandBatch. */
    public static String agentTick(int shard) {
        return "qiki.agent.shard." + shard + ".cmd.tick";
    }

    /** Let a shard's agents tick without observations. Takes the cause, one sentence. */
    public static String agentBlind(int shard) {
        return "qiki.agent.shard." + shard + ".cmd.tick-blind";
    }

    /** Asks an agent for another mode at its next tick. Takes an AgentWish, gives its moment. */
    public static String agentRequest(int shard) {
        return "qiki.agent.shard." + shard + ".cmd.request";
    }

    /** Hands the answer of an outside engine to an agent. Takes an engine's answer and its twin. */
    public static String agentAnswer(int shard) {
        return "qiki.agent.shard." + shard + ".cmd.answer";
    }

    /** What each tick of a shard showed: a credit stream of TickReport. */
    public static String agentReports(int shard) {
        return "qiki.agent.shard." + shard + ".evt.tick";
    }

    /** Browser, out: a topic of a twin: state, telemetry, decision, command or event. */
    public static String webTwin(String twin, String topic) {
        return WEB_TWIN + twin + "." + topic;
    }
}
