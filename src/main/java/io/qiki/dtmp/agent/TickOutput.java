package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.SensorTrust;
import io.qiki.dtmp.model.TwinEvent;
import java.util.List;

/**
 * Everything that leaves an agent's tick.
 *
 * @param tick number of the agent cycle
 * @param snapshot to commit
 * @param bios the newest self-test; without devices before the first one
 * @param trust how far each sensor is trusted
 * @param tracks contacts
 * @param decision what was decided, and from what
 * @param commands to send once the commit is acknowledged
 * @param events what happened, oldest first
 */
public record TickOutput(
        long tick,
        FsmSnapshot snapshot,
        BiosReport bios,
        List<SensorTrust> trust,
        List<RadarTrack> tracks,
        DecisionRecord decision,
        List<ActuatorCommand> commands,
        List<TwinEvent> events) {
    /** Copies; refuses missing parts. */
    public TickOutput {
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
        Check.present(snapshot, "snapshot");
        Check.present(bios, "self-test");
        trust = List.copyOf(trust);
        tracks = List.copyOf(tracks);
        Check.present(decision, "decision");
        commands = List.copyOf(commands);
        events = List.copyOf(events);
    }
}
