package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.SimTime;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.Vec3;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** Values of the model as JSON. */
public final class JsonCodec {
    private JsonCodec() {}

    /** A state: what it is, its activity or null, its safe-mode reason or null. */
    public static JsonObject snapshot(FsmSnapshot snapshot) {
        return new JsonObject()
                .put("state", snapshot.state().name())
                .put("activity", activity(snapshot.activity()))
                .put("safe_mode_reason", reason(snapshot.reason()));
    }

    /** A transition; activities only where there are any. */
    public static JsonObject transition(Transition transition) {
        return new JsonObject()
                .put("from", transition.from().name())
                .put("from_activity", activity(transition.fromActivity()))
                .put("to", transition.to().name())
                .put("to_activity", activity(transition.toActivity()))
                .put("trigger", transition.trigger())
                .put("tick", transition.tick());
    }

    /**
     * A decision.
     *
     * @param stages how far a command has come
     */
    public static JsonObject decision(
            DecisionRecord decision, Function<ActuatorCommand, Optional<CommandOutcome>> stages) {
        return new JsonObject()
                .put("tick", decision.tick())
                .put("state", decision.state().name())
                .put("proposals", array(decision.proposals(), JsonCodec::judged))
                .put(
                        "commands",
                        array(
                                decision.commands(),
                                command -> command(command, stages.apply(command))));
    }

    /** A proposal with its verdict. */
    public static JsonObject judged(JudgedProposal judged) {
        Proposal proposal = judged.proposal();
        return new JsonObject()
                .put("id", proposal.id().toString())
                .put("source", proposal.source())
                .put("type", proposal.type().name())
                .put("priority", proposal.priority())
                .put("confidence", proposal.confidence())
                .put("verdict", judged.verdict().name())
                .put("reason", judged.reason().name())
                .put("justification", proposal.justification())
                .put("goal", activity(proposal.goal()))
                .put("expires_tick", proposal.expiresTick())
                .put("actions", proposal.actions().size());
    }

    /** A command and the stage it has reached; REQUESTED before the first report. */
    public static JsonObject command(ActuatorCommand command, Optional<CommandOutcome> outcome) {
        return new JsonObject()
                .put("id", command.id().toString())
                .put("stage", outcome.map(o -> o.stage().name()).orElse("REQUESTED"))
                .put("code", outcome.map(o -> o.code().text()).orElse("none"))
                .put("actuator", command.actuator().id())
                .put("command_type", command.type().name())
                .put("value", value(command.value()))
                .put("unit", command.unit().symbol())
                .put("timeout_ms", command.timeoutMillis());
    }

    /** A self-test; null before the first one. */
    public static JsonObject bios(BiosReport report) {
        return new JsonObject()
                .put("tick", report.tick())
                .put("all_systems_go", report.allSystemsGo())
                .put("health_score", report.healthScore())
                .put("profile_hash", io.qiki.dtmp.model.Hash64.hex(report.profileHash()))
                .put("devices", array(report.devices(), JsonCodec::device));
    }

    /** A row of a self-test. */
    public static JsonObject device(DeviceStatus device) {
        return new JsonObject()
                .put("device", device.device())
                .put("kind", device.kind().name())
                .put("status", device.status().name())
                .put("code", device.code().name())
                .put("beep", device.code().beep())
                .put("critical", device.critical())
                .put("message", device.message());
    }

    /** A contact; ages are simulation time. */
    public static JsonObject track(RadarTrack track, long nowStep, long stepNanos) {
        return new JsonObject()
                .put("id", track.id().toString())
                .put("status", track.status().name())
                .put("object_type", track.type().name())
                .put("iff", track.iff().name())
                .put("position_m", vector(track.positionWorld()))
                .put("velocity_mps", vector(track.velocityWorld()))
                .put("range_m", track.rangeMetres())
                .put("vr_mps", track.radialVelocityMps())
                .put("snr_db", track.snrDecibels())
                .put("rcs_dbsm", track.crossSectionDbsm())
                .put("transponder_mode", track.transponder().name())
                .put("transponder_id", track.transponderId())
                .put("quality", track.quality())
                .put("hits", track.hits())
                .put("miss_count", track.misses())
                .put("age_ms", SimTime.millis(Math.max(0, nowStep - track.lastStep()), stepNanos));
    }

    /** An event as it stands in the log. */
    public static JsonObject event(long id, TwinEvent event, long stepNanos) {
        JsonObject data = new JsonObject();
        event.data().forEach(data::put);
        return new JsonObject()
                .put("id", id)
                .put("type", event.type())
                .put("twin", event.twin().value())
                .put("tick", event.tick())
                .put("sim_time_s", new SimTime(event.step(), stepNanos).seconds())
                .put("severity", event.severity().name())
                .put("truth", event.truth().name())
                .put("reason", event.reason())
                .put("data", data);
    }

    /** An array of what a function makes of each element. */
    public static <T> JsonArray array(Collection<T> values, Function<T, ?> each) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(each.apply(value)));
        return array;
    }

    /** [x, y, z]. */
    public static JsonArray vector(Vec3 v) {
        return new JsonArray().add(v.x()).add(v.y()).add(v.z());
    }

    /** [w, x, y, z]. */
    public static JsonArray quaternion(Quaternion q) {
        return new JsonArray().add(q.w()).add(q.x()).add(q.y()).add(q.z());
    }

    static Object value(CommandValue value) {
        if (value instanceof CommandValue.Scalar scalar) {
            return scalar.value();
        } else if (value instanceof CommandValue.Whole whole) {
            return whole.value();
        } else if (value instanceof CommandValue.Flag flag) {
            return flag.value();
        }
        return vector(((CommandValue.Vector) value).value());
    }

    private static String activity(Activity activity) {
        return activity == Activity.NONE ? null : activity.name();
    }

    private static String reason(SafeModeReason reason) {
        return reason == SafeModeReason.NONE ? null : reason.name();
    }
}
