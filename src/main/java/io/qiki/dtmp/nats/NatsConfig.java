package io.qiki.dtmp.nats;

import io.qiki.dtmp.config.ConfigNode;
import io.qiki.dtmp.model.Check;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which NATS server to use.
 *
 * @param url as in {@code nats://127.0.0.1:4222}; empty: none
 */
public record NatsConfig(String url) {
    private static final Pattern FORM = Pattern.compile("|(nats|tls)://[^\\s/]+");

    /** Refuses what is no address of a NATS server. */
    public NatsConfig {
        Check.present(url, "nats.url");
        Check.that(
                FORM.matcher(url).matches(),
                "nats.url must be empty or nats://HOST:PORT, was " + url);
    }

    /** Reads {@code {"url"}}. */
    public static NatsConfig read(ConfigNode node) {
        String url =
                node.parsed(
                        "url",
                        "",
                        "nothing, or an address such as \"nats://127.0.0.1:4222\"",
                        text -> Optional.of(text).filter(t -> FORM.matcher(t).matches()));
        node.done();
        return new NatsConfig(url);
    }
}
