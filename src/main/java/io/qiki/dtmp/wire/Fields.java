package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads fields of messages; whatever is wrong is told with the path of the field. */
final class Fields {
    private static final int SHOWN = 64;

    private Fields() {}

    /** What a call makes of a field; its refusal is told as one of the field. */
    static <T> T at(String field, Supplier<T> call) {
        try {
            return call.get();
        } catch (ConversionException refused) {
            throw refused.in(field);
        } catch (IllegalArgumentException refused) {
            throw new ConversionException(field, refused.getMessage());
        }
    }

    /** What a call makes of each value of a repeated field. */
    static <M, T> List<T> each(String field, List<M> values, Function<M, T> call) {
        List<T> all = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            try {
                all.add(call.apply(values.get(i)));
            } catch (ConversionException refused) {
                throw refused.in(field + "[" + i + "]");
            } catch (IllegalArgumentException refused) {
                throw new ConversionException(field + "[" + i + "]", refused.getMessage());
            }
        }
        return all;
    }

    /** Refuses a message without a field that it needs. */
    static void needs(boolean present, String field) {
        if (!present) {
            throw new ConversionException(field, "is missing and must be set");
        }
    }

    /** A sensor by its id. */
    static SensorId sensor(String field, String text) {
        return SensorId.of(text)
                .orElseThrow(
                        () ->
                                new ConversionException(
                                        field,
                                        "must be the id of a sensor, for example imu_main, was "
                                                + shown(text)));
    }

    /** A UUID in its canonical text form. */
    static UUID uuid(String field, String text) {
        return CommandCodec.id(text)
                .orElseThrow(
                        () ->
                                new ConversionException(
                                        field,
                                        "must be a UUID, 32 hexadecimal digits as 8-4-4-4-12, was "
                                                + shown(text)));
    }

    /** A twin's id. */
    static TwinId twin(String field, String text) {
        return at(field, () -> new TwinId(text));
    }

    /** Refuses a text that has to be another. */
    static void same(String field, String wanted, String text) {
        if (!text.equals(wanted)) {
            throw new ConversionException(
                    field, "must be " + shown(wanted) + ", was " + shown(text));
        }
    }

    /** A word of a closed set, by its name in the model. */
    static <E extends Enum<E>> E word(String field, Class<E> type, String text) {
        for (E one : type.getEnumConstants()) {
            if (one.name().equals(text)) {
                return one;
            }
        }
        throw new ConversionException(
                field,
                "must be one of "
                        + Arrays.toString(type.getEnumConstants())
                        + ", was "
                        + shown(text));
    }

    /** A finite number. */
    static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new ConversionException(field, "must be finite, was " + value);
        }
        return value;
    }

    /** A text as it may stand in a sentence. */
    static String shown(String text) {
        return '"' + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + '"';
    }
}
