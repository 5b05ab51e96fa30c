package io.qiki.dtmp.wire;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A closed set of words on both sides.
 *
 * @param <W> on the wire
 * @param <M> in the model
 */
final class EnumTable<W extends Enum<W> & ProtocolMessageEnum, M extends Enum<M>> {
    private final Map<M, W> toWire;
    private final Map<W, M> toModel;
    private final Class<M> model;

    /**
     * A table by names.
     *
     * @param name of the wire's constant for one of the model
     */
    EnumTable(Class<W> wire, Class<M> model, Function<M, String> name) {
        this.model = model;
        toWire = new EnumMap<>(model);
        toModel = new EnumMap<>(wire);
        for (M one : model.getEnumConstants()) {
            W peer = Enum.valueOf(wire, name.apply(one));
            toWire.put(one, peer);
            toModel.put(peer, one);
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
    M toModel(String field, W one) {
        M found = toModel.get(one);
        if (found == null) {
            throw new ConversionException(
                    field,
                    "must be one of "
                            + Arrays.toString(model.getEnumConstants())
                            + ", was "
                            + (one.name().equals("UNRECOGNIZED") ? "an unknown number" : one));
        }
        return found;
    }
}
