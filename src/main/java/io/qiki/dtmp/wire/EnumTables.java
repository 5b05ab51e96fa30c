package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.RadarDetection;
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
                    one -> one == Unit.UNSPECIFIED ? "UNIT_UNSPECIFIED" : one.name());
    static final EnumTable<qiki.actuators.ActuatorCommand.CommandType, ActuatorCommand.Type>
            COMMAND =
                    new EnumTable<>(
                            qiki.actuators.ActuatorCommand.CommandType.class,
                            ActuatorCommand.Type.class,
                            one ->
                                    one == ActuatorCommand.Type.UNSPECIFIED
                                            ? "COMMAND_TYPE_UNSPECIFIED"
                                            : one.name());
    static final EnumTable<qiki.mind.Proposal.ProposalType, Proposal.Type> PROPOSAL =
            new EnumTable<>(
                    qiki.mind.Proposal.ProposalType.class,
                    Proposal.Type.class,
                    one ->
                            one == Proposal.Type.UNSPECIFIED
                                    ? "PROPOSAL_TYPE_UNSPECIFIED"
                                    : one.name());
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

    private EnumTables() {}
}
