package io.qiki.dtmp.config;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Vec3;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An object of a configuration, read key by key. A wrong or missing value is noted as a fault and
 * replaced by the default, so that reading goes on and finds the others. {@link #done} ends the
 * reading and notes the keys that nobody asked for.
 */
public final class ConfigNode {
    private final String path;
    private final Map<String, JsonValue> values;
    private final List<ConfigFault> faults;
    private final Set<String> known = new TreeSet<>();
    private final Set<String> asked;
    private int settled;

    ConfigNode(
            String path,
            Map<String, JsonValue> values,
            List<ConfigFault> faults,
            Set<String> asked) {
        this.path = path;
        this.values = values;
        this.faults = faults;
        this.asked = asked;
        this.settled = faults.size();
    }

    /** How many faults were noted so far, here and elsewhere. */
    public int noted() {
        return faults.size();
    }

    /**
     * Says that what was noted so far has no bearing on what the next {@link #make} checks: the
     * fallbacks of the parts read until now are as good as what they stand in for.
     */
    void settle() {
        settled = faults.size();
    }

    /** Whether a key is there. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** A number within [min, max]; the unit is that of the file. */
    public double number(String key, double missing, double min, double max, String unit) {
        String wanted = "a number from " + plain(min) + " to " + plain(max) + " " + unit;
        return read(key, wanted, missing, value -> numberOf(value, min, max));
    }

    /** The same, of a key that has no default. */
    public double number(String key, double min, double max, String unit) {
        require(key, "a number from " + plain(min) + " to " + plain(max) + " " + unit);
        return number(key, min, min, max, unit);
    }

    /** A whole number within [min, max]. */
    public long integer(String key, long missing, long min, long max) {
        return read(
                key,
                "a whole number from " + min + " to " + max,
                missing,
                value -> integerOf(value, min, max));
    }

    /** A duration with its unit, in ns, within [min, max]. */
    public long duration(String key, long missing, long min, long max) {
        String wanted =
                "a duration from "
                        + Durations.text(min)
                        + " to "
                        + Durations.text(max)
                        + ", for example \""
                        + Durations.text(missing)
                        + '"';
        return read(key, wanted, missing, value -> durationOf(value, min, max));
    }

    /** A text that is not blank. */
    public String text(String key, String missing) {
        return read(key, "a text", missing, ConfigNode::textOf);
    }

    /** A text that is not blank, of a key that has no default. */
    public String text(String key) {
        require(key, "a text");
        return text(key, "none");
    }

    /** A text that may be empty. */
    public String anyText(String key, String missing) {
        return read(key, "a text", missing, ConfigNode::anyTextOf);
    }

    /** True or false. */
    public boolean flag(String key, boolean missing) {
        return read(
                key,
                "true or false",
                missing,
                value ->
                        value instanceof JsonValue.Flag flag
                                ? Optional.of(flag.value())
                                : Optional.empty());
    }

    /** One of the named choices; without a default when {@code missing} is not among them. */
    public <T> T choice(String key, T missing, List<T> choices, Function<T, String> name) {
        String wanted = "one of " + String.join(", ", choices.stream().map(name).toList());
        return read(
                key,
                wanted,
                missing,
                value ->
                        anyTextOf(value)
                                .flatMap(
                                        text ->
                                                choices.stream()
                                                        .filter(c -> name.apply(c).equals(text))
                                                        .findFirst()));
    }

    /** A value that a reader makes from a text, or refuses by an empty answer. */
    public <T> T parsed(
            String key, T missing, String wanted, Function<String, Optional<T>> parser) {
        return read(key, wanted, missing, value -> anyTextOf(value).flatMap(parser));
    }

    /** A path of a file; empty when there is none. */
    public Optional<Path> path(String key) {
        String wanted = "a path of a file, or nothing";
        Optional<Path> missing = Optional.empty();
        return read(key, wanted, missing, value -> anyTextOf(value).flatMap(ConfigNode::pathOf));
    }

    /** Three numbers, each within [-limit, limit]; the unit is that of the file. */
    public Vec3 vector(String key, Vec3 missing, double limit, String unit) {
        String wanted = "three numbers from " + plain(-limit) + " to " + plain(limit) + " " + unit;
        return read(key, wanted, missing, value -> vectorOf(value, limit));
    }

    /** The same, of a key that has no default. */
    public Vec3 vector(String key, double limit, String unit) {
        require(key, "three numbers from " + plain(-limit) + " to " + plain(limit) + " " + unit);
        return vector(key, Vec3.ZERO, limit, unit);
    }

    /** A unit vector within 1 %, of a key that has no default. */
    public Vec3 direction(String key) {
        String wanted = "three numbers from -1.01 to 1.01 of length 0.99 to 1.01";
        require(key, wanted);
        Vec3 missing = new Vec3(1, 0, 0);
        return read(key, wanted, missing, value -> vectorOf(value, 1.01).filter(ConfigNode::unit));
    }

    /** Texts that are not blank. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        List<JsonValue> list = elements(key);
        for (int i = 0; i < list.size(); i++) {
            Optional<String> text = textOf(list.get(i));
            if (text.isPresent()) {
                texts.add(text.get());
            } else {
                fault(key + "[" + i + "]", list.get(i).shown(), "a text");
            }
        }
        return texts;
    }

    /** The object of a key; one without members when it is not there. */
    public ConfigNode object(String key) {
        Map<String, JsonValue> none = new TreeMap<>();
        Map<String, JsonValue> members =
                read(
                        key,
                        "an object",
                        none,
                        value ->
                                value instanceof JsonValue.Members object
                                        ? Optional.of(object.values())
                                        : Optional.empty());
        return new ConfigNode(at(key), members, faults, asked);
    }

    /** The objects in the list of a key, each read to its end. */
    public <T> List<T> list(String key, int most, Function<ConfigNode, T> reader) {
        List<T> read = new ArrayList<>();
        List<JsonValue> list = elements(key);
        if (list.size() > most) {
            fault(key, "a list of " + list.size(), "a list of at most " + most);
            return read;
        }
        for (int i = 0; i < list.size(); i++) {
            String place = key + "[" + i + "]";
            if (list.get(i) instanceof JsonValue.Members object) {
                ConfigNode node = new ConfigNode(at(place), object.values(), faults, asked);
                read.add(reader.apply(node));
                node.done();
            } else {
                fault(place, list.get(i).shown(), "an object");
            }
        }
        return read;
    }

    /**
     * Makes a value whose constructor has checks of its own. Their sentence becomes a fault, unless
     * a part of this very object was wrong: what stands in for that part may be what they refuse.
     * The fallback stands in for what cannot be made.
     */
    public <T> T make(T fallback, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException | NullPointerException e) {
            if (sound()) {
                faults.add(new ConfigFault(path.isEmpty() ? "." : path, "", e.getMessage()));
            }
            return fallback;
        }
    }

    /** Whether all that was read of this object is what the file says. */
    private boolean sound() {
        return faults.subList(settled, faults.size()).stream()
                .allMatch(fault -> fault.found().equals(ConfigFault.UNKNOWN_KEY));
    }

    /** Notes a fault of a key. */
    public void fault(String key, String found, String wanted) {
        faults.add(new ConfigFault(at(key), found, wanted));
    }

    /** Notes every key that was not asked for, with the nearest that is known. */
    public void done() {
        for (Map.Entry<String, JsonValue> entry : values.entrySet()) {
            if (!known.contains(entry.getKey())) {
                String nearest =
                        NearestKey.of(entry.getKey(), known)
                                .map(key -> "; the nearest known is \"" + key + '"')
                                .orElse("");
                fault(entry.getKey(), ConfigFault.UNKNOWN_KEY, "only known keys" + nearest);
            }
        }
    }

    /** Joins the faults of a file that this configuration names. */
    void join(String file, List<ConfigFault> others) {
        for (ConfigFault other : others) {
            faults.add(new ConfigFault(file + ": " + other.path(), other.found(), other.wanted()));
        }
    }

    private void require(String key, String wanted) {
        if (!values.containsKey(key)) {
            fault(key, "nothing", wanted);
        }
    }

    private <T> T read(
            String key, String wanted, T missing, Function<JsonValue, Optional<T>> reader) {
        known.add(key);
        asked.add(at(key));
        JsonValue value = values.get(key);
        if (value == null) {
            return missing;
        }
        Optional<T> read = reader.apply(value);
        if (read.isEmpty()) {
            fault(key, value.shown(), wanted);
        }
        return read.orElse(missing);
    }

    private List<JsonValue> elements(String key) {
        List<JsonValue> none = List.of();
        return read(
                key,
                "a list",
                none,
                value ->
                        value instanceof JsonValue.Elements elements
                                ? Optional.of(elements.values())
                                : Optional.empty());
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static Optional<Double> numberOf(JsonValue value, double min, double max) {
        if (value instanceof JsonValue.Numeral number) {
            double parsed = Double.parseDouble(number.digits());
            return parsed >= min && parsed <= max ? Optional.of(parsed) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Long> integerOf(JsonValue value, long min, long max) {
        if (!(value instanceof JsonValue.Numeral number)) {
            return Optional.empty();
        }
        try {
            long parsed = Long.parseLong(number.digits());
            return parsed >= min && parsed <= max ? Optional.of(parsed) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> durationOf(JsonValue value, long min, long max) {
        Optional<String> text = anyTextOf(value);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Durations.parse(text.get()).stream()
                .boxed()
                .filter(nanos -> nanos >= min && nanos <= max)
                .findFirst();
    }

    private static Optional<Vec3> vectorOf(JsonValue value, double limit) {
        if (!(value instanceof JsonValue.Elements list) || list.values().size() != 3) {
            return Optional.empty();
        }
        List<Double> parts = new ArrayList<>();
        for (JsonValue part : list.values()) {
            numberOf(part, -limit, limit).ifPresent(parts::add);
        }
        return parts.size() == 3
                ? Optional.of(new Vec3(parts.get(0), parts.get(1), parts.get(2)))
                : Optional.empty();
    }

    private static boolean unit(Vec3 direction) {
        return Math.abs(direction.norm() - 1) <= 0.01;
    }

    private static Optional<Optional<Path>> pathOf(String text) {
        try {
            return Optional.of(Optional.of(text).filter(t -> !t.isBlank()).map(Path::of));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> textOf(JsonValue value) {
        return anyTextOf(value).filter(text -> !text.isBlank());
    }

    private static Optional<String> anyTextOf(JsonValue value) {
        return value instanceof JsonValue.Text text ? Optional.of(text.value()) : Optional.empty();
    }

    private static String plain(double value) {
        return Check.plain(value);
    }
}
