package io.qiki.dtmp.web;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lets only this server's own pages and programs without an origin in.
 *
 * <p>The Host must be an address literal, localhost or a configured name: a foreign name that
 * resolves to this machine (DNS rebinding) is refused. An Origin, when there is one, must be this
 * very Host; a browser that says cross-site is refused even without an Origin, unless a person
 * follows a link.
 */
final class OriginGuard implements Handler<RoutingContext> {
    private static final Pattern LITERAL =
            Pattern.compile("\\[[0-9a-f:.]+]|\\d{1,3}(\\.\\d{1,3}){3}|localhost");

    private final List<String> names;

    OriginGuard(List<String> names) {
        this.names = List.copyOf(names);
    }

    @Override
    public void handle(RoutingContext context) {
        Optional<Failure> refusal = judge(context.request());
        if (refusal.isPresent()) {
            Problem.send(context, refusal.get());
        } else {
            context.next();
        }
    }

    private Optional<Failure> judge(HttpServerRequest request) {
        if (request.headers().getAll("Host").size() > 1) {
            return Optional.of(
                    new Failure(FailureCode.MALFORMED, "the request names several hosts"));
        }
        HostAndPort authority = request.authority();
        if (authority == null) {
            return refuse("the request names no host");
        }
        Optional<Failure> refusal =
                judge(
                        authority.toString(),
                        Optional.ofNullable(request.getHeader("Origin")),
                        request.headers().getAll("Origin").size());
        boolean follows =
                HttpMethod.GET.equals(request.method())
                        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
        if (refusal.isEmpty()
                && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                && !follows) {
            return refuse("the request comes from another site");
        }
        return refusal;
    }

    /** Judges a host with its port, and an origin. */
    Optional<Failure> judge(String authority, Optional<String> origin, int origins) {
        String host = authority.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
        if (!LITERAL.matcher(host).matches() && !names.contains(host)) {
            return refuse(
                    "host " + shown(authority) + " is not served; use an address or localhost");
        }
        if (origins > 1) {
            return refuse("the request names several origins");
        }
        if (origin.isPresent()) {
            String own = authority.toLowerCase(Locale.ROOT);
            String asked = origin.get().toLowerCase(Locale.ROOT);
            if (!asked.equals("http://" + own) && !asked.equals("https://" + own)) {
                return refuse("origin " + shown(origin.get()) + " is not this server");
            }
        }
        return Optional.empty();
    }

    private static Optional<Failure> refuse(String sentence) {
        return Optional.of(new Failure(FailureCode.FOREIGN_ORIGIN, sentence));
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
