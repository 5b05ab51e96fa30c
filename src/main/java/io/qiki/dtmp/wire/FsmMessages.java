package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.FsmState;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import qiki.fsm.FSMTransitionStatus;
import qiki.fsm.FsmStateSnapshot;
import qiki.fsm.StateTransition;

/**
 * State machines of the original. What the message has no field for travels in its metadata under
 * keys that begin with {@value #OURS}; a key of somebody else that begins so is escaped.
 */
public final class FsmMessages {
    /** Beginning of the keys that belong to the conversion. */
    static final String OURS = "dto_";

    private static final String ESCAPE = "dto_user_";
    private static final String VERSION = "dto_version";
    private static final String REASON = "dto_reason";
    private static final String PREVIOUS = "dto_prev_state";
    private static final String MONO = "dto_mono_ns";
    private static final String ACTIVITY = "dto_activity";
    private static final Set<String> KNOWN = Set.of(VERSION, REASON, PREVIOUS, MONO, ACTIVITY);

    private static final EnumTable<FSMTransitionStatus, FsmReport.Outcome> OUTCOME =
            new EnumTable<>(
                    FSMTransitionStatus.class,
                    FsmReport.Outcome.class,
                    one ->
                            one == FsmReport.Outcome.UNSPECIFIED
                                    ? "FSM_TRANSITION_STATUS_UNSPECIFIED"
                                    : one.name());

    private FsmMessages() {}

    /** A report as a message. */
    public static FsmStateSnapshot toWire(FsmReport report) {
        FsmStateSnapshot.Builder message =
                FsmStateSnapshot.newBuilder()
                        .setCurrentState(EnumTables.STATE.toWire(report.state()))
                        .putAllContextData(report.context())
                        .setSourceModule(report.source())
                        .setAttemptCount(report.attempts());
        report.snapshotId().ifPresent(id -> message.setSnapshotId(Heads.id(id)));
        report.instanceId().ifPresent(id -> message.setFsmInstanceId(Heads.id(id)));
        report.at().ifPresent(message::setTimestamp);
        report.history().forEach(one -> message.addHistory(toWire(one)));
        report.metadata()
                .forEach(
                        (key, value) ->
                                message.putStateMetadata(
                                        key.startsWith(OURS) ? ESCAPE + key : key, value));
        report.version()
                .ifPresent(value -> message.putStateMetadata(VERSION, Long.toString(value)));
        report.reason().ifPresent(value -> message.putStateMetadata(REASON, value));
        report.previous().ifPresent(value -> message.putStateMetadata(PREVIOUS, value.name()));
        report.monoNanos().ifPresent(value -> message.putStateMetadata(MONO, Long.toString(value)));
        report.activity().ifPresent(value -> message.putStateMetadata(ACTIVITY, value.name()));
        return message.build();
    }

    private static StateTransition toWire(FsmReport.Step step) {
        StateTransition.Builder message =
                StateTransition.newBuilder()
                        .setFromState(EnumTables.STATE.toWire(step.from()))
                        .setToState(EnumTables.STATE.toWire(step.to()))
                        .setTriggerEvent(step.trigger())
                        .setStatus(OUTCOME.toWire(step.outcome()))
                        .setErrorMessage(step.error());
        step.at().ifPresent(message::setTimestamp);
        return message.build();
    }

    /**
     * A message as a report.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static FsmReport toModel(FsmStateSnapshot message) {
        SortedMap<String, String> metadata = new TreeMap<>();
        message.getStateMetadataMap()
                .forEach(
                        (key, value) -> {
                            if (!KNOWN.contains(key)) {
                                metadata.put(unescaped(key), value);
                            }
                        });
        Map<String, String> told = message.getStateMetadataMap();
        return new FsmReport(
                Heads.optionalId("snapshot_id", message.hasSnapshotId(), message.getSnapshotId()),
                Heads.date("timestamp", message.hasTimestamp(), message.getTimestamp()),
                EnumTables.STATE.toModel("current_state", message.getCurrentStateValue()),
                Fields.each("history", message.getHistoryList(), FsmMessages::toModel),
                new TreeMap<>(message.getContextDataMap()),
                Heads.optionalId(
                        "fsm_instance_id", message.hasFsmInstanceId(), message.getFsmInstanceId()),
                metadata,
                message.getSourceModule(),
                message.getAttemptCount(),
                whole(told, VERSION),
                Optional.ofNullable(told.get(REASON)),
                word(told, PREVIOUS, FsmState.class),
                whole(told, MONO),
                word(told, ACTIVITY, Activity.class));
    }

    private static FsmReport.Step toModel(StateTransition message) {
        return new FsmReport.Step(
                Heads.date("timestamp", message.hasTimestamp(), message.getTimestamp()),
                EnumTables.STATE.toModel("from_state", message.getFromStateValue()),
                EnumTables.STATE.toModel("to_state", message.getToStateValue()),
                message.getTriggerEvent(),
                OUTCOME.toModel("status", message.getStatusValue()),
                message.getErrorMessage());
    }

    private static String unescaped(String key) {
        if (!key.startsWith(OURS)) {
            return key;
        }
        if (!key.startsWith(ESCAPE + OURS)) {
            throw new ConversionException(
                    "state_metadata",
                    "key "
                            + Fields.shown(key)
                            + " begins with dto_ and is none of "
                            + new TreeSet<>(KNOWN)
                            + "; escape it with dto_user_");
        }
        return key.substring(ESCAPE.length());
    }

    /** One way to write a number, so that it comes back as it was. */
    private static OptionalLong whole(Map<String, String> told, String key) {
        String text = told.get(key);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text);
            if (Long.toString(value).equals(text) && value >= 0) {
                return OptionalLong.of(value);
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new ConversionException(
                "state_metadata." + key,
                "must be a whole number from 0 in plain digits, was " + Fields.shown(text));
    }

    private static <E extends Enum<E>> Optional<E> word(
            Map<String, String> told, String key, Class<E> type) {
        String text = told.get(key);
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(
                Arrays.stream(type.getEnumConstants())
                        .filter(one -> one.name().equals(text))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new ConversionException(
                                                "state_metadata." + key,
                                                "must be one of "
                                                        + Arrays.toString(type.getEnumConstants())
                                                        + ", was "
                                                        + Fields.shown(text))));
    }
}
