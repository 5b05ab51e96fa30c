package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.HeldFault;
import io.vertx.core.json.JsonObject;
import java.util.List;
import qiki.twin.v1.CommandReply;
import qiki.twin.v1.InjectFaultRequest;

/** What is asked of a twin in a message, and what is answered. */
public final class OrderMessages {
    private OrderMessages() {}

    /**
     * The fault that a request wants.
     *
     * @throws IllegalArgumentException naming the field and what would be right
     */
    public static FaultSpec fault(FaultCodec codec, InjectFaultRequest request) {
        JsonObject parameters = new JsonObject();
        request.getParametersMap().forEach(parameters::put);
        JsonObject body =
                new JsonObject()
                        .put("type", request.getType())
                        .put("target", request.getTarget())
                        .put("parameters", parameters);
        if (request.hasFromTick()) {
            body.put("from_tick", request.getFromTick());
        }
        if (request.hasUntilTick()) {
            body.put("until_tick", request.getUntilTick());
        }
        return codec.read(JsonFields.of(body));
    }

    /** A command was taken. */
    public static CommandReply taken(CommandLife life) {
        return CommandReply.newBuilder()
                .setOk(true)
                .setId(life.id().toString())
                .setStage(EnumTables.STAGE.toWire(life.stage()))
                .build();
    }

    /** Something else was done, under an id. */
    public static CommandReply done(String id) {
        return CommandReply.newBuilder().setOk(true).setId(id).build();
    }

    /** The faults of a vehicle. */
    public static CommandReply faults(List<HeldFault> held) {
        CommandReply.Builder reply = CommandReply.newBuilder().setOk(true);
        for (HeldFault one : held) {
            reply.addFaultsBuilder()
                    .setFault(SnapshotMessages.toWire(one.fault()))
                    .setActive(one.active());
        }
        return reply.build();
    }

    /** It was refused. */
    public static CommandReply refused(Failure failure) {
        return CommandReply.newBuilder()
                .setCode(failure.code().text())
                .setSentence(failure.sentence())
                .build();
    }
}
