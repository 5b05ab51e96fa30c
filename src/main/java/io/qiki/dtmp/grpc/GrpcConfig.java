package io.qiki.dtmp.grpc;

import io.qiki.dtmp.config.ConfigNode;
import io.qiki.dtmp.model.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the gRPC server is to listen, and how it is reached.
 *
 * @param host address
 * @param port 0..65535; 0 takes a free one
 * @param identity what the server proves itself with; empty: no TLS
 * @param trusted certificates that an agent trusts a simulator by; empty: no TLS
 */
public record GrpcConfig(
        String host, int port, Optional<Identity> identity, Optional<Path> trusted) {
    /** Loopback: listening beyond it is a deliberate setting. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** The port of the original. */
    public static final int DEFAULT_PORT = 50_051;

    /** The largest message that is taken, bytes. */
    public static final long MAX_MESSAGE_BYTES = 4L << 20;

    private static final int LAST_PORT = 65_535;

    /**
     * What a server proves itself with.
     *
     * @param certificate file, PEM
     * @param key file, PEM
     */
    public record Identity(Path certificate, Path key) {
        /** Refuses missing files. */
        public Identity {
            Check.present(certificate, "certificate");
            Check.present(key, "key");
        }
    }

    /** Refuses a port out of range. */
    public GrpcConfig {
        Check.text(host, "grpc.host");
        Check.range(port, 0, LAST_PORT, "grpc.port");
        Check.present(identity, "identity");
        Check.present(trusted, "trusted certificates");
    }

    /** Without TLS. */
    public GrpcConfig(String host, int port) {
        this(host, port, Optional.empty(), Optional.empty());
    }

    /** The same on another port. */
    public GrpcConfig withPort(int other) {
        return new GrpcConfig(host, other, identity, trusted);
    }

    /**
     * Reads {@code {"host","port","tls":{"certificate","key","trusted"}}}.
     *
     * @param home what paths are relative to
     */
    public static GrpcConfig read(ConfigNode node, Path home) {
        String host = node.text("host", DEFAULT_HOST);
        int port = (int) node.integer("port", DEFAULT_PORT, 0, LAST_PORT);
        ConfigNode tls = node.object("tls");
        Optional<Path> certificate = file(tls, "certificate", home);
        Optional<Path> key = file(tls, "key", home);
        Optional<Path> trusted = file(tls, "trusted", home);
        if (certificate.isPresent() != key.isPresent()) {
            tls.fault(
                    certificate.isPresent() ? "key" : "certificate",
                    "nothing",
                    "a file, since certificate and key belong together");
        }
        tls.done();
        node.done();
        Optional<Identity> identity =
                certificate.flatMap(one -> key.map(other -> new Identity(one, other)));
        return new GrpcConfig(host, port, identity, trusted);
    }

    private static Optional<Path> file(ConfigNode tls, String key, Path home) {
        Optional<Path> file = tls.path(key).map(home::resolve);
        file.filter(one -> !Files.isReadable(one))
                .ifPresent(one -> tls.fault(key, '"' + one.toString() + '"', "a readable file"));
        return file;
    }
}
