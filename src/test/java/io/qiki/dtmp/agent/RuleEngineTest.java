package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.agent.SafetyRule.Quantity;
import io.qiki.dtmp.agent.SafetyRule.Response;
import io.qiki.dtmp.agent.SafetyRule.Side;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.SensorTrust;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.radar.TrackerState;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class RuleEngineTest {
    private static final int CONFIRM = 3;
    private static final int NODES = 6;

    private final Observation quiet = observation();
    private RuleEngine engine;
    private EngineState memory;
    private long tick;
    private double healthScore = 1;
    private boolean tested = true;
    private List<SensorReading> readings = quiet.readings();
    private List<SensorTrust> trust = trusted();
    private List<Proposal> proposals = List.of();

    private static Observation observation() {
        World world = new World(WorldSettings.of(1), List.of(Flight.TWIN));
        world.advance(50);
        return world.observe(0, 10);
    }

    private List<SensorTrust> trusted() {
        return quiet.readings().stream()
                .map(one -> new SensorTrust(one.sensor(), SensorTrust.Verdict.OK, 0))
                .toList();
    }

    private void rules(SafetyRule... rules) {
        AgentSettings standard = Flight.settings(Mission.standard());
        engine =
                new RuleEngine(
                        new AgentSettings(
                                standard.profile(),
                                standard.mission(),
                                standard.stepNanos(),
                                standard.stepsPerTick(),
                                standard.limits(),
                                List.of(rules),
                                standard.collision()));
        memory = engine.initial();
    }

    private static SafetyRule rule(Quantity quantity, Side side, double limit, double clear) {
        String node = quantity == Quantity.TEMPERATURE_KELVIN ? "pdu" : "";
        return new SafetyRule(
                "the-rule", quantity, node, side, limit, clear, CONFIRM, Response.SHED_LOAD);
    }

    private void see(SensorId sensor, Measurement measurement) {
        readings = new ArrayList<>(readings);
        readings.set(sensor.ordinal(), SensorReading.ok(sensor, 9, 50, measurement));
    }

    /** Lets a quantity have a value, and every other one of its sensor a harmless one. */
    private void see(Quantity quantity, double value) {
        switch (quantity) {
            case STATE_OF_CHARGE -> see(SensorId.POWER_GAUGE, gauge(value, 27, 3));
            case BUS_VOLTS -> see(SensorId.POWER_GAUGE, gauge(0.8, value, 3));
            case BUS_AMPERES -> see(SensorId.POWER_GAUGE, gauge(0.8, 27, value));
            case PROPELLANT_KILOGRAMS ->
                    see(SensorId.PROPELLANT_GAUGE, new Measurement.Propellant(value));
            case HEALTH_SCORE -> healthScore = value;
            case TEMPERATURE_KELVIN -> {
                List<Double> kelvin = new ArrayList<>(Collections.nCopies(NODES, 300.0));
                kelvin.set(node("pdu"), value);
                see(SensorId.THERMAL, new Measurement.Temperatures(kelvin));
            }
        }
    }

    private static int node(String name) {
        var nodes = Flight.settings(Mission.standard()).profile().thermal().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).id().id().equals(name)) {
                return i;
            }
        }
        throw new AssertionError(name);
    }

    private static Measurement gauge(double charge, double volts, double amperes) {
        return new Measurement.PowerGauge(charge, volts, amperes, 200, 100, 0.7, List.of());
    }

    private void distrust(SensorId sensor, SensorTrust.Verdict verdict) {
        trust = new ArrayList<>(trusted());
        trust.replaceAll(one -> one.sensor() == sensor ? new SensorTrust(sensor, verdict, 0) : one);
    }

    private void tick() {
        tick++;
        FsmSnapshot active =
                new FsmSnapshot(
                        FsmState.ACTIVE,
                        Activity.CRUISE,
                        SafeModeReason.NONE,
                        new Transition(
                                FsmState.IDLE,
                                Activity.NONE,
                                FsmState.ACTIVE,
                                Activity.CRUISE,
                                "PROPOSALS_RECEIVED",
                                1),
                        2);
        Observation seen =
                new Observation(
                        quiet.twin(),
                        0,
                        tick,
                        5 * tick,
                        readings,
                        quiet.probes(),
                        List.of(),
                        quiet.status(),
                        0,
                        0);
        Situation situation =
                new Situation(
                        tick,
                        5 * tick,
                        Optional.of(seen),
                        active,
                        new BiosReport(tick, tested ? devices() : List.of(), true, healthScore, 1),
                        new SensorMemory(trust, List.of(), NavEstimate.NONE),
                        TrackerState.EMPTY,
                        Actuation.NONE,
                        Drafts.Streams.of(1, Flight.TWIN, "command").at(tick, 0, 0));
        List<Proposal> made = new ArrayList<>();
        memory = engine.propose(situation, memory, made);
        proposals = made;
    }

    private static List<io.qiki.dtmp.model.DeviceStatus> devices() {
        return List.of(
                new io.qiki.dtmp.model.DeviceStatus(
                        "pdu",
                        io.qiki.dtmp.model.DeviceStatus.Kind.POWER_UNIT,
                        io.qiki.dtmp.model.DeviceStatus.Status.OK,
                        io.qiki.dtmp.model.DeviceStatus.Code.NONE,
                        true,
                        ""));
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            tick();
        }
    }

    static Stream<Arguments> everyQuantityAndSide() {
        return Stream.of(
                Arguments.of(Quantity.STATE_OF_CHARGE, Side.BELOW, 0.2, 0.3),
                Arguments.of(Quantity.STATE_OF_CHARGE, Side.ABOVE, 0.9, 0.85),
                Arguments.of(Quantity.BUS_VOLTS, Side.BELOW, 22.5, 23.5),
                Arguments.of(Quantity.BUS_VOLTS, Side.ABOVE, 30.0, 29.0),
                Arguments.of(Quantity.BUS_AMPERES, Side.BELOW, 1.0, 2.0),
                Arguments.of(Quantity.BUS_AMPERES, Side.ABOVE, 7.0, 6.0),
                Arguments.of(Quantity.PROPELLANT_KILOGRAMS, Side.BELOW, 3.0, 3.3),
                Arguments.of(Quantity.PROPELLANT_KILOGRAMS, Side.ABOVE, 11.0, 10.0),
                Arguments.of(Quantity.HEALTH_SCORE, Side.BELOW, 0.7, 0.8),
                Arguments.of(Quantity.HEALTH_SCORE, Side.ABOVE, 0.6, 0.5),
                Arguments.of(Quantity.TEMPERATURE_KELVIN, Side.BELOW, 270.0, 275.0),
                Arguments.of(Quantity.TEMPERATURE_KELVIN, Side.ABOVE, 350.0, 345.0));
    }

    @ParameterizedTest
    @MethodSource("everyQuantityAndSide")
    void shouldRaiseBeyondTheLimitAndClearInsideTheDeadBand(
            Quantity quantity, Side side, double limit, double clear) {
        rules(rule(quantity, side, limit, clear));
        double beyond = limit + (limit - clear) * 0.5;
        double between = (limit + clear) / 2;

        see(quantity, limit);
        ticks(2 * CONFIRM);
        assertThat(proposals).as("at the limit").isEmpty();

        see(quantity, beyond);
        ticks(CONFIRM - 1);
        assertThat(proposals).as("not confirmed").isEmpty();
        tick();
        assertThat(proposals).as("raised").hasSize(1);

        see(quantity, between);
        ticks(2 * CONFIRM);
        assertThat(proposals).as("inside the dead band").hasSize(1);

        see(quantity, clear);
        tick();
        assertThat(proposals).as("cleared").isEmpty();
    }

    @Test
    void shouldCountOnlyTicksInARow() {
        rules(rule(Quantity.BUS_VOLTS, Side.BELOW, 22.5, 23.5));
        for (int i = 0; i < 4; i++) {
            see(Quantity.BUS_VOLTS, 22.4);
            ticks(CONFIRM - 1);
            see(Quantity.BUS_VOLTS, 22.6);
            tick();
        }
        assertThat(proposals).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyQuantityAndSide")
    void shouldNeitherRaiseNorClearOnAValueThatIsNotTrusted(
            Quantity quantity, Side side, double limit, double clear) {
        rules(rule(quantity, side, limit, clear));
        double beyond = limit + (limit - clear) * 0.5;

        see(quantity, beyond);
        lose(quantity);
        ticks(3 * CONFIRM);
        assertThat(proposals).as("raised by a value that is not trusted").isEmpty();

        find();
        ticks(CONFIRM);
        assertThat(proposals).hasSize(1);

        see(quantity, clear);
        lose(quantity);
        ticks(3 * CONFIRM);
        assertThat(proposals).as("cleared by a value that is not trusted").hasSize(1);
    }

    private void lose(Quantity quantity) {
        switch (quantity) {
            case STATE_OF_CHARGE, BUS_VOLTS, BUS_AMPERES ->
                    distrust(SensorId.POWER_GAUGE, SensorTrust.Verdict.STALE);
            case PROPELLANT_KILOGRAMS ->
                    distrust(SensorId.PROPELLANT_GAUGE, SensorTrust.Verdict.INVALID);
            case HEALTH_SCORE -> tested = false;
            case TEMPERATURE_KELVIN -> distrust(SensorId.THERMAL, SensorTrust.Verdict.STALE);
        }
    }

    private void find() {
        trust = trusted();
        tested = true;
    }

    @Test
    void shouldNotRaiseWithoutAReading() {
        rules(rule(Quantity.PROPELLANT_KILOGRAMS, Side.BELOW, 3, 3.3));
        readings = new ArrayList<>(readings);
        readings.set(
                SensorId.PROPELLANT_GAUGE.ordinal(),
                SensorReading.noData(SensorId.PROPELLANT_GAUGE, 0, 0, DataReason.OFF, false));

        ticks(3 * CONFIRM);

        assertThat(proposals).isEmpty();
    }

    @Test
    void shouldLookAtTheNamedNodeOnly() {
        rules(rule(Quantity.TEMPERATURE_KELVIN, Side.ABOVE, 350, 345));
        List<Double> kelvin = new ArrayList<>(Collections.nCopies(NODES, 400.0));
        kelvin.set(node("pdu"), 300.0);
        see(SensorId.THERMAL, new Measurement.Temperatures(kelvin));

        ticks(3 * CONFIRM);

        assertThat(proposals).isEmpty();
    }

    @Test
    void shouldProposeWhatTheResponseSays() {
        for (Response response : Response.values()) {
            rules(
                    new SafetyRule(
                            "volts", Quantity.BUS_VOLTS, "", Side.BELOW, 22.5, 23.5, 1, response));
            see(Quantity.BUS_VOLTS, 22);
            tick();

            Proposal proposal = proposals.get(0);
            assertThat(proposal.type()).isEqualTo(Proposal.Type.SAFETY);
            assertThat(proposal.source()).isEqualTo("rules");
            assertThat(proposal.justification()).isEqualTo("rule volts is raised");
            List<ActuatorCommand> actions = proposal.actions();
            switch (response) {
                case NOTE -> assertThat(actions).isEmpty();
                case SHED_LOAD -> {
                    assertThat(actions).hasSize(1);
                    assertThat(actions.get(0).actuator()).isEqualTo(Actuator.POWER_CONTROLLER);
                    assertThat(actions.get(0).value())
                            .isEqualTo(new CommandValue.Whole(Actuator.PowerMode.SAFE.ordinal()));
                }
                case STOP -> {
                    assertThat(actions).hasSize(1);
                    assertThat(actions.get(0).actuator()).isEqualTo(Actuator.VELOCITY_CONTROLLER);
                    assertThat(actions.get(0).value())
                            .isEqualTo(new CommandValue.Vector(Vec3.ZERO));
                }
            }
        }
    }

    @Test
    void shouldStandByItsProposalWhileTheRuleIsRaised() {
        rules(rule(Quantity.BUS_VOLTS, Side.BELOW, 22.5, 23.5));
        see(Quantity.BUS_VOLTS, 22);
        ticks(CONFIRM);
        Proposal first = proposals.get(0);

        ticks(5);

        assertThat(proposals).containsExactly(first);
    }

    @Test
    void shouldKeepRulesApart() {
        rules(
                rule(Quantity.BUS_VOLTS, Side.BELOW, 22.5, 23.5),
                rule(Quantity.STATE_OF_CHARGE, Side.BELOW, 0.2, 0.3));
        see(SensorId.POWER_GAUGE, gauge(0.1, 27, 3));
        ticks(CONFIRM);
        assertThat(proposals).hasSize(1);
        see(SensorId.POWER_GAUGE, gauge(0.1, 22, 3));
        ticks(CONFIRM);
        assertThat(proposals).hasSize(2);
    }

    @Test
    void shouldFlyAnEvasionToItsEndAndNoFurther() {
        // Given: on a collision course until tick 20, and nothing to be seen of it any more
        rules();
        memory = new RuleMemory(List.of(), true, new Vec3(0, 0.3, 0), 20, List.of());

        // When, then
        for (tick = 10; tick < 19; ) {
            tick();
            assertThat(proposals).as("tick %d", tick).hasSize(1);
            assertThat(proposals.get(0).actions().get(0).value())
                    .isEqualTo(new CommandValue.Vector(new Vec3(0, 0.3, 0)));
        }
        tick();
        assertThat(proposals).isEmpty();
    }
}
