package io.qiki.dtmp.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads configuration files and reports all of their faults at once. */
public final class ConfigReader {
    /** The largest file that is read, bytes: a hundred times a long configuration. */
    public static final int MAX_BYTES = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private ConfigReader() {}

    /**
     * Reads a file.
     *
     * @param file JSON, UTF-8
     * @param overrides each {@code a.b=value}, applied in their order
     * @param reader makes the result
     * @throws ConfigException when it cannot be read or has faults
     */
    public static <T> T read(Path file, List<String> overrides, Function<ConfigNode, T> reader)
            throws ConfigException {
        String name = file.toString();
        return parse(name, text(file), overrides, reader);
    }

    /** The same, of a text. */
    public static <T> T parse(
            String name, String text, List<String> overrides, Function<ConfigNode, T> reader)
            throws ConfigException {
        JsonValue value;
        try {
            value = JsonText.parse(text);
        } catch (JsonText.Malformed e) {
            throw ConfigException.unreadable(
                    "configuration " + name + " is malformed: " + e.getMessage());
        }
        if (!(value instanceof JsonValue.Members members)) {
            throw ConfigException.unreadable(
                    "configuration " + name + " must be an object, was " + value.shown());
        }
        Map<String, JsonValue> values = members.values();
        List<ConfigFault> faults = new ArrayList<>();
        for (String override : overrides) {
            values = override(values, override, faults);
        }
        ConfigNode root = new ConfigNode("", values, faults, new TreeSet<>());
        T result = reader.apply(root);
        root.done();
        if (!faults.isEmpty()) {
            throw ConfigException.invalid(name, faults);
        }
        return result;
    }

    /**
     * Every key that a reader asks for, as a path: those of values, not of the objects they are in,
     * and not of the elements of lists.
     */
    public static SortedSet<String> keys(Consumer<ConfigNode> reader) {
        SortedSet<String> asked = new TreeSet<>();
        reader.accept(new ConfigNode("", Map.of(), new ArrayList<>(), asked));
        SortedSet<String> keys = new TreeSet<>(asked);
        keys.removeIf(key -> asked.stream().anyMatch(other -> other.startsWith(key + ".")));
        return keys;
    }

    /**
     * Reads a file that a configuration names; its faults join those of the configuration.
     *
     * @param node with the key
     * @param key whose value is the path
     * @param missing path when there is no such key
     * @param home what the path is relative to
     * @param fallback stands in when the file cannot be used
     * @param reader makes the result
     */
    public static <T> T named(
            ConfigNode node,
            String key,
            String missing,
            Path home,
            T fallback,
            Function<ConfigNode, T> reader) {
        String path = node.text(key, missing);
        try {
            return read(home.resolve(path), List.of(), reader);
        } catch (InvalidPathException e) {
            node.fault(key, shown(path), "a path: " + e.getReason());
            return fallback;
        } catch (ConfigException e) {
            if (e.faults().isEmpty()) {
                node.fault(key, shown(path), "a readable file: " + e.getMessage());
            } else {
                node.join(path, e.faults());
            }
            return fallback;
        }
    }

    /**
     * The text of a file.
     *
     * @throws ConfigException when it cannot be read
     */
    public static String text(Path file) throws ConfigException {
        try {
            if (file.toString().isEmpty()) {
                throw ConfigException.unreadable("the name of the configuration is empty");
            }
            if (!Files.exists(file)) {
                throw ConfigException.unreadable("configuration " + file + " does not exist");
            }
            if (!Files.isRegularFile(file)) {
                throw ConfigException.unreadable("configuration " + file + " is not a file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw ConfigException.unreadable(
                        "configuration "
                                + file
                                + " has "
                                + Files.size(file)
                                + " bytes, more than "
                                + MAX_BYTES);
            }
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                            .toString();
            boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
            return marked ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw ConfigException.unreadable("configuration " + file + " is not UTF-8");
        } catch (IOException e) {
            throw ConfigException.unreadable("configuration " + file + " cannot be read");
        }
    }

    /** Values with an override; one that is wrong becomes a fault and changes nothing. */
    private static Map<String, JsonValue> override(
            Map<String, JsonValue> values, String override, List<ConfigFault> faults) {
        int sign = override.indexOf('=');
        if (sign < 1) {
            faults.add(new ConfigFault("--set", shown(override), "key.path=value"));
            return values;
        }
        List<String> path = List.of(override.substring(0, sign).split("\\.", -1));
        return with(values, path, literal(override.substring(sign + 1)), override, faults);
    }

    private static Map<String, JsonValue> with(
            Map<String, JsonValue> values,
            List<String> path,
            JsonValue value,
            String override,
            List<ConfigFault> faults) {
        Map<String, JsonValue> changed = new LinkedHashMap<>(values);
        String key = path.get(0);
        if (path.size() == 1) {
            changed.put(key, value);
            return changed;
        }
        JsonValue inner = values.getOrDefault(key, new JsonValue.Members(new LinkedHashMap<>()));
        if (inner instanceof JsonValue.Members members) {
            List<String> rest = path.subList(1, path.size());
            Map<String, JsonValue> within = with(members.values(), rest, value, override, faults);
            changed.put(key, new JsonValue.Members(within));
        } else {
            faults.add(
                    new ConfigFault(
                            "--set",
                            shown(override),
                            "a path to a value; it goes through "
                                    + key
                                    + ", which is "
                                    + inner.shown()));
        }
        return changed;
    }

    private static String shown(String text) {
        return new JsonValue.Text(text).shown();
    }

    private static JsonValue literal(String text) {
        try {
            return JsonText.parse(text);
        } catch (JsonText.Malformed e) {
            return new JsonValue.Text(text);
        }
    }
}
