package io.qiki.dtmp.nats;

import io.nats.client.impl.Headers;
import io.qiki.dtmp.model.Check;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A message on its way out: a CloudEvent whose attributes travel as headers.
 *
 * @param subject where to
 * @param id unique among all processes and for ever
 * @param type CloudEvents type, for example {@code qiki.twin.v1.State}
 * @param time date of what it tells: configured epoch plus simulation time, RFC 3339
 * @param contentType of the body
 * @param extras further headers
 * @param body as it is sent
 */
// The body is made for the message and nobody touches it again; a copy would cost, not protect.
@SuppressWarnings("ArrayRecordComponent")
record OutMessage(
        String subject,
        String id,
        String type,
        String time,
        String contentType,
        SortedMap<String, String> extras,
        byte[] body) {
    static final String PROTOBUF = "application/protobuf";
    static final String JSON = "application/json";

    /** Header: the name of the process that sent it. */
    static final String SOURCE = "qiki-source";

    /** Header: whose it is. */
    static final String TWIN = "qiki-twin";

    /** Header: how many messages before it, on its way, had to be given up. */
    static final String MISSED = "qiki-missed";

    /** Header: by which JetStream knows a repetition. */
    static final String MESSAGE_ID = "Nats-Msg-Id";

    private static final int OVERHEAD_BYTES = 400;

    OutMessage {
        Check.text(subject, "subject");
        Check.text(id, "message id");
        Check.text(type, "type");
        Check.text(time, "time");
        Check.text(contentType, "content type");
        extras = new TreeMap<>(extras);
        Check.present(body, "body");
    }

    /** What it takes in memory, bytes, headers estimated. */
    int size() {
        return body.length + OVERHEAD_BYTES;
    }

    /**
     * Its headers.
     *
     * @param source name of the process
     * @param missed messages before it that had to be given up; 0: none
     */
    Headers headers(String source, long missed) {
        Headers headers =
                new Headers()
                        .put("ce_specversion", "1.0")
                        .put("ce_id", id)
                        .put("ce_type", type)
                        .put("ce_source", "urn:qiki:" + source)
                        .put("ce_time", time)
                        .put("ce_datacontenttype", contentType)
                        .put(MESSAGE_ID, id)
                        .put(SOURCE, source);
        for (Map.Entry<String, String> extra : extras.entrySet()) {
            headers.put(extra.getKey(), extra.getValue());
        }
        return missed == 0 ? headers : headers.put(MISSED, Long.toString(missed));
    }
}
