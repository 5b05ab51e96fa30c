package io.qiki.dtmp.web;

import io.qiki.dtmp.model.AgentOutlook;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.SensorTrust;
import io.qiki.dtmp.model.SimTime;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.signal.Content;
import io.qiki.dtmp.signal.SignalDefinition;
import io.qiki.dtmp.signal.SignalDictionary;
import io.qiki.dtmp.signal.SignalLimits;
import io.qiki.dtmp.signal.SignalPlan;
import io.qiki.dtmp.signal.SignalValue;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.wire.JsonCodec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the interface says of a twin. */
final class TwinJson {
    private static final List<String> PHASES = List.of("sense", "bios", "fsm", "propose", "decide");

    private final SignalPlan plan;
    private final Instant epoch;
    private final SignalDictionary dictionary;

    TwinJson(SignalPlan plan, Instant epoch) {
        this.plan = plan;
        this.epoch = epoch;
        this.dictionary = new SignalDictionary(plan);
    }

    /** The row of a twin in lists; before its first tick as it is born. */
    JsonObject row(LiveView live, TwinView view, long nowNanos) {
        RunStatus run = live.runStatus();
        JsonObject row = new JsonObject().put("id", view.twin().value());
        row.mergeIn(
                view.report()
                        .map(report -> row(view.state().orElse(report.state()), report))
                        .orElseGet(() -> before(view.state())));
        return row.put("run_state", run.runState().name())
                .put("speed", run.speed())
                .put("shard", live.shardOf(view))
                .put("age_ms", view.ageMillis(nowNanos));
    }

    /** A state with its history. */
    JsonObject state(JsonObject row, StateStoreClient.StateAndHistory stored) {
        return row.mergeIn(JsonCodec.snapshot(stored.state().snapshot()))
                .put("version", stored.state().version())
                .put("epoch", stored.state().epoch())
                .put(
                        "history",
                        JsonCodec.array(stored.history().transitions(), JsonCodec::transition))
                .put("history_dropped", stored.history().dropped());
    }

    /** Every signal, sensor, contact and the self-test at the newest tick. */
    JsonObject telemetry(TwinView view) {
        JsonObject json = new JsonObject().put("twin", view.twin().value());
        if (view.report().isEmpty()) {
            return json.put("tick", 0)
                    .put("sim_time_s", 0.0)
                    .put("sim_time_utc", utc(0))
                    .put("version", 0)
                    .put("signals", unread())
                    .put("sensors", new JsonArray())
                    .put("tracks", new JsonArray())
                    .putNull("bios")
                    .putNull("goal")
                    .putNull("safe_exit");
        }
        TwinReport report = view.report().get();
        long step = report.observation().step();
        JsonObject signals = new JsonObject();
        for (SignalValue value : dictionary.read(report)) {
            signals.put(value.signal().name(), signal(value));
        }
        return json.put("tick", report.observation().tick())
                .put("step", step)
                .put("incarnation", report.observation().incarnation())
                .put("sim_time_s", new SimTime(step, plan.stepNanos()).seconds())
                .put("sim_time_utc", utc(step))
                .put("version", report.state().version())
                .put("signals", signals)
                .put(
                        "sensors",
                        JsonCodec.array(report.observation().readings(), r -> sensor(r, report)))
                .put(
                        "tracks",
                        JsonCodec.array(
                                report.tracks(),
                                track -> JsonCodec.track(track, step, plan.stepNanos())))
                .put(
                        "bios",
                        report.bios().devices().isEmpty() ? null : JsonCodec.bios(report.bios()))
                .put("goal", goal(report.outlook().aim()))
                .put("safe_exit", exit(report.outlook().exit()));
    }

    /** The date of a step: the configured epoch plus simulation time. */
    private String utc(long step) {
        return epoch.plusNanos(step * plan.stepNanos()).toString();
    }

    private static JsonObject goal(AgentOutlook.Aim aim) {
        return aim.present()
                ? new JsonObject()
                        .put("label", aim.label())
                        .put("activity", aim.activity().name())
                        .put("place_m", JsonCodec.vector(aim.placeWorld()))
                : null;
    }

    private static JsonObject exit(AgentOutlook.Exit exit) {
        return exit.present()
                ? new JsonObject()
                        .put("good_ticks", exit.goodTicks())
                        .put("needed_ticks", exit.neededTicks())
                        .put("failing", exit.failing().isEmpty() ? null : exit.failing())
                : null;
    }

    /** A decision and the phases of its tick. */
    JsonObject decision(TwinView view, TwinView.Decided decided) {
        JsonObject phases = new JsonObject();
        for (int i = 0; i < Math.min(PHASES.size(), decided.phaseMicros().size()); i++) {
            phases.put(PHASES.get(i), decided.phaseMicros().get(i));
        }
        return JsonCodec.decision(decided.decision(), view::stage).put("phases_us", phases);
    }

    /** The dictionary. */
    JsonArray definitions() {
        return JsonCodec.array(dictionary.definitions(), TwinJson::definition);
    }

    private static JsonObject definition(SignalDefinition signal) {
        return new JsonObject()
                .put("name", signal.name())
                .put("unit", signal.unit())
                .put("kind", signal.kind().name())
                .put("min", orNull(signal.min()))
                .put("max", orNull(signal.max()))
                .put("rate_hz", signal.rateHertz())
                .put("source", signal.source())
                .put("limits", limits(signal.limits()));
    }

    private JsonObject row(StoredState state, TwinReport report) {
        long step = report.observation().step();
        return JsonCodec.snapshot(state.snapshot())
                .put("version", state.version())
                .put("epoch", state.epoch())
                .put("tick", report.observation().tick())
                .put("sim_time_s", new SimTime(step, plan.stepNanos()).seconds());
    }

    /** A twin whose first tick has not been shown, as it is known or as it is born. */
    private static JsonObject before(Optional<StoredState> known) {
        return JsonCodec.snapshot(
                        known.map(StoredState::snapshot).orElseGet(FsmSnapshot::coldStart))
                .put("version", known.map(StoredState::version).orElse(0L))
                .put("epoch", known.map(StoredState::epoch).orElse(0L))
                .put("tick", 0)
                .put("sim_time_s", 0.0);
    }

    private JsonObject unread() {
        JsonObject signals = new JsonObject();
        for (SignalDefinition definition : dictionary.definitions()) {
            signals.put(definition.name(), signal(dictionary.unread(definition)));
        }
        return signals;
    }

    private JsonObject signal(SignalValue value) {
        JsonObject json =
                new JsonObject()
                        .put("value", value(value.content()))
                        .put("unit", value.signal().unit())
                        .put("source_tick", plan.tickOf(value.sourceStep()))
                        .put("age_ms", value.ageMillis())
                        .put("stale_after_ms", value.staleAfterMillis())
                        .put("truth", value.truth().name())
                        .put("reason", reason(value.reason()))
                        .put("forced", value.forced())
                        .put("source", value.signal().source());
        return value.signal().limits().equals(SignalLimits.NONE)
                ? json
                : json.put("limits", limits(value.signal().limits()))
                        .put(
                                "level",
                                value.truth() == TruthState.NO_DATA ? null : value.level().name());
    }

    private static JsonObject limits(SignalLimits limits) {
        return new JsonObject()
                .put("low_critical", orNull(limits.lowCritical()))
                .put("low_warning", orNull(limits.lowWarning()))
                .put("high_warning", orNull(limits.highWarning()))
                .put("high_critical", orNull(limits.highCritical()));
    }

    private static Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private JsonObject sensor(SensorReading reading, TwinReport report) {
        SensorId id = reading.sensor();
        SignalPlan.Source source = plan.source(id);
        String trust =
                report.trust().stream()
                        .filter(t -> t.sensor() == id)
                        .findFirst()
                        .map(SensorTrust::verdict)
                        .map(Enum::name)
                        .orElse(null);
        return new JsonObject()
                .put("id", id.id())
                .put("critical", source.critical())
                .put("rate_hz", source.rateHertz())
                .put("sequence", reading.sequence())
                .put("source_tick", plan.tickOf(reading.sourceStep()))
                .put("age_ms", plan.ageMillis(report.observation().step(), reading.sourceStep()))
                .put("stale_after_ms", source.freshMillis())
                .put("truth", reading.truth().name())
                .put("reason", reason(reading.reason()))
                .put("quality", reading.quality())
                .put("forced", reading.forced())
                .put("trust", trust);
    }

    private static String reason(io.qiki.dtmp.model.DataReason reason) {
        return reason == io.qiki.dtmp.model.DataReason.NONE ? null : reason.text();
    }

    private static Object value(Content content) {
        if (content instanceof Content.Scalar scalar) {
            return scalar.value();
        } else if (content instanceof Content.Whole whole) {
            return whole.value();
        } else if (content instanceof Content.Flag flag) {
            return flag.value();
        } else if (content instanceof Content.Text text) {
            return text.value();
        } else if (content instanceof Content.Numbers numbers) {
            return new JsonArray(numbers.values());
        } else if (content instanceof Content.Texts texts) {
            return new JsonArray(texts.values());
        }
        return null;
    }
}
