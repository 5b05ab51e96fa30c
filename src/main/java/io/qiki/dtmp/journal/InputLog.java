package io.qiki.dtmp.journal;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.InputRecord;
import io.qiki.dtmp.model.InputSink;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The input log of a run, being written: eight bytes of magic, then frames of length, CRC-32C and
 * content; the first frame is the header. Anybody may record, from any thread, without waiting for
 * the disk; somebody calls {@link #flush} now and then, and what it has returned from is kept.
 *
 * <p>A log that cannot be written any more, or whose disk does not keep up with {@value
 * #MOST_PENDING} bytes, ends at its last whole frame and says why: one with a hole would be worth
 * nothing.
 */
public final class InputLog implements AutoCloseable {
    /** Form of the records of this build. */
    public static final long SCHEMA = RecordCodec.schema(InputRecord.class);

    /** Bytes that may wait for the disk. */
    public static final int MOST_PENDING = 64 << 20;

    static final byte[] MAGIC = "QIKILOG1".getBytes(StandardCharsets.US_ASCII);
    static final int FRAME_HEAD = 8;

    private final boolean detailed;
    private final FileChannel channel;
    private final RecordCodec codec = new RecordCodec();
    private final Map<String, Session> sessions = new HashMap<>();
    private final Object disk = new Object();
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private Optional<String> failure = Optional.empty();
    private long records;

    private InputLog(FileChannel channel, boolean detailed) {
        this.channel = channel;
        this.detailed = detailed;
    }

    /**
     * Begins a log; one that is there is replaced.
     *
     * @throws IOException when the file cannot be written
     */
    public static InputLog create(Path file, InputLogHeader header) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        InputLog log = new InputLog(channel, !header.worldFields().isEmpty());
        log.pending.write(MAGIC);
        log.frame(InputLogHeader.class, header);
        log.flush();
        return log;
    }

    /**
     * Goes on with a log that was replayed.
     *
     * @param length bytes up to its last whole frame; what follows is cut off
     */
    public static InputLog append(Path file, InputLogHeader header, long length)
            throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(length);
        channel.position(length);
        return new InputLog(channel, !header.worldFields().isEmpty());
    }

    /** A fingerprint of settings: of every number and name in the records. */
    public static long fingerprint(List<? extends Record> settings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RecordCodec codec = new RecordCodec();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Record one : settings) {
                codec.write(out, one.getClass(), one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Hash64 hash = new Hash64();
        for (byte one : bytes.toByteArray()) {
            hash.add((long) one);
        }
        return hash.value();
    }

    /**
     * The way in for one writer. Opening it anew closes the earlier one: what that still records is
     * left out.
     */
    public synchronized InputSink open(String writer) {
        Session session = new Session(writer);
        sessions.put(writer, session);
        return session;
    }

    /** Frames accepted so far, the header not counted. */
    public synchronized long records() {
        return records;
    }

    /** Why the log has ended early, if it has. */
    public synchronized Optional<String> failure() {
        return failure;
    }

    /** Brings everything recorded so far to the disk; to be called off the event loop. */
    public void flush() {
        synchronized (disk) {
            byte[] bytes;
            synchronized (this) {
                bytes = pending.toByteArray();
                pending = new ByteArrayOutputStream(Math.min(bytes.length, 1 << 20));
            }
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                if (bytes.length > 0) {
                    channel.force(false);
                }
            } catch (IOException e) {
                end("the input log cannot be written: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        flush();
        end("the input log is closed");
        channel.close();
    }

    private synchronized void end(String why) {
        failure = failure.or(() -> Optional.of(why));
    }

    private synchronized void record(Session session, InputRecord record) {
        if (failure.isPresent() || sessions.get(session.writer) != session) {
            return;
        }
        records++;
        frame(InputRecord.class, record);
        if (pending.size() > MOST_PENDING) {
            end("the disk of the input log does not keep up");
        }
    }

    private void frame(Type type, Object value) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(content)) {
            codec.write(out, type, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = content.toByteArray();
        ByteBuffer head = ByteBuffer.allocate(FRAME_HEAD);
        head.putInt(bytes.length).putInt(Frames.sum(bytes, 0, bytes.length));
        pending.writeBytes(head.array());
        pending.writeBytes(bytes);
    }

    private final class Session implements InputSink {
        private final String writer;

        Session(String writer) {
            this.writer = Check.text(writer, "writer");
        }

        @Override
        public boolean wanted() {
            return true;
        }

        @Override
        public boolean detailed() {
            return detailed;
        }

        @Override
        public void record(InputRecord record) {
            InputLog.this.record(this, record);
        }
    }
}
