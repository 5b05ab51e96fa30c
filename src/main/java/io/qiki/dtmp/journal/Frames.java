package io.qiki.dtmp.journal;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Frames of an input log: length, CRC-32C and content. None is empty: zeros are no frame. */
final class Frames {
    private static final int LONGEST = 256 << 20;

    /** What was lost with a crash is a few megabytes at most; the next whole frame is near. */
    private static final int SEARCHED = 32 << 20;

    private Frames() {}

    /** The content of the frame at which a stream stands; empty when there is no whole one. */
    static Optional<byte[]> read(DataInputStream in) throws IOException {
        try {
            int size = in.readInt();
            int sum = in.readInt();
            if (size < 1 || size > LONGEST) {
                return Optional.empty();
            }
            byte[] content = in.readNBytes(size);
            return content.length == size && sum == sum(content, 0, size)
                    ? Optional.of(content)
                    : Optional.empty();
        } catch (EOFException tooShort) {
            return Optional.empty();
        }
    }

    /** Whether a whole frame begins anywhere after a place in a file. */
    static boolean anyAfter(Path file, long place) throws IOException {
        byte[] bytes = bytes(file, place + 1);
        ByteBuffer heads = ByteBuffer.wrap(bytes);
        for (int at = 0; at + InputLog.FRAME_HEAD < bytes.length; at++) {
            int size = heads.getInt(at);
            int begin = at + InputLog.FRAME_HEAD;
            if (size >= 1
                    && size <= bytes.length - begin
                    && sum(bytes, begin, size) == heads.getInt(at + Integer.BYTES)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(Path file, long place) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long left = Math.max(0, channel.size() - place);
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(left, SEARCHED));
            channel.position(place);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // a read may give less than was asked for
            }
            return buffer.array();
        }
    }

    static int sum(byte[] bytes, int begin, int size) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, begin, size);
        return (int) sum.getValue();
    }
}
