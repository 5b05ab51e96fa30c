package io.qiki.dtmp.wire;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A closed set of words on both sides.
 *
 * @param <W> on the wire
 * @param <M> in the model
 */
final class EnumTable<W extends Enum<W> & ProtocolMessageEnum, M extends Enum<M>> {
    private final Map<M, W> toWire;
    private final Map<Integer, M> toModel = new HashMap<>();
    private final Map<Integer, W> known = new HashMap<>();
    private final Class<M> model;

    /**
     * A table by names.
     *
     * @param name of the wire's constant for one of the model
     */
    EnumTable(Class<W> wire, Class<M> model, Function<M, String> name) {
        this.model = model;
        toWire = new EnumMap<>(model);
        for (W one : wire.getEnumConstants()) {
            if (!one.name().equals("UNRECOGNIZED")) {
                known.put(one.getNumber(), one);
            }
        }
        for (M one : model.getEnumConstants()) {
            W peer = Enum.valueOf(wire, name.apply(one));
            toWire.put(one, peer);
            toModel.put(peer.getNumber(), one);
        }
    }

    /** A table whose names differ by a prefix only. */
    static <W extends Enum<W> & ProtocolMessageEnum, M extends Enum<M>> EnumTable<W, M> prefixed(
            Class<W> wire, Class<M> model, String prefix) {
        return new EnumTable<>(wire, model, one -> prefix + one.name());
    }

    W toWire(M one) {
        return toWire.get(one);
    }

    /** The model's word; refuses a number that is unknown or not stated. */
    M toModel(String field, int number) {
        M found = toModel.get(number);
        if (found == null) {
            throw new ConversionException(
                    field,
                    "must be one of "
                            + Arrays.toString(model.getEnumConstants())
                            + ", was "
                            + Optional.ofNullable(known.get(number))
                                    .map(Enum::name)
                                    .orElse("the unknown number " + number));
        }
        return found;
    }
}
