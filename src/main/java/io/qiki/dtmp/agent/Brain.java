package io.qiki.dtmp.agent;

import io.qiki.dtmp.bios.BiosHandler;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.radar.NearestNeighbourTracker;
import io.qiki.dtmp.radar.TrackerSettings;
import io.qiki.dtmp.radar.TrackerState;
import java.util.List;

/** The parts an agent thinks with; none of them keeps anything between ticks. */
final class Brain {
    private static final long PROBE_NANOS = 2_000_000_000L;

    final AgentSettings settings;
    final TwinId twin;
    final SensorWatch sensors;
    final BiosHandler biosHandler;
    final NearestNeighbourTracker tracker;
    final CommandFollower follower;
    final SafeModeJudge safeMode;
    final FsmHandler fsm;
    final ProposalEvaluator evaluator;
    final SafeSetEngine safeSet;
    final List<DecisionEngine> engines;
    final Drafts.Streams streams;
    final Drafts.Streams fallbackStreams;

    /**
     * Parts that depend on the settings alone: all agents of a shard think with the same ones.
     *
     * @param settings they are made of
     */
    record Common(
            AgentSettings settings,
            SensorWatch sensors,
            BiosHandler biosHandler,
            CommandFollower follower,
            SafeModeJudge safeMode,
            FsmHandler fsm,
            ProposalEvaluator evaluator,
            SafeSetEngine safeSet) {
        static Common of(AgentSettings settings) {
            return new Common(
                    settings,
                    new SensorWatch(settings),
                    new BiosHandler(settings.profile(), PROBE_NANOS / settings.stepNanos()),
                    new CommandFollower(settings.limits()),
                    new SafeModeJudge(settings),
                    new FsmHandler(),
                    new ProposalEvaluator(settings.limits()),
                    new SafeSetEngine(settings));
        }
    }

    Brain(Common common, TwinId twin, long seed, List<DecisionEngine> engines) {
        this.settings = common.settings();
        this.twin = twin;
        this.sensors = common.sensors();
        this.biosHandler = common.biosHandler();
        this.tracker =
                new NearestNeighbourTracker(
                        TrackerSettings.of(settings.mission(), settings.stepNanos()), seed, twin);
        this.follower = common.follower();
        this.safeMode = common.safeMode();
        this.fsm = common.fsm();
        this.evaluator = common.evaluator();
        this.safeSet = common.safeSet();
        List<DecisionEngine> all = new java.util.ArrayList<>();
        all.add(safeSet);
        all.addAll(engines);
        this.engines = List.copyOf(all);
        this.streams = Drafts.Streams.of(seed, twin, "command");
        this.fallbackStreams = Drafts.Streams.of(seed, twin, "fallback-command");
    }

    /** The engines of the product. */
    static List<DecisionEngine> standardEngines(AgentSettings settings) {
        return List.of(new RuleEngine(settings), new MissionEngine(settings));
    }

    /** The state of an agent that lives from a tick on. */
    AgentState born(long tick) {
        FsmSnapshot fsm = FsmSnapshot.coldStart();
        return new AgentState(
                -1,
                -1,
                0,
                fsm,
                FsmMemory.born(tick),
                biosHandler.none(),
                sensors.initial(),
                TrackerState.EMPTY,
                Actuation.NONE,
                engines.stream().map(engine -> new EngineSlot(engine.initial(), 0)).toList(),
                0,
                0,
                new DecisionRecord(0, fsm.state(), List.of(), List.of()));
    }
}
