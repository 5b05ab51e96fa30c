package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.radar.TrackerState;
import java.util.Optional;

/**
 * What an agent knows at a tick: the view of its engines.
 *
 * @param tick number of the agent cycle
 * @param step simulation step; of the last observation when blind
 * @param observation of this tick; empty when blind
 * @param fsm state of the state machine after this tick's step
 * @param bios newest self-test
 * @param sensors trust and own motion
 * @param tracker contacts
 * @param actuation what was commanded and what came of it
 * @param drafts makes proposals and commands
 */
public record Situation(
        long tick,
        long step,
        Optional<Observation> observation,
        FsmSnapshot fsm,
        BiosReport bios,
        SensorMemory sensors,
        TrackerState tracker,
        Actuation actuation,
        Drafts drafts) {
    /** Where the vehicle is now by its averaged navigation, m, world frame. */
    Vec3 positionNow(AgentSettings settings) {
        NavEstimate nav = sensors.nav();
        return nav.positionAfter(settings.seconds(Math.max(0, step - nav.step())));
    }
}
