package io.qiki.dtmp.nats;

import io.qiki.dtmp.config.ConfigNode;
import io.qiki.dtmp.model.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which NATS server to use, and how.
 *
 * @param url as in {@code nats://127.0.0.1:4222}, several separated by commas; empty: none
 * @param login who the process is
 * @param tls what a connection is protected with
 * @param streams bounds of the streams
 * @param outbox bounds of each outbox
 * @param json whether telemetry, states, decisions and command stages are sent as JSON too
 * @param reports whether everything that a tick showed is sent, for dashboards of other processes
 * @param ratePerSecond commands and control commands that one source may send a second, 1..100 000
 */
public record NatsConfig(
        String url,
        NatsLogin login,
        Tls tls,
        StreamLimits streams,
        OutboxLimits outbox,
        boolean json,
        boolean reports,
        int ratePerSecond) {
    /** More than a person or a program that waits for answers sends. */
    static final int DEFAULT_RATE = 50;

    private static final long LARGEST_BYTES = 1L << 40;
    private static final String ONE = "(nats|tls)://[^\\s/,@]+";
    private static final Pattern FORM = Pattern.compile("(" + ONE + "(," + ONE + ")*)?");
    private static final String WANTED =
            "nothing, or addresses such as \"nats://127.0.0.1:4222\", separated by commas, without"
                    + " user or password";

    /**
     * Files of TLS, PEM.
     *
     * @param trusted certificates that the server is trusted by
     * @param certificate that the process shows
     * @param key of it
     */
    public record Tls(Optional<Path> trusted, Optional<Path> certificate, Optional<Path> key) {
        /** No TLS but that of the address. */
        public static final Tls NONE =
                new Tls(Optional.empty(), Optional.empty(), Optional.empty());

        /** Refuses a certificate without its key. */
        public Tls {
            Check.that(
                    certificate.isPresent() == key.isPresent(),
                    "nats.tls.certificate and nats.tls.key belong together");
        }

        boolean present() {
            return trusted.isPresent() || certificate.isPresent();
        }
    }

    /** No server. */
    public static final NatsConfig NONE = of("");

    /** Refuses what is no address of a NATS server. */
    public NatsConfig {
        Check.present(url, "nats.url");
        Check.that(FORM.matcher(url).matches(), "nats.url must be " + WANTED);
        Check.present(login, "nats login");
        Check.present(tls, "nats.tls");
        Check.present(streams, "nats.streams");
        Check.present(outbox, "nats.outbox");
        Check.range(ratePerSecond, 1, 100_000, "nats.rate");
    }

    /** A server, and the defaults. */
    public static NatsConfig of(String url) {
        return new NatsConfig(
                url,
                NatsLogin.NONE,
                Tls.NONE,
                StreamLimits.DEFAULT,
                OutboxLimits.DEFAULT,
                false,
                true,
                DEFAULT_RATE);
    }

    /** Whether there is a server to use. */
    public boolean present() {
        return !url.isEmpty();
    }

    /** The addresses, one by one. */
    List<String> urls() {
        return Stream.of(url.split(",")).toList();
    }

    /**
     * Reads {@code {"url","token-file","user","password-file","credentials-file","tls":{"trusted",
     * "certificate","key"},"streams":{...},"outbox":{"messages","bytes"},"json","reports","rate"}}.
     *
     * @param home what paths are relative to
     */
    public static NatsConfig read(ConfigNode node, Path home) {
        String url =
                node.parsed(
                        "url",
                        "",
                        WANTED,
                        text -> Optional.of(text).filter(t -> FORM.matcher(t).matches()));
        NatsLogin login = NatsLogin.read(node, home);
        Tls tls = tls(node.object("tls"), home);
        StreamLimits streams = StreamLimits.read(node.object("streams"));
        ConfigNode box = node.object("outbox");
        OutboxLimits outbox =
                new OutboxLimits(
                        (int)
                                box.integer(
                                        "messages",
                                        OutboxLimits.DEFAULT_MESSAGES,
                                        1_000,
                                        10_000_000),
                        box.integer("bytes", OutboxLimits.DEFAULT_BYTES, 1L << 20, LARGEST_BYTES));
        box.done();
        boolean json = node.flag("json", false);
        boolean reports = node.flag("reports", true);
        int rate = (int) node.integer("rate", DEFAULT_RATE, 1, 100_000);
        node.done();
        return new NatsConfig(url, login, tls, streams, outbox, json, reports, rate);
    }

    private static Tls tls(ConfigNode node, Path home) {
        Optional<Path> trusted = NatsLogin.file(node, "trusted", home);
        Optional<Path> certificate = NatsLogin.file(node, "certificate", home);
        Optional<Path> key = NatsLogin.file(node, "key", home);
        node.done();
        if (certificate.isPresent() != key.isPresent()) {
            node.fault(
                    certificate.isPresent() ? "key" : "certificate",
                    "nothing",
                    "a file, since certificate and key belong together");
            return new Tls(trusted, Optional.empty(), Optional.empty());
        }
        return new Tls(trusted, certificate, key);
    }
}
