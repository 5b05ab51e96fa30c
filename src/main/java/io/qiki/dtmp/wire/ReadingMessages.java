package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import qiki.twin.v1.Echo;
import qiki.twin.v1.Inertial;
import qiki.twin.v1.Navigation;
import qiki.twin.v1.Power;
import qiki.twin.v1.Reading;
import qiki.twin.v1.ShedLoad;
import qiki.twin.v1.Sweep;
import qiki.twin.v1.Temperatures;

/** Readings in doubles, every measurement without loss. */
public final class ReadingMessages {
    private ReadingMessages() {}

    /** A reading as a message. */
    public static Reading toWire(SensorReading reading) {
        Reading.Builder message =
                Reading.newBuilder()
                        .setSensor(reading.sensor().id())
                        .setSequence(reading.sequence())
                        .setSourceStep(reading.sourceStep())
                        .setTruth(EnumTables.TRUTH.toWire(reading.truth()))
                        .setReason(EnumTables.REASON.toWire(reading.reason()))
                        .setQuality(reading.quality())
                        .setForced(reading.forced());
        put(message, reading.measurement());
        return message.build();
    }

    private static void put(Reading.Builder message, Measurement measurement) {
        if (measurement instanceof Measurement.Inertial one) {
            message.setInertial(
                    Inertial.newBuilder()
                            .setRateRadps(GeometryMessages.toWire(one.rateBody()))
                            .setSpecificForceMps2(
                                    GeometryMessages.toWire(one.specificForceBody())));
        } else if (measurement instanceof Measurement.Navigation one) {
            message.setNavigation(
                    Navigation.newBuilder()
                            .setPositionM(GeometryMessages.toWire(one.positionWorld()))
                            .setVelocityMps(GeometryMessages.toWire(one.velocityWorld())));
        } else if (measurement instanceof Measurement.Attitude one) {
            message.setAttitude(GeometryMessages.toWire(one.bodyToWorld()));
        } else if (measurement instanceof Measurement.Range one) {
            message.setRangeM(one.metres());
        } else if (measurement instanceof Measurement.SunDirection one) {
            message.setSunDirection(GeometryMessages.toWire(one.directionBody()));
        } else if (measurement instanceof Measurement.MagneticField one) {
            message.setMagneticFieldT(GeometryMessages.toWire(one.teslaBody()));
        } else if (measurement instanceof Measurement.Temperatures one) {
            message.setTemperatures(Temperatures.newBuilder().addAllKelvin(one.kelvin()));
        } else if (measurement instanceof Measurement.PowerGauge one) {
            message.setPower(power(one));
        } else if (measurement instanceof Measurement.Propellant one) {
            message.setPropellantKg(one.kilograms());
        } else if (measurement instanceof Measurement.Radar one) {
            message.setRadar(sweep(one.frame()));
        }
    }

    private static Power power(Measurement.PowerGauge gauge) {
        Power.Builder message =
                Power.newBuilder()
                        .setStateOfCharge(gauge.stateOfCharge())
                        .setBusV(gauge.busVolts())
                        .setBusA(gauge.busAmperes())
                        .setArrayW(gauge.arrayWatts())
                        .setLoadW(gauge.loadWatts())
                        .setSupercapStateOfCharge(gauge.supercapStateOfCharge());
        gauge.shed()
                .forEach(
                        one ->
                                message.addShed(
                                        ShedLoad.newBuilder()
                                                .setLoad(one.load())
                                                .setReason(one.reason())));
        return message.build();
    }

    private static Sweep sweep(RadarFrame frame) {
        Sweep.Builder message =
                Sweep.newBuilder().setSequence(frame.sequence()).setSourceStep(frame.sourceStep());
        frame.detections().forEach(one -> message.addEchoes(echo(one)));
        return message.build();
    }

    private static Echo echo(RadarDetection one) {
        return Echo.newBuilder()
                .setRangeM(one.rangeMetres())
                .setBearingRad(one.bearingRadians())
                .setElevationRad(one.elevationRadians())
                .setRadialVelocityMps(one.radialVelocityMps())
                .setSnrDb(one.snrDecibels())
                .setCrossSectionDbsm(one.crossSectionDbsm())
                .setTransponder(EnumTables.TRANSPONDER.toWire(one.transponder()))
                .setTransponderId(one.transponderId())
                .setBand(EnumTables.BAND.toWire(one.band()))
                .build();
    }

    /**
     * A message as a reading.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static SensorReading toModel(Reading message) {
        SensorId sensor = Fields.sensor("sensor", message.getSensor());
        return new SensorReading(
                sensor,
                message.getSequence(),
                message.getSourceStep(),
                EnumTables.TRUTH.toModel("truth", message.getTruthValue()),
                EnumTables.REASON.toModel("reason", message.getReasonValue()),
                message.getQuality(),
                message.getForced(),
                measurement(message));
    }

    private static Measurement measurement(Reading message) {
        return switch (message.getMeasurementCase()) {
            case INERTIAL -> Fields.at("inertial", () -> inertial(message.getInertial()));
            case NAVIGATION -> Fields.at("navigation", () -> navigation(message.getNavigation()));
            case ATTITUDE ->
                    Fields.at(
                            "attitude",
                            () ->
                                    new Measurement.Attitude(
                                            GeometryMessages.toModel(message.getAttitude())));
            case RANGE_M -> Fields.at("range_m", () -> new Measurement.Range(message.getRangeM()));
            case SUN_DIRECTION ->
                    Fields.at(
                            "sun_direction",
                            () ->
                                    new Measurement.SunDirection(
                                            GeometryMessages.toModel(message.getSunDirection())));
            case MAGNETIC_FIELD_T ->
                    Fields.at(
                            "magnetic_field_t",
                            () ->
                                    new Measurement.MagneticField(
                                            GeometryMessages.toModel(message.getMagneticFieldT())));
            case TEMPERATURES ->
                    Fields.at(
                            "temperatures",
                            () ->
                                    new Measurement.Temperatures(
                                            message.getTemperatures().getKelvinList()));
            case POWER -> Fields.at("power", () -> power(message.getPower()));
            case PROPELLANT_KG ->
                    Fields.at(
                            "propellant_kg",
                            () -> new Measurement.Propellant(message.getPropellantKg()));
            case RADAR ->
                    Fields.at("radar", () -> new Measurement.Radar(sweep(message.getRadar())));
            case MEASUREMENT_NOT_SET -> Measurement.None.INSTANCE;
        };
    }

    private static Measurement inertial(Inertial message) {
        Fields.needs(message.hasRateRadps(), "rate_radps");
        Fields.needs(message.hasSpecificForceMps2(), "specific_force_mps2");
        return new Measurement.Inertial(
                Fields.at("rate_radps", () -> GeometryMessages.toModel(message.getRateRadps())),
                Fields.at(
                        "specific_force_mps2",
                        () -> GeometryMessages.toModel(message.getSpecificForceMps2())));
    }

    private static Measurement navigation(Navigation message) {
        Fields.needs(message.hasPositionM(), "position_m");
        Fields.needs(message.hasVelocityMps(), "velocity_mps");
        return new Measurement.Navigation(
                Fields.at("position_m", () -> GeometryMessages.toModel(message.getPositionM())),
                Fields.at(
                        "velocity_mps", () -> GeometryMessages.toModel(message.getVelocityMps())));
    }

    private static Measurement power(Power message) {
        return new Measurement.PowerGauge(
                message.getStateOfCharge(),
                message.getBusV(),
                message.getBusA(),
                message.getArrayW(),
                message.getLoadW(),
                message.getSupercapStateOfCharge(),
                Fields.each(
                        "shed",
                        message.getShedList(),
                        one -> new Measurement.ShedLoad(one.getLoad(), one.getReason())));
    }

    private static RadarFrame sweep(Sweep message) {
        return new RadarFrame(
                message.getSequence(),
                message.getSourceStep(),
                Fields.each("echoes", message.getEchoesList(), ReadingMessages::detection));
    }

    private static RadarDetection detection(Echo message) {
        return new RadarDetection(
                message.getRangeM(),
                message.getBearingRad(),
                message.getElevationRad(),
                message.getRadialVelocityMps(),
                message.getSnrDb(),
                message.getCrossSectionDbsm(),
                EnumTables.TRANSPONDER.toModel("transponder", message.getTransponderValue()),
                message.getTransponderId(),
                EnumTables.BAND.toModel("band", message.getBandValue()));
    }
}
