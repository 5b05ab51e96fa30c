package io.qiki.dtmp.web;

import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.wire.JsonFields;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parameters and the body of a request; refusals name the parameter and its range. */
final class Query {
    private static final Pattern JSON =
            Pattern.compile(
                    "application/json(\\s*;\\s*charset=\"?utf-8\"?)?\\s*",
                    Pattern.CASE_INSENSITIVE);

    private final RoutingContext context;
    private final MultiMap parameters;

    Query(RoutingContext context) {
        this.context = context;
        this.parameters = context.queryParams();
    }

    /** Refuses parameters that are not among these. */
    void only(List<String> known) {
        for (String name : parameters.names()) {
            if (parameters.getAll(name).size() > 1) {
                throw new IllegalArgumentException(
                        "parameter " + shown(name) + " must be given once");
            }
            if (parameters.get(name).isEmpty()) {
                throw new IllegalArgumentException(
                        "parameter " + shown(name) + " must not be empty; leave it out instead");
            }
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "parameter "
                                + shown(name)
                                + " is not known"
                                + (known.isEmpty()
                                        ? ""
                                        : "; known are " + String.join(", ", known)));
            }
        }
    }

    /** A part of the path. */
    String path(String name) {
        return context.pathParam(name);
    }

    /** A text; empty when it is missing or empty. */
    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isEmpty());
    }

    /** A whole number, or its default when it is missing. */
    long whole(String name, long min, long max, long byDefault) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return byDefault;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below, with the range
        }
        throw new IllegalArgumentException(
                name
                        + " must be a whole number "
                        + min
                        + ".."
                        + max
                        + ", was "
                        + shown(text.get()));
    }

    /** A small whole number, or its default when it is missing. */
    int whole(String name, int min, int max, int byDefault) {
        return Math.toIntExact(whole(name, (long) min, (long) max, (long) byDefault));
    }

    /** The body: a JSON object, declared as JSON. */
    JsonFields body() {
        String type = Optional.ofNullable(context.request().getHeader("Content-Type")).orElse("");
        if (!JSON.matcher(type.strip()).matches()) {
            throw new RequestFailed(
                    FailureCode.MALFORMED,
                    "the body must have content type application/json, in UTF-8, was "
                            + (type.isEmpty() ? "none" : shown(type)));
        }
        String text = context.body().asString();
        return JsonFields.parse(text == null ? "" : text);
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
