package io.qiki.dtmp.web;

import io.qiki.dtmp.config.ConfigNode;
import io.qiki.dtmp.model.Check;
import java.util.List;

/**
 * What the web server needs to know.
 *
 * @param host address to listen on
 * @param port to listen on; 0 takes a free one
 * @param names host names, beside addresses and localhost, under which it is reached
 */
public record WebConfig(String host, int port, List<String> names) {
    /** The same on another port. */
    public WebConfig withPort(int other) {
        return new WebConfig(host, other, names);
    }

    /** Loopback: listening beyond it is a deliberate setting. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** Where the dashboard is unless told otherwise. */
    public static final int DEFAULT_PORT = 8080;

    /** The largest body and the largest socket message that is read, bytes. */
    public static final int MAX_BODY_BYTES = 65_536;

    /** Browsers on the socket at a time. */
    public static final int MAX_SESSIONS = 256;

    /** Decisions kept per twin for viewers. */
    public static final int KEPT_DECISIONS = 128;

    /** Transitions given with a state. */
    public static final int GIVEN_TRANSITIONS = 256;

    /** Copies; refuses a port out of range. */
    public WebConfig {
        Check.text(host, "http.host");
        Check.range(port, 0, 65_535, "http.port");
        names = List.copyOf(names);
    }

    /** Reads {@code {"host","port"}} and {@code {"names"}}. */
    public static WebConfig read(ConfigNode http, ConfigNode web) {
        String host = http.text("host", DEFAULT_HOST);
        int port = (int) http.integer("port", DEFAULT_PORT, 0, 65_535);
        List<String> names = web.texts("names");
        http.done();
        web.done();
        return new WebConfig(host, port, names);
    }
}
