package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinEvent.Severity;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.radar.TrackFile;
import io.qiki.dtmp.radar.TrackerState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Collects what happened at a tick, for people; nothing is decided from it. */
// An unchanged part of the state stays the same object.
@SuppressWarnings("ReferenceEquality")
final class TickEvents {
    private static final String NOTHING = "nothing";

    private final TwinId twin;
    private final long tick;
    private final long step;
    private List<TwinEvent> events = List.of();

    TickEvents(TwinId twin, long tick, long step) {
        this.twin = twin;
        this.tick = tick;
        this.step = step;
    }

    List<TwinEvent> all() {
        return events;
    }

    void transition(FsmSnapshot before, FsmSnapshot after) {
        if (before == after) {
            return;
        }
        Transition made = after.last();
        add(
                "fsm.transition",
                Severity.INFO,
                made.trigger(),
                "from",
                place(made.from().name(), made.fromActivity().name()),
                "to",
                place(made.to().name(), made.toActivity().name()));
        if (after.state() == FsmState.SAFE_MODE && before.state() != FsmState.SAFE_MODE) {
            add("safe_mode", Severity.CRITICAL, after.reason().name(), "phase", "entered");
        } else if (before.state() == FsmState.SAFE_MODE) {
            add("safe_mode", Severity.INFO, made.trigger(), "phase", "left");
        }
    }

    void safeWatch(SafeWatch before, SafeWatch after) {
        if (before.goodTicks() > 0 && after.goodTicks() == 0 && !after.failing().isEmpty()) {
            add(
                    "safe_mode",
                    Severity.WARNING,
                    "exit-reset",
                    "failing",
                    after.failing(),
                    "good_ticks",
                    Integer.toString(before.goodTicks()));
        }
    }

    void bios(BiosReport before, BiosReport after) {
        if (before.devices() == after.devices() || before.devices().equals(after.devices())) {
            return;
        }
        SortedMap<String, String> data = new TreeMap<>();
        for (DeviceStatus device : after.devices()) {
            if (device.status() != DeviceStatus.Status.OK) {
                data.put(device.device(), device.status() + " " + device.code());
            }
        }
        add(
                "bios_status",
                after.allSystemsGo() ? Severity.INFO : Severity.WARNING,
                after.allSystemsGo() ? "all-systems-go" : "critical-device-not-ok",
                data);
    }

    /** What is done has changed: other proposals are accepted than the tick before. */
    void decision(DecisionRecord before, DecisionRecord after) {
        String was = accepted(before);
        String is = accepted(after);
        if (was.equals(is)) {
            return;
        }
        add(
                "decision",
                Severity.INFO,
                is.equals(NOTHING) ? "nothing-accepted" : "changed",
                "from",
                was,
                "to",
                is,
                "justification",
                justification(after));
    }

    private static String accepted(DecisionRecord decision) {
        StringJoiner names = new StringJoiner(", ");
        for (JudgedProposal judged : decision.proposals()) {
            if (judged.verdict() == JudgedProposal.Verdict.ACCEPTED) {
                Proposal proposal = judged.proposal();
                names.add(place(proposal.source(), proposal.goal().name()));
            }
        }
        return names.length() == 0 ? NOTHING : names.toString();
    }

    private static String justification(DecisionRecord decision) {
        for (JudgedProposal judged : decision.proposals()) {
            if (judged.verdict() == JudgedProposal.Verdict.ACCEPTED) {
                return judged.proposal().justification();
            }
        }
        return "";
    }

    void contradiction(String cause) {
        add("bios_status", Severity.CRITICAL, "invalid", "cause", cause);
    }

    void tracks(TrackerState before, TrackerState after) {
        if (before == after) {
            return;
        }
        for (TrackFile file : after.files()) {
            RadarTrack track = file.track();
            RadarTrack.Status was = status(before, track);
            if (track.confirmed()
                    && was != RadarTrack.Status.TRACKED
                    && was != RadarTrack.Status.COASTING) {
                track(file, "confirmed", Severity.INFO);
            } else if (track.status() == RadarTrack.Status.LOST && was != track.status()) {
                track(file, "lost", Severity.WARNING);
            }
        }
    }

    void engine(String engine, Throwable cause) {
        add("engine", Severity.WARNING, "failed", "engine", engine, "cause", text(cause));
    }

    void flood(String engine, int proposals) {
        add(
                "engine",
                Severity.WARNING,
                "too-many-proposals",
                "engine",
                engine,
                "proposals",
                Integer.toString(proposals));
    }

    void phase(String fault) {
        add("agent.phase", Severity.CRITICAL, "failed", "cause", fault);
    }

    void provider(boolean lost, String cause) {
        add(
                "provider",
                lost ? Severity.CRITICAL : Severity.INFO,
                lost ? "lost" : "back",
                "cause",
                cause);
    }

    void commit(String outcome) {
        add("store", Severity.WARNING, "not-committed", "cause", outcome);
    }

    void committedAgain() {
        add("store", Severity.INFO, "committed-again");
    }

    void reborn(int incarnation) {
        add(
                "agent.reborn",
                Severity.INFO,
                "new-incarnation",
                "incarnation",
                Integer.toString(incarnation));
    }

    static String text(Throwable cause) {
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static RadarTrack.Status status(TrackerState before, RadarTrack track) {
        for (TrackFile file : before.files()) {
            if (file.track().id().equals(track.id())) {
                return file.track().status();
            }
        }
        return RadarTrack.Status.UNSPECIFIED;
    }

    private void track(TrackFile file, String reason, Severity severity) {
        add(
                "radar.track",
                severity,
                reason,
                "track_id",
                file.track().id().toString(),
                "object_type",
                file.track().type().name(),
                "iff",
                file.track().iff().name(),
                "known",
                file.known());
    }

    private static String place(String state, String activity) {
        return "NONE".equals(activity) ? state : state + "/" + activity;
    }

    private void add(String type, Severity severity, String reason, String... pairs) {
        SortedMap<String, String> data = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            data.put(pairs[i], pairs[i + 1]);
        }
        add(type, severity, reason, data);
    }

    private void add(
            String type, Severity severity, String reason, SortedMap<String, String> data) {
        if (events.isEmpty()) {
            events = new ArrayList<>();
        }
        events.add(new TwinEvent(type, twin, tick, step, severity, TruthState.OK, reason, data));
    }
}
