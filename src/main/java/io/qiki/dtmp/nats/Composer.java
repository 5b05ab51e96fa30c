package io.qiki.dtmp.nats;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.qiki.dtmp.journal.LoggedEvent;
import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.signal.SignalDictionary;
import io.qiki.dtmp.wire.DecisionMessages;
import io.qiki.dtmp.wire.JsonCodec;
import io.qiki.dtmp.wire.RadarMessages;
import io.qiki.dtmp.wire.RunMessages;
import io.qiki.dtmp.wire.StateMessages;
import io.qiki.dtmp.wire.TelemetryMessages;
import io.qiki.dtmp.wire.TrackMessages;
import io.qiki.dtmp.wire.TwinReportMessages;
import io.qiki.dtmp.wire.WireDates;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the messages that leave the process. Used by one thread. */
final class Composer {
    private static final String BAND = "x-range-band";
    private static final String ANY_BAND = "RR_UNSPECIFIED";
    private static final String LONG_BAND = "RR_LR";
    private static final String SHORT_BAND = "RR_SR";

    private final NatsSources sources;
    private final Outboxes boxes;
    private final WireDates dates;
    private final SignalDictionary dictionary;
    private final JsonFormat.Printer printer =
            JsonFormat.printer().omittingInsignificantWhitespace().preservingProtoFieldNames();

    Composer(NatsSources sources, Outboxes boxes) {
        this.sources = sources;
        this.boxes = boxes;
        this.dates = sources.dates();
        this.dictionary = new SignalDictionary(sources.plan());
    }

    /** The signals of a tick. */
    OutMessage telemetry(TwinReport report, boolean json) {
        return message(
                Subjects.telemetry(report.twin()),
                report.twin(),
                "qiki.twin.v1.Telemetry",
                report.observation().step(),
                TelemetryMessages.toWire(
                        report, dictionary.read(report), sources.plan().stepNanos(), 0),
                json);
    }

    /** Everything that a tick showed. */
    OutMessage report(TwinReport report) {
        return message(
                Subjects.report(report.twin()),
                report.twin(),
                "qiki.twin.v1.TwinReport",
                report.observation().step(),
                TwinReportMessages.toWire(
                        report, sources.source(), sources.simulator(), sources.agents()),
                false);
    }

    /** A committed state. */
    OutMessage state(StoredState state, long step, boolean json) {
        return message(
                Subjects.state(state.twin()),
                state.twin(),
                "qiki.twin.v1.State",
                step,
                StateMessages.toWire(state),
                json);
    }

    /** What an agent decided. */
    OutMessage decision(TwinReport report, boolean json) {
        return message(
                Subjects.decision(report.twin()),
                report.twin(),
                "qiki.twin.v1.Decision",
                report.observation().step(),
                DecisionMessages.toWire(report.twin(), report.decision(), 0),
                json);
    }

    /** An event of the log; its id is that of the message, and never used twice. */
    OutMessage event(LoggedEvent logged) {
        String type = logged.event().type();
        return new OutMessage(
                Subjects.event(type),
                sources.source() + "-e" + logged.id(),
                "qiki.events.v1." + type,
                date(logged.event().step()),
                OutMessage.JSON,
                extras(logged.event().twin()),
                JsonCodec.event(logged.id(), logged.event(), sources.plan().stepNanos())
                        .encode()
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** The stage of a command that an event tells; empty for any other event. */
    Optional<OutMessage> command(LoggedEvent logged, boolean json) {
        TwinId twin = logged.event().twin();
        return RunMessages.stageOf(logged.event())
                .map(
                        step ->
                                new OutMessage(
                                        json
                                                ? Subjects.json(Subjects.command(twin))
                                                : Subjects.command(twin),
                                        sources.source() + (json ? "-j" : "-c") + logged.id(),
                                        "qiki.twin.v1.CommandStep",
                                        date(logged.event().step()),
                                        json ? OutMessage.JSON : OutMessage.PROTOBUF,
                                        extras(twin),
                                        body(step, json)));
    }

    /** A radar frame three times: all of it, the long-range band, the short-range band. */
    List<OutMessage> frames(TwinId twin, RadarFrame frame) {
        return List.of(
                frame(Subjects.RADAR_FRAMES, ANY_BAND, "Frame", twin, frame),
                frame(
                        Subjects.RADAR_FRAMES_LONG,
                        LONG_BAND,
                        "LRFrame",
                        twin,
                        only(frame, RadarDetection.RangeBand.LONG)),
                frame(
                        Subjects.RADAR_FRAMES_SHORT,
                        SHORT_BAND,
                        "SRFrame",
                        twin,
                        only(frame, RadarDetection.RangeBand.SHORT)));
    }

    private static RadarFrame only(RadarFrame frame, RadarDetection.RangeBand band) {
        return new RadarFrame(
                frame.sequence(),
                frame.sourceStep(),
                frame.detections().stream().filter(one -> one.band() == band).toList());
    }

    private OutMessage frame(
            String subject, String band, String type, TwinId twin, RadarFrame frame) {
        SortedMap<String, String> extras = extras(twin);
        extras.put(BAND, band);
        return new OutMessage(
                subject,
                nextId(),
                "qiki.radar.v1." + type,
                date(frame.sourceStep()),
                OutMessage.PROTOBUF,
                extras,
                RadarMessages.toWire(twin, frame, dates).toByteArray());
    }

    /**
     * A contact.
     *
     * @param ownWorld position of the vehicle, m, world frame
     */
    OutMessage track(TwinId twin, RadarTrack track, Vec3 ownWorld) {
        return new OutMessage(
                Subjects.RADAR_TRACKS,
                nextId(),
                "qiki.radar.v1.Track",
                date(track.lastStep()),
                OutMessage.PROTOBUF,
                extras(twin),
                TrackMessages.toWire(TrackMessages.report(track, ownWorld, dates)).toByteArray());
    }

    /** How the process is. */
    OutMessage status(Message status) {
        return new OutMessage(
                Subjects.status(sources.source()),
                nextId(),
                "qiki.twin.v1.ProcessStatus",
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                OutMessage.PROTOBUF,
                new TreeMap<>(),
                status.toByteArray());
    }

    private OutMessage message(
            String subject, TwinId twin, String type, long step, Message message, boolean json) {
        return new OutMessage(
                json ? Subjects.json(subject) : subject,
                nextId(),
                type,
                date(step),
                json ? OutMessage.JSON : OutMessage.PROTOBUF,
                extras(twin),
                body(message, json));
    }

    private byte[] body(Message message, boolean json) {
        if (!json) {
            return message.toByteArray();
        }
        try {
            return printer.print(message).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message of ours has a JSON form", e);
        }
    }

    private String nextId() {
        return sources.source() + "-" + boxes.nextMessage();
    }

    private static SortedMap<String, String> extras(TwinId twin) {
        SortedMap<String, String> extras = new TreeMap<>();
        extras.put(OutMessage.TWIN, twin.value());
        return extras;
    }

    /** Configured epoch plus simulation time. */
    private String date(long step) {
        var at = dates.timestamp(step);
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos())
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }
}
