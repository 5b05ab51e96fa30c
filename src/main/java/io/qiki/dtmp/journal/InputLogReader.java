package io.qiki.dtmp.journal;

import io.qiki.dtmp.model.InputRecord;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads an input log up to its last whole frame. What a crash left of its last write is a cut: a
 * frame that is not whole, or bytes that are none, with no whole frame after them. With one after
 * them they are damage.
 */
public final class InputLogReader implements AutoCloseable {
    private final Path file;
    private final DataInputStream in;
    private final RecordCodec codec = new RecordCodec();
    private final InputLogHeader header;
    private long length;
    private boolean cutOff;

    /**
     * Opens a log.
     *
     * @throws IOException with a sentence for a person when it is none, or of another build
     */
    public InputLogReader(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("input log " + file + " does not exist");
        }
        this.file = file;
        in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        try {
            byte[] magic = in.readNBytes(InputLog.MAGIC.length);
            if (!Arrays.equals(magic, InputLog.MAGIC)) {
                throw new IOException(file + " is no input log");
            }
            length = magic.length;
            byte[] first =
                    frame().orElseThrow(() -> new IOException(file + " has no whole header"));
            header = header(file, first);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private InputLogHeader header(Path file, byte[] first) throws IOException {
        DataInputStream bytes = new DataInputStream(new ByteArrayInputStream(first));
        long schema = bytes.readLong();
        if (schema != InputLog.SCHEMA) {
            throw new IOException(
                    file + " was written by another build; replay it with the one that wrote it");
        }
        return (InputLogHeader)
                codec.read(
                        new DataInputStream(new ByteArrayInputStream(first)), InputLogHeader.class);
    }

    /** What the log begins with. */
    public InputLogHeader header() {
        return header;
    }

    /**
     * The next record; empty at the end, whole or cut off.
     *
     * @throws InputLogDamaged when something that is no frame stands before whole ones
     * @throws IOException when the file cannot be read, or a whole frame holds no record
     */
    public Optional<InputRecord> next() throws IOException {
        Optional<byte[]> frame = frame();
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        DataInputStream bytes = new DataInputStream(new ByteArrayInputStream(frame.get()));
        return Optional.of((InputRecord) codec.read(bytes, InputRecord.class));
    }

    /** Bytes up to the end of the last whole frame read. */
    public long length() {
        return length;
    }

    /** Whether something that is no whole frame stands at the end. */
    public boolean cutOff() {
        return cutOff;
    }

    private Optional<byte[]> frame() throws IOException {
        Optional<byte[]> whole = Frames.read(in);
        if (whole.isPresent()) {
            length += InputLog.FRAME_HEAD + whole.get().length;
            return whole;
        }
        cutOff = Files.size(file) > length;
        if (cutOff && Frames.anyAfter(file, length)) {
            throw new InputLogDamaged(file, length);
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
