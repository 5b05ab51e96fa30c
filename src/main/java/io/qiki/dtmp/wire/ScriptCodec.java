package io.qiki.dtmp.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.qiki.dtmp.model.Observation;
import java.util.ArrayList;
import java.util.List;

/**
 * Scripts of observations: one message per line in the JSON of protobuf; nothing is lost but the
 * sign of a zero.
 */
public final class ScriptCodec {
    private ScriptCodec() {}

    /** An observation as a line. */
    public static String line(Observation seen) {
        try {
            return JsonFormat.printer()
                    .omittingInsignificantWhitespace()
                    .preservingProtoFieldNames()
                    .print(ObservationMessages.toWire(seen));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a whole message can be printed", e);
        }
    }

    /**
     * The observations of lines.
     *
     * @throws IllegalArgumentException naming the line, the field and what would be right
     */
    public static List<Observation> read(List<String> lines) {
        List<Observation> script = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank()) {
                script.add(read(line, i + 1));
            }
        }
        return script;
    }

    private static Observation read(String line, int number) {
        qiki.twin.v1.Observation.Builder message = qiki.twin.v1.Observation.newBuilder();
        try {
            JsonFormat.parser().merge(line, message);
            return ObservationMessages.toModel(message.build());
        } catch (InvalidProtocolBufferException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("line " + number + ": " + wrong.getMessage(), wrong);
        }
    }
}
