package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Events as they come from another process, in the form that {@link JsonCodec#event} gives. */
public final class EventCodec {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LONGEST_SECONDS = 1e12;

    private EventCodec() {}

    /**
     * An event; its id belongs to the log it comes from and is left out.
     *
     * @param stepNanos simulation time of a step, ns; the same there as here
     * @throws IllegalArgumentException naming the field and what would be right
     */
    public static TwinEvent read(JsonFields event, long stepNanos) {
        double seconds = event.number("sim_time_s", 0, LONGEST_SECONDS);
        return new TwinEvent(
                event.text("type"),
                new TwinId(event.text("twin")),
                event.whole("tick", 0, Long.MAX_VALUE),
                Math.round(seconds * NANOS_PER_SECOND / stepNanos),
                Fields.word("severity", TwinEvent.Severity.class, event.text("severity")),
                Fields.word("truth", TruthState.class, event.text("truth")),
                event.text("reason"),
                data(event.object("data").json()));
    }

    private static SortedMap<String, String> data(JsonObject json) {
        SortedMap<String, String> data = new TreeMap<>();
        for (Map.Entry<String, Object> one : json) {
            data.put(one.getKey(), String.valueOf(one.getValue()));
        }
        return data;
    }
}
