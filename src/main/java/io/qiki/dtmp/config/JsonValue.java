package io.qiki.dtmp.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A JSON value as it was written. */
sealed interface JsonValue {
    /** How the value is shown in a fault. */
    String shown();

    /** An object; keys in the order of the file. */
    record Members(Map<String, JsonValue> values) implements JsonValue {
        public Members {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public String shown() {
            return "an object";
        }
    }

    /** An array. */
    record Elements(List<JsonValue> values) implements JsonValue {
        public Elements {
            values = List.copyOf(values);
        }

        @Override
        public String shown() {
            return "a list of " + values.size();
        }
    }

    /** A string. */
    record Text(String value) implements JsonValue {
        private static final int SHOWN = 60;
        private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

        @Override
        public String shown() {
            String cut = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
            return '"' + CONTROL.matcher(cut).replaceAll("?") + '"';
        }
    }

    /** A number, as its digits: it is not rounded before it is known what it stands for. */
    record Numeral(String digits) implements JsonValue {
        private static final int SHOWN = 40;

        @Override
        public String shown() {
            return digits.length() > SHOWN ? digits.substring(0, SHOWN) + "..." : digits;
        }
    }

    /** True or false. */
    record Flag(boolean value) implements JsonValue {
        @Override
        public String shown() {
            return Boolean.toString(value);
        }
    }

    /** The word null. */
    record Null() implements JsonValue {
        @Override
        public String shown() {
            return "null";
        }
    }
}
