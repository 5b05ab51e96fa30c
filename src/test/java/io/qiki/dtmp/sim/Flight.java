package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A world of one vehicle for tests: sends commands, ticks, remembers outcomes. */
final class Flight {
    static final TwinId TWIN = new TwinId("qiki-1");
    final World world;
    final List<CommandOutcome> outcomes = new ArrayList<>();
    private long tick;
    private long counter;

    Flight(long seed) {
        this(WorldSettings.of(seed));
    }

    Flight(WorldSettings settings) {
        world = new World(settings, List.of(TWIN));
    }

    static WorldSettings settings(long seed, VehicleProfile profile, Scene scene) {
        return new WorldSettings(
                seed,
                WorldSettings.DEFAULT_STEP_NANOS,
                WorldSettings.DEFAULT_STEPS_PER_TICK,
                profile,
                scene);
    }

    static Scene scene(double meanMotion, Scene.Eclipse eclipse, Scene.Start start) {
        Scene plain = Scene.station();
        return new Scene(
                plain.id(),
                plain.sunDirectionWorld(),
                plain.sunWattsPerSquareMetre(),
                plain.magneticFieldWorld(),
                meanMotion,
                eclipse,
                start,
                plain.objects());
    }

    /** A scene in which the sun never shines. */
    static Scene dark() {
        return scene(0, new Scene.Eclipse(1_000_000_000L, 1_000_000_000L), Scene.station().start());
    }

    /** One tick with an attached agent that wants nothing new. */
    Observation tick() {
        world.agentBatch(0, 1, List.of());
        return alone();
    }

    /** One tick without an agent. */
    Observation alone() {
        world.advance(5);
        Observation observation = world.observe(0, ++tick);
        outcomes.addAll(observation.outcomes());
        return observation;
    }

    Observation ticks(int count) {
        Observation last = tick();
        for (int k = 1; k < count; k++) {
            last = tick();
        }
        return last;
    }

    Observation seconds(int seconds) {
        return ticks(10 * seconds);
    }

    ActuatorCommand command(
            Actuator actuator, ActuatorCommand.Type type, CommandValue value, Unit unit, int ms) {
        return new ActuatorCommand(new UUID(7, ++counter), TWIN, actuator, type, value, unit, ms);
    }

    UUID send(ActuatorCommand command) {
        world.agentBatch(0, 1, List.of(command));
        return command.id();
    }

    UUID velocity(double x, double y, double z) {
        return send(
                command(
                        Actuator.VELOCITY_CONTROLLER,
                        ActuatorCommand.Type.SET_VELOCITY,
                        new CommandValue.Vector(new Vec3(x, y, z)),
                        Unit.METERS_PER_SECOND,
                        0));
    }

    UUID coast() {
        return send(
                command(
                        Actuator.VELOCITY_CONTROLLER,
                        ActuatorCommand.Type.DISABLE,
                        new CommandValue.Flag(false),
                        Unit.UNSPECIFIED,
                        0));
    }

    UUID rotate(double x, double y, double z) {
        return send(
                command(
                        Actuator.ATTITUDE_CONTROLLER,
                        ActuatorCommand.Type.ROTATE,
                        new CommandValue.Vector(new Vec3(x, y, z)),
                        Unit.RADIANS,
                        0));
    }

    UUID mode(Actuator actuator, int mode) {
        return send(
                command(
                        actuator,
                        ActuatorCommand.Type.SET_MODE,
                        new CommandValue.Whole(mode),
                        Unit.UNSPECIFIED,
                        0));
    }

    UUID burst(Actuator actuator, double percent, int ms) {
        return send(
                command(
                        actuator,
                        ActuatorCommand.Type.SET_VELOCITY,
                        new CommandValue.Scalar(percent),
                        Unit.PERCENT,
                        ms));
    }

    List<CommandStage> stages(UUID id) {
        return outcomes.stream()
                .filter(outcome -> outcome.commandId().equals(id))
                .map(CommandOutcome::stage)
                .toList();
    }

    Truth truth() {
        return world.truth(0);
    }
}
