package io.qiki.dtmp.model;

import java.util.List;

/**
 * What the agent of a twin thought at a tick: a {@link TwinReport} without the vehicle.
 *
 * @param state the committed state of the agent; of the last acknowledged commit
 * @param decision what the agent decided
 * @param bios the newest self-test; without devices before the first one
 * @param tracks contacts that the agent follows
 * @param trust how far the agent trusts each sensor; empty before its first tick
 * @param outlook what the agent is after and what it waits for
 * @param phaseMicros wall time of the phases SENSE, BIOS, FSM, PROPOSE, DECIDE, microseconds
 */
public record AgentReport(
        StoredState state,
        DecisionRecord decision,
        BiosReport bios,
        List<RadarTrack> tracks,
        List<SensorTrust> trust,
        AgentOutlook outlook,
        List<Long> phaseMicros) {
    /** Copies; refuses missing parts. */
    public AgentReport {
        Check.present(state, "state");
        Check.present(decision, "decision");
        Check.present(bios, "self-test");
        tracks = List.copyOf(tracks);
        trust = List.copyOf(trust);
        Check.present(outlook, "outlook");
        phaseMicros = List.copyOf(phaseMicros);
    }

    /** The agent's part of a report. */
    public static AgentReport of(TwinReport report) {
        return new AgentReport(
                report.state(),
                report.decision(),
                report.bios(),
                report.tracks(),
                report.trust(),
                report.outlook(),
                report.phaseMicros());
    }

    /** What is known of an agent that nobody has told of, or only its state. */
    public static AgentReport unknown(StoredState state, long tick) {
        return new AgentReport(
                state,
                new DecisionRecord(tick, state.snapshot().state(), List.of(), List.of()),
                new BiosReport(0, List.of(), false, 0, 0),
                List.of(),
                List.of(),
                AgentOutlook.NONE,
                List.of());
    }

    /** The whole report, with what the vehicle said. */
    public TwinReport with(Observation observation) {
        return new TwinReport(
                observation, state, decision, bios, tracks, trust, outlook, phaseMicros);
    }
}
