package io.qiki.dtmp.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Hands our immutable records over by reference, inside this process only.
 *
 * <p>One codec serves all of them: it is chosen for every record of this program, so that no class
 * can be forgotten.
 */
public final class ReferenceCodec implements MessageCodec<Object, Object> {
    /** The name under which the bus knows it. */
    public static final String NAME = "qiki-reference";

    private static final String OURS = "io.qiki.dtmp.";

    private ReferenceCodec() {}

    /** Makes a bus carry our records; to be called once per bus, before the first message. */
    public static void install(EventBus bus) {
        bus.registerCodec(new ReferenceCodec());
        bus.codecSelector(ReferenceCodec::select);
    }

    /** The name of the codec for a body of ours, null for others, as the bus wants it. */
    private static String select(Object body) {
        return body instanceof Record && body.getClass().getName().startsWith(OURS) ? NAME : null;
    }

    @Override
    public void encodeToWire(Buffer buffer, Object body) {
        throw new UnsupportedOperationException(
                body.getClass().getName() + " stays in this process; convert it with wire first");
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("records never come over the wire");
    }

    @Override
    public Object transform(Object body) {
        return body;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
