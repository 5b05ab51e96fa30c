package io.qiki.dtmp.grpc;

import io.qiki.dtmp.config.ConfigNode;
import io.qiki.dtmp.model.Check;

/**
 * Where the gRPC server is to listen.
 *
 * @param host address
 * @param port 0..65535; 0 takes a free one
 */
public record GrpcConfig(String host, int port) {
    /** Loopback: listening beyond it is a deliberate setting. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** The port of the original. */
    public static final int DEFAULT_PORT = 50_051;

    /** The largest message that is taken, bytes. */
    public static final long MAX_MESSAGE_BYTES = 4L << 20;

    private static final int LAST_PORT = 65_535;

    /** Refuses a port out of range. */
    public GrpcConfig {
        Check.text(host, "grpc.host");
        Check.range(port, 0, LAST_PORT, "grpc.port");
    }

    /** Reads {@code {"host","port"}}. */
    public static GrpcConfig read(ConfigNode node) {
        String host = node.text("host", DEFAULT_HOST);
        int port = (int) node.integer("port", DEFAULT_PORT, 0, LAST_PORT);
        node.done();
        return new GrpcConfig(host, port);
    }
}
