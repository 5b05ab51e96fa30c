package io.qiki.dtmp.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.qiki.dtmp.model.Check;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Reads the fields of a JSON object from outside. Every refusal is an {@link
 * IllegalArgumentException} that names the field, its value and what would be right.
 */
public final class JsonFields {
    private static final int SHOWN = 80;

    private final JsonObject object;
    private final String where;

    private JsonFields(JsonObject object, String where) {
        this.object = object;
        this.where = where;
    }

    /** The fields of an object. */
    public static JsonFields of(JsonObject object) {
        return new JsonFields(object, "");
    }

    /**
     * The fields of an object in a text.
     *
     * @throws MalformedJsonException for anything else
     */
    public static JsonFields parse(String text) {
        try (JsonParser parser = JacksonCodec.createParser(text)) {
            parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            while (parser.nextToken() != null) {
                parser.currentName();
            }
            return of(new JsonObject(text));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new MalformedJsonException(
                    "the body must be a JSON object: "
                            + shown(e.getOriginalMessage())
                            + (at == null
                                    ? ""
                                    : " at line "
                                            + at.getLineNr()
                                            + ", column "
                                            + at.getColumnNr()));
        } catch (DecodeException | ClassCastException | IOException e) {
            throw new MalformedJsonException("the body must be a JSON object");
        }
    }

    /** Refuses fields that are not among these. */
    public JsonFields only(String... known) {
        List<String> unknown = new ArrayList<>(object.fieldNames());
        unknown.removeAll(List.of(known));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    where
                            + shown(unknown.get(0))
                            + " is not known; "
                            + (known.length == 0
                                    ? "there are no parameters"
                                    : "known are " + String.join(", ", known)));
        }
        return this;
    }

    /** A text that must be there. */
    public String text(String name) {
        return optionalText(name)
                .orElseThrow(
                        () -> new IllegalArgumentException(where + name + " is missing: a text"));
    }

    /** A text that may be missing. */
    public Optional<String> optionalText(String name) {
        Object value = object.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        throw wrong(name, value, "a text");
    }

    /** A finite number that may be missing. */
    public OptionalDouble optionalNumber(String name, double min, double max) {
        Object value = object.getValue(name);
        if (value == null) {
            return OptionalDouble.empty();
        }
        if (value instanceof Number number) {
            double d = number.doubleValue();
            if (d >= min && d <= max) {
                return OptionalDouble.of(d);
            }
        }
        throw wrong(name, value, "a number " + Check.plain(min) + ".." + Check.plain(max));
    }

    /** A finite number that must be there. */
    public double number(String name, double min, double max) {
        return optionalNumber(name, min, max)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        where
                                                + name
                                                + " is missing: a number "
                                                + Check.plain(min)
                                                + ".."
                                                + Check.plain(max)));
    }

    /** A whole number that may be missing. */
    public OptionalLong optionalWhole(String name, long min, long max) {
        Object value = object.getValue(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Number number && isWhole(number)) {
            long whole = number.longValue();
            if (whole >= min && whole <= max) {
                return OptionalLong.of(whole);
            }
        }
        throw wrong(name, value, "a whole number " + min + ".." + max);
    }

    /** A whole number that must be there. */
    public long whole(String name, long min, long max) {
        return optionalWhole(name, min, max)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        where
                                                + name
                                                + " is missing: a whole number "
                                                + min
                                                + ".."
                                                + max));
    }

    /** Yes or no; no when it is missing. */
    public boolean flag(String name) {
        Object value = object.getValue(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw wrong(name, value, "true or false");
    }

    /** An object within; without fields when it is missing. */
    public JsonFields object(String name) {
        Object value = object.getValue(name);
        if (value == null) {
            return new JsonFields(new JsonObject(), where + name + ".");
        }
        if (value instanceof JsonObject inner) {
            return new JsonFields(inner, where + name + ".");
        }
        throw wrong(name, value, "an object");
    }

    /** The object itself. */
    public JsonObject json() {
        return object;
    }

    private IllegalArgumentException wrong(String name, Object value, String right) {
        return new IllegalArgumentException(
                where + name + " must be " + right + ", was " + shown(String.valueOf(value)));
    }

    /** The beginning of a text, for a sentence. */
    public static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    /** Beyond 2^53 a double is no exact count; such a number is refused as not whole. */
    private static boolean isWhole(Number number) {
        if (number instanceof Long || number instanceof Integer) {
            return true;
        }
        double d = number.doubleValue();
        return d == Math.rint(d) && Math.abs(d) <= 0x1p53;
    }
}
