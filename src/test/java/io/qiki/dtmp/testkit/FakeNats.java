package io.qiki.dtmp.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Something that greets like a NATS server of any version, answers pings, and does no more. */
public final class FakeNats implements AutoCloseable {
    private final ServerSocket socket;
    private final String greeting;

    /**
     * Listens on a free port.
     *
     * @param version that it says it has
     * @param jetStream whether it says that it has streams
     */
    public FakeNats(String version, boolean jetStream) throws IOException {
        socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        greeting =
                "INFO {\"server_id\":\"fake\",\"version\":\""
                        + version
                        + "\",\"proto\":1,\"headers\":true,\"max_payload\":1048576,\"jetstream\":"
                        + jetStream
                        + "}\r\n";
        Thread thread = new Thread(this::accept, "fake-nats");
        thread.setDaemon(true);
        thread.start();
    }

    /** As it stands in a configuration. */
    public String url() {
        return "nats://127.0.0.1:" + socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            serveNext();
        }
    }

    /** One that goes in the middle makes room for the next. */
    private void serveNext() {
        try (Socket one = socket.accept()) {
            serve(one);
        } catch (IOException gone) {
            System.getLogger("fake-nats").log(System.Logger.Level.DEBUG, gone.toString());
        }
    }

    private void serve(Socket one) throws IOException {
        OutputStream out = one.getOutputStream();
        out.write(greeting.getBytes(StandardCharsets.US_ASCII));
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(one.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("PING")) {
                out.write("PONG\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
