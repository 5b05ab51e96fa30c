package io.qiki.dtmp.testkit;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.wire.JsonCodec;
import io.qiki.dtmp.wire.ProcessReport;
import io.qiki.dtmp.wire.ProcessStatusMessages;
import io.qiki.dtmp.wire.StateMessages;
import io.qiki.dtmp.wire.TwinReportMessages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** Tells what a process tells over NATS, and answers what is asked of one. */
public final class NatsPeer implements AutoCloseable {
    private static final long STEP_NANOS = 20_000_000;

    private final Connection connection;
    private final String source;

    private NatsPeer(Connection connection, String source) {
        this.connection = connection;
        this.source = source;
    }

    /** Connects under a name. */
    public static NatsPeer connect(NatsServer server, String source) throws Exception {
        return new NatsPeer(
                Nats.connect(Options.builder().server(server.url()).maxReconnects(0).build()),
                source);
    }

    /** Makes the streams of states and events. */
    public NatsPeer withStreams() throws Exception {
        stream(Subjects.TWIN_STREAM, Subjects.STATES_ALL);
        stream(Subjects.EVENTS_STREAM, Subjects.EVENTS_ALL);
        return this;
    }

    private void stream(String name, String subject) throws Exception {
        connection
                .jetStreamManagement()
                .addStream(StreamConfiguration.builder().name(name).subjects(subject).build());
    }

    /** Takes a stream away with all that it keeps. */
    public void deleteStream(String name) throws Exception {
        connection.jetStreamManagement().deleteStream(name);
    }

    /** The process is well and has these twins. */
    public void status(boolean simulator, boolean agents, RunState run, TwinId... twins)
            throws Exception {
        ProcessReport report =
                new ProcessReport(
                        source,
                        simulator,
                        agents,
                        List.of(twins),
                        new RunStatus(run, 1, 1, 0, 0),
                        new TreeMap<>());
        connection.publish(
                Subjects.status(source), ProcessStatusMessages.toWire(report).toByteArray());
        flush();
    }

    /** A tick is over; tells the parts that the process has. */
    public void report(TwinReport report, boolean vehicle, boolean agent) throws Exception {
        connection.publish(
                Subjects.report(report.twin()),
                TwinReportMessages.toWire(report, source, vehicle, agent).toByteArray());
        flush();
    }

    /** A state was committed. */
    public void state(StoredState state) throws Exception {
        connection
                .jetStream()
                .publish(Subjects.state(state.twin()), StateMessages.toWire(state).toByteArray());
    }

    /** Something happened. */
    public void event(long id, TwinEvent event) throws Exception {
        connection
                .jetStream()
                .publish(
                        Subjects.event(event.type()),
                        bytes(JsonCodec.event(id, event, STEP_NANOS).encode()));
    }

    /** Something that means nothing. */
    public void nonsense(String subject) throws Exception {
        connection.publish(subject, bytes("\u0001\u0002 no message"));
        flush();
    }

    /** Answers on a subject. */
    public void answer(String subject, Function<byte[], byte[]> answer) throws Exception {
        connection.createDispatcher(message -> reply(message, answer)).subscribe(subject);
        flush();
    }

    private void reply(Message message, Function<byte[], byte[]> answer) {
        connection.publish(message.getReplyTo(), answer.apply(message.getData()));
    }

    /** A text as it is sent. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void flush() throws Exception {
        connection.flush(Duration.ofSeconds(10));
    }

    @Override
    public void close() throws InterruptedException {
        connection.close();
    }
}
