package io.qiki.dtmp.launcher;

import io.qiki.dtmp.agent.TransitionTable;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.FsmState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The table of the state machine as the interface gives it; drawn from the one that is run. */
final class FsmJson {
    private FsmJson() {}

    static JsonObject table() {
        JsonArray rows = new JsonArray();
        for (TransitionTable.Row row : TransitionTable.rows()) {
            for (FsmState from : row.from()) {
                rows.add(row(row, from));
            }
        }
        return new JsonObject()
                .put("states", names(FsmState.values()))
                .put("activities", names(Activity.values()))
                .put("rows", rows);
    }

    private static JsonObject row(TransitionTable.Row row, FsmState from) {
        return new JsonObject()
                .put("from", from.name())
                .put("from_activity", name(row.fromActivity()))
                .put("condition", row.condition().name())
                .put("to", row.to().name())
                .put("to_activity", name(row.toActivity()))
                .put("trigger", row.trigger())
                .put("priority", row.priority());
    }

    private static String name(Activity activity) {
        return activity == Activity.NONE ? null : activity.name();
    }

    private static JsonArray names(Enum<?>[] constants) {
        return new JsonArray(List.of(constants).stream().map(Enum::name).toList());
    }
}
