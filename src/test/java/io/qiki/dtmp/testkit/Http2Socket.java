package io.qiki.dtmp.testkit;

import com.google.protobuf.MessageLite;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * HTTP/2 frame by frame, for callers that no library would make. Frames are collected and leave
 * together. Source: RFC 9113, sections 4.1 and 6; RFC 7541, section 6.2.2; gRPC over HTTP/2.
 */
public final class Http2Socket implements AutoCloseable {
    /** Types of frames. */
    public static final int DATA = 0;

    public static final int HEADERS = 1;
    public static final int RESET = 3;
    public static final int GO_AWAY = 7;

    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW = 8;
    private static final int END_STREAM = 1;
    private static final int ACKNOWLEDGED = 1;
    private static final int END_HEADERS = 4;
    private static final int INITIAL_WINDOW = 4;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private int nextStream = 1;

    /** A frame that came. */
    public record Frame(int type, int stream, byte[] payload) {}

    /**
     * Connects.
     *
     * @param window that streams begin with, bytes; 0: nothing is ever read of them
     */
    public Http2Socket(int port, int window) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
        unsent.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer settings = ByteBuffer.allocate(6);
        settings.putShort((short) INITIAL_WINDOW).putInt(window);
        frame(SETTINGS, 0, 0, settings.array());
        frame(WINDOW, 0, 0, ByteBuffer.allocate(4).putInt(1 << 30).array());
    }

    /** Calls a method with one message; gives the stream. */
    public int call(String method, MessageLite message) {
        return call(method, message, 0);
    }

    /**
     * The same with a deadline.
     *
     * @param millis after which the server ends the call, ms; 0: never
     */
    public int call(String method, MessageLite message, int millis) {
        int stream = nextStream;
        nextStream += 2;
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        header(headers, ":method", "POST");
        header(headers, ":scheme", "http");
        header(headers, ":path", "/" + method);
        header(headers, ":authority", "localhost");
        header(headers, "content-type", "application/grpc");
        header(headers, "te", "trailers");
        if (millis > 0) {
            header(headers, "grpc-timeout", millis + "m");
        }
        frame(HEADERS, END_HEADERS, stream, headers.toByteArray());
        byte[] body = message.toByteArray();
        ByteBuffer data = ByteBuffer.allocate(5 + body.length);
        data.put((byte) 0).putInt(body.length).put(body);
        frame(DATA, END_STREAM, stream, data.array());
        return stream;
    }

    /** Gives a call up. */
    public void reset(int stream, int code) {
        frame(RESET, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
    }

    /** Literal header field without indexing, new name. */
    private static void header(ByteArrayOutputStream to, String name, String value) {
        to.write(0);
        for (String text : new String[] {name, value}) {
            to.write(text.length());
            to.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void frame(int type, int flags, int stream, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        unsent.writeBytes(frame.array());
    }

    /** Sends what was collected at once. */
    public void flush() throws IOException {
        socket.getOutputStream().write(unsent.toByteArray());
        unsent.reset();
    }

    /** The next frame of a stream, or of the connection when it ends; answers pings meanwhile. */
    public Frame read(int wanted, int stream) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.type() == GO_AWAY || frame.type() == wanted && frame.stream() == stream) {
                return frame;
            }
        }
    }

    private Frame read() throws IOException {
        int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        if ((type == PING || type == SETTINGS) && (flags & ACKNOWLEDGED) == 0) {
            frame(type, ACKNOWLEDGED, 0, type == PING ? payload : new byte[0]);
            flush();
        }
        return new Frame(type, stream, payload);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
