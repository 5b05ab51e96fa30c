package io.qiki.dtmp.nats;

import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.model.Vec3;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sends on what ticks showed: whoever simulates tells telemetry and radar frames, whoever has the
 * agents tells states, decisions and contacts. Lives on its owner's context.
 */
final class ReportFeed {
    private final NatsSources sources;
    private final NatsConfig config;
    private final Outboxes boxes;
    private final Composer composer;
    private final StreamLane states;
    private final StreamLane decisions;
    private final ConflatedLane newest;
    private final Map<Integer, TickReport> last = new HashMap<>();
    private boolean ticked;
    private long frame = -1;

    ReportFeed(
            NatsSources sources,
            NatsConfig config,
            Outboxes boxes,
            Composer composer,
            StreamLane states,
            StreamLane decisions,
            ConflatedLane newest) {
        this.sources = sources;
        this.config = config;
        this.boxes = boxes;
        this.composer = composer;
        this.states = states;
        this.decisions = decisions;
        this.newest = newest;
    }

    /**
     * A tick of a shard is over.
     *
     * @param missed ticks of the shard just before it that the bridge came too late for
     */
    void onTick(TickReport tick, long missed) {
        if (missed > 0 && sources.agents()) {
            decisions.missing(missed * tick.reports().size());
        }
        ticked = true;
        last.put(tick.shard(), tick);
        for (TwinReport report : tick.reports()) {
            onReport(report);
        }
    }

    /** While no tick is made the newest is told again, for those who came later. */
    void onSecond() {
        if (!ticked && config.reports()) {
            last.values().forEach(tick -> tick.reports().forEach(this::offerReport));
        }
        ticked = false;
    }

    private void offerReport(TwinReport report) {
        newest.offer(Subjects.report(report.twin()), () -> composer.report(report));
    }

    private void onReport(TwinReport report) {
        if (sources.simulator()) {
            newest.offer(
                    Subjects.telemetry(report.twin()), () -> composer.telemetry(report, false));
            if (config.json()) {
                newest.offer(
                        Subjects.json(Subjects.telemetry(report.twin())),
                        () -> composer.telemetry(report, true));
            }
        }
        if (config.reports()) {
            offerReport(report);
        }
        if (sources.agents()) {
            tellAgent(report);
        }
        if (report.twin().equals(sources.first())) {
            tellRadar(report);
        }
    }

    private void tellAgent(TwinReport report) {
        Observation seen = report.observation();
        Outboxes.Told before = boxes.told(report.twin());
        long version = report.state().version();
        long decided = report.decision().tick();
        if (version != before.version()) {
            if (before.version() >= 0 && version > before.version() + 1) {
                states.missing(version - before.version() - 1);
            }
            states.offer(composer.state(report.state(), seen.step(), false));
            if (config.json()) {
                newest.offer(
                        Subjects.json(Subjects.state(report.twin())),
                        () -> composer.state(report.state(), seen.step(), true));
            }
        }
        boolean again = seen.incarnation() == before.incarnation() && decided <= before.tick();
        if (!again) {
            decisions.offer(composer.decision(report, false));
            if (config.json()) {
                newest.offer(
                        Subjects.json(Subjects.decision(report.twin())),
                        () -> composer.decision(report, true));
            }
        }
        boxes.told(
                report.twin(),
                new Outboxes.Told(seen.incarnation(), again ? before.tick() : decided, version));
    }

    /** Each frame once, with the contacts that the agent made of it. */
    private void tellRadar(TwinReport report) {
        Optional<RadarFrame> swept = frame(report.observation());
        if (swept.isEmpty() || swept.get().sourceStep() == frame) {
            return;
        }
        frame = swept.get().sourceStep();
        if (sources.simulator()) {
            for (OutMessage one : composer.frames(report.twin(), swept.get())) {
                newest.offer(one.subject(), () -> one);
            }
        }
        Optional<Vec3> own = position(report.observation());
        if (sources.agents() && own.isPresent()) {
            for (RadarTrack track : report.tracks()) {
                newest.offer(
                        Subjects.RADAR_TRACKS + track.id(),
                        () -> composer.track(report.twin(), track, own.get()));
            }
        }
    }

    private static Optional<RadarFrame> frame(Observation seen) {
        return seen.reading(SensorId.RADAR_360).measurement() instanceof Measurement.Radar radar
                ? Optional.of(radar.frame())
                : Optional.empty();
    }

    /** Bearings are from where the vehicle is: without navigation there are none. */
    private static Optional<Vec3> position(Observation seen) {
        return seen.reading(SensorId.NAV).measurement() instanceof Measurement.Navigation nav
                ? Optional.of(nav.positionWorld())
                : Optional.empty();
    }
}
