package io.qiki.dtmp.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives every path that can be read HEAD beside GET, and answers its other methods with 405 and
 * what is allowed.
 *
 * <p>Source: RFC 9110, sections 9.1, 9.3.2 and 15.5.6.
 */
final class AllowedMethods {
    private AllowedMethods() {}

    /** Completes the routes that a router has now; those of files come after. */
    static void complete(Router router) {
        Map<String, Set<String>> allowed = new TreeMap<>();
        for (Route route : List.copyOf(router.getRoutes())) {
            Set<HttpMethod> methods = route.methods();
            if (methods == null || methods.isEmpty() || route.getPath() == null) {
                continue;
            }
            if (methods.contains(HttpMethod.GET)) {
                route.method(HttpMethod.HEAD);
            }
            Set<String> names = allowed.computeIfAbsent(route.getPath(), path -> new TreeSet<>());
            route.methods().forEach(method -> names.add(method.name()));
        }
        allowed.forEach((path, names) -> refuseOthers(router, path, names));
    }

    /** Answers every other method of a path with 405. */
    static void refuseOthers(Router router, String path, Set<String> names) {
        String allow = String.join(", ", names);
        router.route(path).handler(context -> refuse(context, allow));
    }

    private static void refuse(RoutingContext context, String allow) {
        context.response().putHeader("Allow", allow);
        context.fail(405);
    }
}
