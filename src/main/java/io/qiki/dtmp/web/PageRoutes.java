package io.qiki.dtmp.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystem;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page and the browser libraries.
 *
 * <p>The page may run scripts of this server only. The one exception is its import map, which
 * browsers read from the page itself only: its hash is part of the policy.
 */
final class PageRoutes {
    private static final String PAGE = "webroot";
    private static final String LIBRARIES = "META-INF/resources/webjars";
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script\\s+type=\"importmap\"\\s*>(.*?)</script>", Pattern.DOTALL);

    private final String policy;

    private PageRoutes(String policy) {
        this.policy = policy;
    }

    /** The routes for the page as it is now; blocks once, at the start. */
    static PageRoutes of(Vertx vertx) {
        FileSystem files = vertx.fileSystem();
        String index = PAGE + "/index.html";
        Buffer page = files.existsBlocking(index) ? files.readFileBlocking(index) : Buffer.buffer();
        return new PageRoutes(policy(page.toString(StandardCharsets.UTF_8)));
    }

    /** The content security policy of a page. */
    static String policy(String page) {
        StringBuilder scripts = new StringBuilder("script-src 'self'");
        Matcher maps = IMPORT_MAP.matcher(page);
        while (maps.find()) {
            scripts.append(" 'sha256-").append(sha256(maps.group(1))).append('\'');
        }
        return "default-src 'none'; "
                + scripts
                + "; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** Adds the headers of every answer; before all other routes. */
    void addHeadersTo(Router router) {
        router.route().handler(this::onAny);
    }

    /** Adds the files; after all other routes. */
    void addTo(Router router) {
        StaticHandler libraries = StaticHandler.create(LIBRARIES).setIncludeHidden(false);
        readable(router, "/webjars/*").handler(libraries);
        readable(router, "/*").handler(PageRoutes::onPage);
        StaticHandler page =
                StaticHandler.create(PAGE).setFilesReadOnly(false).setIncludeHidden(false);
        readable(router, "/*").handler(page);
    }

    private static Route readable(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void onAny(RoutingContext context) {
        context.response()
                .putHeader("Content-Security-Policy", policy)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        context.next();
    }

    /** The page changes with the program: it is asked for again each time. */
    private static void onPage(RoutingContext context) {
        context.response().putHeader("Cache-Control", "no-cache");
        context.next();
    }

    private static String sha256(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
