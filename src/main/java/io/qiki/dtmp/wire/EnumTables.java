package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.Unit;
import qiki.fsm.FSMStateEnum;
import qiki.radar.v1.RadarRangeBand;
import qiki.twin.v1.Probe;
import qiki.twin.v1.VehicleStatus;

/** Every closed set of words, on both sides. */
final class EnumTables {
    static final EnumTable<qiki.twin.v1.TruthState, TruthState> TRUTH =
            EnumTable.prefixed(qiki.twin.v1.TruthState.class, TruthState.class, "TRUTH_STATE_");
    static final EnumTable<qiki.twin.v1.DataReason, DataReason> REASON =
            EnumTable.prefixed(qiki.twin.v1.DataReason.class, DataReason.class, "DATA_REASON_");
    static final EnumTable<qiki.twin.v1.CommandStage, CommandStage> STAGE =
            EnumTable.prefixed(
                    qiki.twin.v1.CommandStage.class, CommandStage.class, "COMMAND_STAGE_");
    static final EnumTable<qiki.twin.v1.Activity, Activity> ACTIVITY =
            EnumTable.prefixed(qiki.twin.v1.Activity.class, Activity.class, "ACTIVITY_");
    static final EnumTable<qiki.twin.v1.SafeModeReason, SafeModeReason> SAFE_MODE =
            EnumTable.prefixed(
                    qiki.twin.v1.SafeModeReason.class, SafeModeReason.class, "SAFE_MODE_REASON_");
    static final EnumTable<qiki.twin.v1.RunState, RunState> RUN =
            EnumTable.prefixed(qiki.twin.v1.RunState.class, RunState.class, "RUN_STATE_");
    static final EnumTable<Probe.Result, ProbeAnswer.Result> PROBE =
            EnumTable.prefixed(Probe.Result.class, ProbeAnswer.Result.class, "RESULT_");
    static final EnumTable<VehicleStatus.AttitudeMode, Actuator.AttitudeMode> ATTITUDE =
            EnumTable.prefixed(
                    VehicleStatus.AttitudeMode.class,
                    Actuator.AttitudeMode.class,
                    "ATTITUDE_MODE_");
    static final EnumTable<VehicleStatus.PowerMode, Actuator.PowerMode> POWER =
            EnumTable.prefixed(
                    VehicleStatus.PowerMode.class, Actuator.PowerMode.class, "POWER_MODE_");
    static final EnumTable<FSMStateEnum, FsmState> STATE =
            EnumTable.prefixed(FSMStateEnum.class, FsmState.class, "");
    static final EnumTable<qiki.common.Unit, Unit> UNIT =
            new EnumTable<>(
                    qiki.common.Unit.class,
                    Unit.class,
                    one -> unspecified(one, "UNIT_UNSPECIFIED"));
    static final EnumTable<qiki.actuators.ActuatorCommand.CommandType, ActuatorCommand.Type>
            COMMAND =
                    new EnumTable<>(
                            qiki.actuators.ActuatorCommand.CommandType.class,
                            ActuatorCommand.Type.class,
                            one -> unspecified(one, "COMMAND_TYPE_UNSPECIFIED"));
    static final EnumTable<qiki.mind.Proposal.ProposalType, Proposal.Type> PROPOSAL =
            new EnumTable<>(
                    qiki.mind.Proposal.ProposalType.class,
                    Proposal.Type.class,
                    one -> unspecified(one, "PROPOSAL_TYPE_UNSPECIFIED"));
    static final EnumTable<qiki.radar.v1.TransponderMode, RadarDetection.TransponderMode>
            TRANSPONDER =
                    EnumTable.prefixed(
                            qiki.radar.v1.TransponderMode.class,
                            RadarDetection.TransponderMode.class,
                            "TRANSPONDER_MODE_");
    static final EnumTable<RadarRangeBand, RadarDetection.RangeBand> BAND =
            new EnumTable<>(
                    RadarRangeBand.class,
                    RadarDetection.RangeBand.class,
                    one ->
                            switch (one) {
                                case UNSPECIFIED -> "RR_UNSPECIFIED";
                                case LONG -> "RR_LR";
                                case SHORT -> "RR_SR";
                            });

    static final EnumTable<qiki.radar.v1.ObjectType, RadarTrack.ObjectType> OBJECT =
            new EnumTable<>(
                    qiki.radar.v1.ObjectType.class,
                    RadarTrack.ObjectType.class,
                    one -> unspecified(one, "OBJECT_TYPE_UNSPECIFIED"));
    static final EnumTable<qiki.radar.v1.FriendFoe, RadarTrack.Iff> IFF =
            new EnumTable<>(
                    qiki.radar.v1.FriendFoe.class,
                    RadarTrack.Iff.class,
                    one -> unspecified(one, "FRIEND_FOE_UNSPECIFIED"));
    static final EnumTable<qiki.radar.v1.RadarTrackStatus, RadarTrack.Status> TRACK =
            EnumTable.prefixed(
                    qiki.radar.v1.RadarTrackStatus.class,
                    RadarTrack.Status.class,
                    "RADAR_TRACK_STATUS_");
    static final EnumTable<qiki.bios.DeviceStatus.Status, DeviceStatus.Status> DEVICE =
            new EnumTable<>(
                    qiki.bios.DeviceStatus.Status.class,
                    DeviceStatus.Status.class,
                    one -> unspecified(one, "STATUS_UNSPECIFIED"));
    static final EnumTable<qiki.bios.DeviceStatus.DeviceType, DeviceStatus.Kind> KIND =
            new EnumTable<>(
                    qiki.bios.DeviceStatus.DeviceType.class,
                    DeviceStatus.Kind.class,
                    one -> unspecified(one, "DEVICE_TYPE_UNSPECIFIED"));
    static final EnumTable<qiki.bios.DeviceStatus.StatusCode, DeviceStatus.Code> CODE =
            new EnumTable<>(
                    qiki.bios.DeviceStatus.StatusCode.class,
                    DeviceStatus.Code.class,
                    one -> one == DeviceStatus.Code.NONE ? "STATUS_CODE_UNSPECIFIED" : one.name());
    static final EnumTable<qiki.mind.Proposal.ProposalStatus, ProposalReport.Verdict> VERDICT =
            new EnumTable<>(
                    qiki.mind.Proposal.ProposalStatus.class,
                    ProposalReport.Verdict.class,
                    one -> unspecified(one, "PROPOSAL_STATUS_UNSPECIFIED"));

    private EnumTables() {}

    private static String unspecified(Enum<?> one, String name) {
        return one.name().equals("UNSPECIFIED") ? name : one.name();
    }
}
