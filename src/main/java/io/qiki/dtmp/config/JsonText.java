package io.qiki.dtmp.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON by RFC 8259 and nothing beyond: no doubled keys, no NaN, nothing after the value. */
final class JsonText {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_DIGITS = 64;
    private static final int MAX_TEXT = 10_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(MAX_DIGITS)
                                    .maxStringLength(MAX_TEXT)
                                    .build())
                    .build();

    /** Why a text is no JSON, in one sentence with line and column. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String sentence) {
            super(sentence);
        }
    }

    private JsonText() {}

    /** The only value in a text. */
    static JsonValue parse(String text) throws Malformed {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new Malformed("it is empty; the least configuration is {}");
            }
            JsonValue value = value(parser);
            if (parser.nextToken() != null) {
                throw new Malformed("more text follows the end of the value" + at(parser));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new Malformed(sentence(e));
        } catch (IOException e) {
            throw new Malformed("it cannot be read: " + e.getMessage());
        }
    }

    private static JsonValue value(JsonParser parser) throws IOException, Malformed {
        JsonToken token = parser.currentToken();
        switch (token) {
            case START_OBJECT:
                return members(parser);
            case START_ARRAY:
                return elements(parser);
            case VALUE_STRING:
                return new JsonValue.Text(parser.getText());
            case VALUE_NUMBER_INT:
            case VALUE_NUMBER_FLOAT:
                return new JsonValue.Numeral(parser.getText());
            case VALUE_TRUE:
            case VALUE_FALSE:
                return new JsonValue.Flag(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL:
                return new JsonValue.Null();
            default:
                throw new Malformed("a value is missing" + at(parser));
        }
    }

    private static JsonValue members(JsonParser parser) throws IOException, Malformed {
        Map<String, JsonValue> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            values.put(key, value(parser));
        }
        return new JsonValue.Members(values);
    }

    private static JsonValue elements(JsonParser parser) throws IOException, Malformed {
        List<JsonValue> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return new JsonValue.Elements(values);
    }

    private static String at(JsonParser parser) {
        return at(parser.currentLocation());
    }

    private static String at(JsonLocation location) {
        return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String sentence(JsonProcessingException e) {
        String first = e.getOriginalMessage().lines().findFirst().orElse("it is not JSON");
        return first + (e.getLocation() == null ? "" : at(e.getLocation()));
    }
}
