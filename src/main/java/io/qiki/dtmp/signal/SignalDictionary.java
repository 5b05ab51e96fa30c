package io.qiki.dtmp.signal;

import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleStatus;
import io.qiki.dtmp.signal.SignalDefinition.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Every signal of a vehicle, and what a tick says of each, in a fixed order. */
public final class SignalDictionary {
    private static final double ANY = Double.NaN;
    private static final double PERCENT = 100;
    private static final String STATUS = "status";
    private static final String AGENT = "agent";

    private final SignalPlan plan;
    private final List<Row> rows = new ArrayList<>();

    /** The dictionary of a vehicle. */
    public SignalDictionary(SignalPlan plan) {
        this.plan = plan;
        addMotion();
        addPower();
        addThermal();
        addControl();
        addAgent();
        addNotBuilt();
    }

    /** Every signal, in its order. */
    public List<SignalDefinition> definitions() {
        return rows.stream().map(Row::definition).toList();
    }

    /** What a tick says of every signal, in the order of the definitions. */
    public List<SignalValue> read(TwinReport report) {
        List<SignalValue> values = new ArrayList<>(rows.size());
        for (Row row : rows) {
            values.add(row.reader().apply(report));
        }
        return values;
    }

    /** What is said of a signal before the first tick. */
    public SignalValue unread(SignalDefinition definition) {
        boolean built = definition.rateHertz() > 0;
        return new SignalValue(
                definition,
                Content.Absent.INSTANCE,
                0,
                0,
                plan.tickFreshMillis(),
                TruthState.NO_DATA,
                built ? DataReason.NOT_YET : DataReason.NOT_BUILT,
                false);
    }

    private void addMotion() {
        vector(
                "nav.position_m",
                "m",
                SensorId.NAV,
                Measurement.Navigation.class,
                m -> m.positionWorld());
        vector(
                "nav.velocity_mps",
                "m/s",
                SensorId.NAV,
                Measurement.Navigation.class,
                m -> m.velocityWorld());
        number(
                "nav.speed_mps",
                "m/s",
                0,
                ANY,
                SensorId.NAV,
                Measurement.Navigation.class,
                m -> m.velocityWorld().norm());
        sensor(
                "attitude.quaternion",
                "1",
                Kind.QUATERNION,
                -1,
                1,
                SensorId.STAR_TRACKER,
                Measurement.Attitude.class,
                m -> Content.of(m.bodyToWorld()));
        vector(
                "rates.body_radps",
                "rad/s",
                SensorId.IMU_MAIN,
                Measurement.Inertial.class,
                m -> m.rateBody());
        vector(
                "accel.body_mps2",
                "m/s2",
                SensorId.IMU_MAIN,
                Measurement.Inertial.class,
                m -> m.specificForceBody());
        number(
                "lidar.range_m",
                "m",
                0,
                ANY,
                SensorId.LIDAR_FRONT,
                Measurement.Range.class,
                m -> m.metres());
        vector(
                "sun.direction_body",
                "1",
                SensorId.SOLAR,
                Measurement.SunDirection.class,
                m -> m.directionBody());
        vector(
                "magnetic.field_body_t",
                "T",
                SensorId.MAGNETOMETER,
                Measurement.MagneticField.class,
                m -> m.teslaBody());
        sensor(
                "radar.detections",
                "1",
                Kind.COUNT,
                0,
                ANY,
                SensorId.RADAR_360,
                Measurement.Radar.class,
                m -> new Content.Whole(m.frame().detections().size()));
        contacts();
    }

    private void addPower() {
        SensorId gauge = SensorId.POWER_GAUGE;
        Class<Measurement.PowerGauge> type = Measurement.PowerGauge.class;
        number("power.soc", "%", 0, PERCENT, gauge, type, m -> PERCENT * m.stateOfCharge());
        number("power.bus_v", "V", 0, ANY, gauge, type, m -> m.busVolts());
        number("power.bus_a", "A", 0, ANY, gauge, type, m -> m.busAmperes());
        number("power.array_w", "W", 0, ANY, gauge, type, m -> m.arrayWatts());
        number("power.load_w", "W", 0, ANY, gauge, type, m -> m.loadWatts());
        number(
                "power.supercap_soc",
                "%",
                0,
                PERCENT,
                gauge,
                type,
                m -> PERCENT * m.supercapStateOfCharge());
        sensor("power.shed", "1", Kind.LIST, ANY, ANY, gauge, type, m -> shed(m));
        number(
                "propellant_kg",
                "kg",
                0,
                ANY,
                SensorId.PROPELLANT_GAUGE,
                Measurement.Propellant.class,
                m -> m.kilograms());
    }

    private void addThermal() {
        for (int i = 0; i < plan.thermalNodes().size(); i++) {
            int node = i;
            number(
                    "thermal." + plan.thermalNodes().get(node) + "_k",
                    "K",
                    0,
                    ANY,
                    SensorId.THERMAL,
                    Measurement.Temperatures.class,
                    m -> m.kelvin().get(node));
        }
    }

    private void addControl() {
        status("control.attitude_mode", "1", Kind.TEXT, s -> text(s.attitudeMode()));
        status(
                "control.attitude_target",
                "1",
                Kind.QUATERNION,
                s -> Content.of(s.attitudeTarget()));
        status("control.velocity_held", "1", Kind.FLAG, s -> new Content.Flag(s.velocityHeld()));
        status(
                "control.velocity_target_mps",
                "m/s",
                Kind.VECTOR,
                s -> Content.of(s.velocityTargetWorld()));
        status("control.power_mode", "1", Kind.TEXT, s -> text(s.powerMode()));
        status("control.lapsed", "1", Kind.FLAG, s -> new Content.Flag(s.lapsed()));
        status("control.burst", "1", Kind.FLAG, s -> new Content.Flag(s.burst()));
        status("thrusters.force_body_n", "N", Kind.VECTOR, s -> Content.of(s.forceBody()));
        status("thrusters.torque_body_nm", "N m", Kind.VECTOR, s -> Content.of(s.torqueBody()));
        status("thrusters.firing_mask", "1", Kind.COUNT, s -> new Content.Whole(s.firing()));
        status(
                "thrusters.firing_count",
                "1",
                Kind.COUNT,
                s -> new Content.Whole(Integer.bitCount(s.firing())));
    }

    private void addAgent() {
        bios(
                "bios.health_score",
                "1",
                Kind.NUMBER,
                r -> new Content.Scalar(r.bios().healthScore()));
        bios("bios.all_systems_go", "1", Kind.FLAG, r -> new Content.Flag(r.bios().allSystemsGo()));
    }

    private void addNotBuilt() {
        absent("dock.state", "1", Kind.TEXT);
        absent("link.state", "1", Kind.TEXT);
        absent("docking.range_m", "m", Kind.NUMBER);
        absent("proximity.range_m", "m", Kind.NUMBER);
        absent("radiation.dose_rate_svps", "Sv/s", Kind.NUMBER);
    }

    /** Confirmed contacts: known only while the radar gives frames. */
    private void contacts() {
        SignalDefinition definition =
                definition("radar.contacts", "1", Kind.COUNT, 0, ANY, SensorId.RADAR_360);
        rows.add(new Row(definition, report -> contacts(definition, report)));
    }

    private SignalValue contacts(SignalDefinition definition, TwinReport report) {
        long confirmed = report.tracks().stream().filter(track -> track.confirmed()).count();
        return value(definition, report, SensorId.RADAR_360, new Content.Whole(confirmed));
    }

    private <M extends Measurement> void vector(
            String name, String unit, SensorId sensor, Class<M> type, Function<M, Vec3> part) {
        sensor(name, unit, Kind.VECTOR, ANY, ANY, sensor, type, m -> Content.of(part.apply(m)));
    }

    private <M extends Measurement> void number(
            String name,
            String unit,
            double min,
            double max,
            SensorId sensor,
            Class<M> type,
            Function<M, Double> part) {
        sensor(
                name,
                unit,
                Kind.NUMBER,
                min,
                max,
                sensor,
                type,
                m -> new Content.Scalar(part.apply(m)));
    }

    private <M extends Measurement> void sensor(
            String name,
            String unit,
            Kind kind,
            double min,
            double max,
            SensorId sensor,
            Class<M> type,
            Function<M, Content> part) {
        SignalDefinition definition = definition(name, unit, kind, min, max, sensor);
        rows.add(
                new Row(
                        definition,
                        report -> {
                            Measurement measured =
                                    report.observation().reading(sensor).measurement();
                            Content content =
                                    type.isInstance(measured)
                                            ? part.apply(type.cast(measured))
                                            : Content.Absent.INSTANCE;
                            return value(definition, report, sensor, content);
                        }));
    }

    private SignalDefinition definition(
            String name, String unit, Kind kind, double min, double max, SensorId sensor) {
        double rate = plan.source(sensor).rateHertz();
        return new SignalDefinition(
                name, unit, kind, min, max, rate, sensor.id(), plan.limits(name));
    }

    private SignalValue value(
            SignalDefinition definition, TwinReport report, SensorId sensor, Content content) {
        SensorReading reading = report.observation().reading(sensor);
        boolean absent = reading.truth() == TruthState.NO_DATA || content instanceof Content.Absent;
        boolean misfit = absent && reading.truth() != TruthState.NO_DATA;
        return new SignalValue(
                definition,
                absent ? Content.Absent.INSTANCE : content,
                reading.sourceStep(),
                plan.ageMillis(report.observation().step(), reading.sourceStep()),
                plan.source(sensor).freshMillis(),
                absent ? TruthState.NO_DATA : reading.truth(),
                misfit ? DataReason.IMPLAUSIBLE : reading.reason(),
                reading.forced());
    }

    private void status(
            String name, String unit, Kind kind, Function<VehicleStatus, Content> part) {
        SignalDefinition definition = perTick(name, unit, kind, STATUS);
        rows.add(
                new Row(
                        definition,
                        report ->
                                atTick(
                                        definition,
                                        report,
                                        report.observation().step(),
                                        part.apply(report.observation().status()))));
    }

    private void bios(String name, String unit, Kind kind, Function<TwinReport, Content> part) {
        SignalDefinition definition = perTick(name, unit, kind, AGENT);
        rows.add(
                new Row(
                        definition,
                        report ->
                                report.bios().devices().isEmpty()
                                        ? missing(definition, report, DataReason.NOT_YET)
                                        : atTick(
                                                definition,
                                                report,
                                                report.bios().tick() * plan.stepsPerTick(),
                                                part.apply(report))));
    }

    private void absent(String name, String unit, Kind kind) {
        SignalDefinition definition =
                new SignalDefinition(name, unit, kind, ANY, ANY, 0, "none", SignalLimits.NONE);
        rows.add(new Row(definition, report -> missing(definition, report, DataReason.NOT_BUILT)));
    }

    private SignalDefinition perTick(String name, String unit, Kind kind, String source) {
        return new SignalDefinition(
                name, unit, kind, ANY, ANY, plan.tickRateHertz(), source, SignalLimits.NONE);
    }

    private SignalValue atTick(
            SignalDefinition definition, TwinReport report, long sourceStep, Content content) {
        return new SignalValue(
                definition,
                content,
                sourceStep,
                plan.ageMillis(report.observation().step(), sourceStep),
                plan.tickFreshMillis(),
                TruthState.OK,
                DataReason.NONE,
                false);
    }

    private SignalValue missing(SignalDefinition definition, TwinReport report, DataReason reason) {
        return new SignalValue(
                definition,
                Content.Absent.INSTANCE,
                0,
                plan.ageMillis(report.observation().step(), 0),
                plan.tickFreshMillis(),
                TruthState.NO_DATA,
                reason,
                false);
    }

    private static Content shed(Measurement.PowerGauge gauge) {
        return new Content.Texts(
                gauge.shed().stream().map(load -> load.load() + " " + load.reason()).toList());
    }

    private static Content text(Enum<?> constant) {
        return new Content.Text(constant.name());
    }

    private record Row(SignalDefinition definition, Function<TwinReport, SignalValue> reader) {}
}
