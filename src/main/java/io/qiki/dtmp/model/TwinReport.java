package io.qiki.dtmp.model;

import java.util.List;

/**
 * What one tick of one twin showed: everything that viewers, recorders and bridges are told.
 *
 * @param observation what the vehicle said
 * @param state the committed state of the agent; of the last acknowledged commit
 * @param decision what the agent decided
 * @param bios the newest self-test; without devices before the first one
 * @param tracks contacts that the agent follows
 * @param trust how far the agent trusts each sensor; empty before its first tick
 * @param outlook what the agent is after and what it waits for
 * @param phaseMicros wall time of the phases SENSE, BIOS, FSM, PROPOSE, DECIDE, microseconds; never
 *     part of a state or a hash
 */
public record TwinReport(
        Observation observation,
        StoredState state,
        DecisionRecord decision,
        BiosReport bios,
        List<RadarTrack> tracks,
        List<SensorTrust> trust,
        AgentOutlook outlook,
        List<Long> phaseMicros) {
    /** Copies; refuses missing parts. */
    public TwinReport {
        Check.present(observation, "observation");
        Check.present(state, "state");
        Check.present(decision, "decision");
        Check.present(bios, "self-test");
        tracks = List.copyOf(tracks);
        trust = List.copyOf(trust);
        Check.present(outlook, "outlook");
        phaseMicros = List.copyOf(phaseMicros);
    }

    /** Whose. */
    public TwinId twin() {
        return observation.twin();
    }
}
