package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.VehicleStatus;
import qiki.twin.v1.Outcome;
import qiki.twin.v1.Probe;

/** Observations in doubles, whole and without loss. */
public final class ObservationMessages {
    private ObservationMessages() {}

    /** An observation as a message that stands alone. */
    public static qiki.twin.v1.Observation toWire(Observation seen) {
        qiki.twin.v1.Observation.Builder message = bare(seen).setWorldHash(seen.worldHash());
        seen.outcomes().forEach(one -> message.addOutcomes(outcome(one)));
        return message.build();
    }

    /** The same without what stands in a batch once for all. */
    static qiki.twin.v1.Observation.Builder bare(Observation seen) {
        qiki.twin.v1.Observation.Builder message =
                qiki.twin.v1.Observation.newBuilder()
                        .setTwin(seen.twin().value())
                        .setIncarnation(seen.incarnation())
                        .setTick(seen.tick())
                        .setStep(seen.step())
                        .setStatus(status(seen.status()))
                        .setEpochSeen(seen.epochSeen());
        seen.readings().forEach(one -> message.addReadings(ReadingMessages.toWire(one)));
        seen.probes().forEach(one -> message.addProbes(probe(one)));
        return message;
    }

    /**
     * A message as an observation.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static Observation toModel(qiki.twin.v1.Observation message) {
        Fields.needs(message.hasStatus(), "status");
        return new Observation(
                Fields.twin("twin", message.getTwin()),
                message.getIncarnation(),
                message.getTick(),
                message.getStep(),
                Fields.each("readings", message.getReadingsList(), ReadingMessages::toModel),
                Fields.each("probes", message.getProbesList(), ObservationMessages::probe),
                Fields.each("outcomes", message.getOutcomesList(), ObservationMessages::outcome),
                Fields.at("status", () -> status(message.getStatus())),
                message.getEpochSeen(),
                message.getWorldHash());
    }

    private static Probe probe(ProbeAnswer one) {
        return Probe.newBuilder()
                .setDevice(one.device())
                .setResult(EnumTables.PROBE.toWire(one.result()))
                .setValue(one.value())
                .setAgeSteps(one.ageSteps())
                .build();
    }

    private static ProbeAnswer probe(Probe message) {
        return new ProbeAnswer(
                message.getDevice(),
                EnumTables.PROBE.toModel("result", message.getResultValue()),
                message.getValue(),
                message.getAgeSteps());
    }

    static Outcome outcome(CommandOutcome one) {
        return Outcome.newBuilder()
                .setCommandId(one.commandId().toString())
                .setActuator(one.actuator().id())
                .setStage(EnumTables.STAGE.toWire(one.stage()))
                .setCode(one.code().code())
                .setStep(one.step())
                .build();
    }

    static CommandOutcome outcome(Outcome message) {
        return new CommandOutcome(
                Fields.uuid("command_id", message.getCommandId()),
                actuator(message.getActuator()),
                EnumTables.STAGE.toModel("stage", message.getStageValue()),
                code(message.getCode()),
                message.getStep());
    }

    static FailureCode code(int number) {
        return FailureCode.of(number)
                .orElseThrow(
                        () ->
                                new ConversionException(
                                        "code", "must be a failure code, was " + number));
    }

    /** An actuator by its name or UUID. */
    static Actuator actuator(String text) {
        return Actuator.of(text)
                .orElseThrow(
                        () ->
                                new ConversionException(
                                        "actuator",
                                        "must be the id or UUID of an actuator, for example"
                                                + " rcs_forward, was "
                                                + Fields.shown(text)));
    }

    static qiki.twin.v1.Failure failure(Failure failure) {
        return qiki.twin.v1.Failure.newBuilder()
                .setCode(failure.code().code())
                .setSentence(failure.sentence())
                .build();
    }

    static Failure failure(qiki.twin.v1.Failure message) {
        return new Failure(code(message.getCode()), message.getSentence());
    }

    private static qiki.twin.v1.VehicleStatus status(VehicleStatus status) {
        return qiki.twin.v1.VehicleStatus.newBuilder()
                .setAttitudeMode(EnumTables.ATTITUDE.toWire(status.attitudeMode()))
                .setAttitudeTarget(GeometryMessages.toWire(status.attitudeTarget()))
                .setVelocityHeld(status.velocityHeld())
                .setVelocityTargetMps(GeometryMessages.toWire(status.velocityTargetWorld()))
                .setPowerMode(EnumTables.POWER.toWire(status.powerMode()))
                .setLapsed(status.lapsed())
                .setBurst(status.burst())
                .setForceN(GeometryMessages.toWire(status.forceBody()))
                .setTorqueNm(GeometryMessages.toWire(status.torqueBody()))
                .setFiring(status.firing())
                .build();
    }

    private static VehicleStatus status(qiki.twin.v1.VehicleStatus message) {
        Fields.needs(message.hasAttitudeTarget(), "attitude_target");
        Fields.needs(message.hasVelocityTargetMps(), "velocity_target_mps");
        Fields.needs(message.hasForceN(), "force_n");
        Fields.needs(message.hasTorqueNm(), "torque_nm");
        return new VehicleStatus(
                EnumTables.ATTITUDE.toModel("attitude_mode", message.getAttitudeModeValue()),
                Fields.at(
                        "attitude_target",
                        () -> GeometryMessages.toModel(message.getAttitudeTarget())),
                message.getVelocityHeld(),
                Fields.at(
                        "velocity_target_mps",
                        () -> GeometryMessages.toModel(message.getVelocityTargetMps())),
                EnumTables.POWER.toModel("power_mode", message.getPowerModeValue()),
                message.getLapsed(),
                message.getBurst(),
                Fields.at("force_n", () -> GeometryMessages.toModel(message.getForceN())),
                Fields.at("torque_nm", () -> GeometryMessages.toModel(message.getTorqueNm())),
                message.getFiring());
    }
}
