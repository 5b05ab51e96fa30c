package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.Transition;
import qiki.twin.v1.State;

/** States of agents, without loss. */
public final class StateMessages {
    private StateMessages() {}

    /** A state as a message. */
    public static State toWire(StoredState state) {
        return State.newBuilder()
                .setTwin(state.twin().value())
                .setEpoch(state.epoch())
                .setVersion(state.version())
                .setTick(state.tick())
                .setSnapshot(toWire(state.snapshot()))
                .build();
    }

    /**
     * A message as a state.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static StoredState toModel(State message) {
        Fields.needs(message.hasSnapshot(), "snapshot");
        return new StoredState(
                Fields.twin("twin", message.getTwin()),
                message.getEpoch(),
                message.getVersion(),
                message.getTick(),
                Fields.at("snapshot", () -> toModel(message.getSnapshot())));
    }

    /** A snapshot of a state machine as a message. */
    public static qiki.twin.v1.FsmSnapshot toWire(FsmSnapshot snapshot) {
        return qiki.twin.v1.FsmSnapshot.newBuilder()
                .setState(EnumTables.STATE.toWire(snapshot.state()))
                .setActivity(EnumTables.ACTIVITY.toWire(snapshot.activity()))
                .setReason(EnumTables.SAFE_MODE.toWire(snapshot.reason()))
                .setLast(toWire(snapshot.last()))
                .setTransitions(snapshot.transitions())
                .build();
    }

    /**
     * A message as a snapshot.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static FsmSnapshot toModel(qiki.twin.v1.FsmSnapshot message) {
        Fields.needs(message.hasLast(), "last");
        return new FsmSnapshot(
                EnumTables.STATE.toModel("state", message.getStateValue()),
                EnumTables.ACTIVITY.toModel("activity", message.getActivityValue()),
                EnumTables.SAFE_MODE.toModel("reason", message.getReasonValue()),
                Fields.at("last", () -> toModel(message.getLast())),
                message.getTransitions());
    }

    /** A transition as a message. */
    public static qiki.twin.v1.Transition toWire(Transition one) {
        return qiki.twin.v1.Transition.newBuilder()
                .setFrom(EnumTables.STATE.toWire(one.from()))
                .setFromActivity(EnumTables.ACTIVITY.toWire(one.fromActivity()))
                .setTo(EnumTables.STATE.toWire(one.to()))
                .setToActivity(EnumTables.ACTIVITY.toWire(one.toActivity()))
                .setTrigger(one.trigger())
                .setTick(one.tick())
                .build();
    }

    private static Transition toModel(qiki.twin.v1.Transition message) {
        return new Transition(
                EnumTables.STATE.toModel("from", message.getFromValue()),
                EnumTables.ACTIVITY.toModel("from_activity", message.getFromActivityValue()),
                EnumTables.STATE.toModel("to", message.getToValue()),
                EnumTables.ACTIVITY.toModel("to_activity", message.getToActivityValue()),
                message.getTrigger(),
                message.getTick());
    }
}
