package io.qiki.dtmp.nats;

import com.google.protobuf.InvalidProtocolBufferException;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.wire.EventCodec;
import io.qiki.dtmp.wire.JsonFields;
import io.qiki.dtmp.wire.ProcessReport;
import io.qiki.dtmp.wire.ProcessStatusMessages;
import io.qiki.dtmp.wire.StateMessages;
import io.qiki.dtmp.wire.TwinReportMessages;
import io.qiki.dtmp.wire.TwinReportPart;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qiki.twin.v1.ProcessStatus;
import qiki.twin.v1.State;
import qiki.twin.v1.TwinReport;

/**
 * Hears what processes elsewhere tell and hands it to the owner on its context: of ticks and of
 * processes the newest, states and events each. What cannot be read is left out and counted.
 */
final class MirrorEars {
    /** Events of the time before that are shown. */
    static final long OLD_EVENTS = 1_000;

    private static final int MOST_PARTS = 2 * MirroredFleet.MOST_TWINS;
    private static final Logger LOG = LoggerFactory.getLogger(MirrorEars.class);

    private final Owner owner;
    private final long stepNanos;
    private final NewestArrivals<Part, TwinReportPart> parts;
    private final NewestArrivals<String, ProcessReport> processes;
    private final StreamReader states;
    private final StreamReader events;
    private final AtomicLong unreadable;

    /** Who is told. */
    interface Owner {
        /** What a process tells of a tick. */
        void onPart(TwinReportPart part);

        /** How a process is. */
        void onProcess(ProcessReport report);

        /** The next state of the stream. */
        void onState(StoredState state);

        /** The next event of the stream. */
        void onEvent(TwinEvent event);
    }

    /** Two processes may tell of one twin. */
    private record Part(TwinId twin, String source) {}

    /**
     * Ears that are closed yet. To be made on the owner's context.
     *
     * @param stepNanos simulation time of a step, ns
     */
    MirrorEars(
            Vertx vertx,
            StreamReader.Blocking blocking,
            MirrorMemory memory,
            long stepNanos,
            Owner owner) {
        Context context = vertx.getOrCreateContext();
        this.owner = owner;
        this.stepNanos = stepNanos;
        this.unreadable = memory.unreadable();
        parts = new NewestArrivals<>(context, MOST_PARTS, owner::onPart);
        processes = new NewestArrivals<>(context, MirroredProcesses.MOST, owner::onProcess);
        states =
                new StreamReader(
                        vertx,
                        blocking,
                        new StreamReader.Source(
                                Subjects.TWIN_STREAM,
                                Subjects.STATES_ALL,
                                Long.MAX_VALUE,
                                memory.states()),
                        this::onState);
        events =
                new StreamReader(
                        vertx,
                        blocking,
                        new StreamReader.Source(
                                Subjects.EVENTS_STREAM,
                                Subjects.EVENTS_ALL,
                                OLD_EVENTS,
                                memory.events()),
                        this::onEvent);
    }

    /** There is a connection. */
    void open(Connection connection) {
        listen(connection, Subjects.REPORTS_ALL, this::onReport);
        listen(connection, Subjects.STATUS_ALL, this::onStatus);
        states.open(connection);
        events.open(connection);
    }

    /** There is none any more. */
    void close() {
        states.close();
        events.close();
    }

    private void listen(Connection connection, String subject, Reader<Message> reader) {
        Dispatcher dispatcher =
                connection.createDispatcher(message -> read(message.getSubject(), message, reader));
        dispatcher.subscribe(subject);
    }

    private void onReport(Message message) throws InvalidProtocolBufferException {
        TwinReportPart part = TwinReportMessages.toModel(TwinReport.parseFrom(message.getData()));
        parts.arrived(new Part(part.twin(), part.source()), part);
    }

    private void onStatus(Message message) throws InvalidProtocolBufferException {
        ProcessReport report =
                ProcessStatusMessages.toModel(ProcessStatus.parseFrom(message.getData()));
        processes.arrived(report.source(), report);
    }

    private void onState(byte[] body) {
        read(
                Subjects.STATES_ALL,
                body,
                one -> owner.onState(StateMessages.toModel(State.parseFrom(one))));
    }

    private void onEvent(byte[] body) {
        read(
                Subjects.EVENTS_ALL,
                body,
                one ->
                        owner.onEvent(
                                EventCodec.read(
                                        JsonFields.parse(new String(one, StandardCharsets.UTF_8)),
                                        stepNanos)));
    }

    /** Takes a body or refuses it. */
    private interface Reader<B> {
        void read(B body) throws InvalidProtocolBufferException;
    }

    private <B> void read(String subject, B body, Reader<B> reader) {
        try {
            reader.read(body);
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            if (unreadable.getAndIncrement() == 0) {
                LOG.warn("a message on {} cannot be read: {}", subject, e.getMessage());
            }
        }
    }
}
