package io.qiki.dtmp.journal;

import io.qiki.dtmp.model.InputRecord;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads an input log up to its last whole frame. */
public final class InputLogReader implements AutoCloseable {
    private static final int LONGEST_FRAME = 256 << 20;

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
        try {
            int first = in.read();
            if (first < 0) {
                return Optional.empty();
            }
            cutOff = true;
            int size = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int sum = in.readInt();
            if (size < 0 || size > LONGEST_FRAME) {
                return Optional.empty();
            }
            byte[] content = in.readNBytes(size);
            CRC32C found = new CRC32C();
            found.update(content);
            if (content.length < size || (int) found.getValue() != sum) {
                return Optional.empty();
            }
            cutOff = false;
            length += InputLog.FRAME_HEAD + size;
            return Optional.of(content);
        } catch (EOFException tooShort) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
