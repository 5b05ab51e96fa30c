package io.qiki.dtmp.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.DerivedId;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.sim.Columns;
import io.qiki.dtmp.sim.CommandSource;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.testkit.PlainMemory;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a world remembers is in its columns, and every bit of them is in its fingerprint. */
@Timeout(60)
class WorldHashTest {
    private static final TwinId ONE = new TwinId("qiki-1");
    private static final TwinId TWO = new TwinId("qiki-2");
    private static final int STEPS_PER_TICK = 5;

    /**
     * What the simulator writes beside the columns: intermediate results of one step, written
     * before they are read. That they are is what {@link #shouldNotNeedItsScratchMemory} shows.
     */
    private static final SortedSet<String> SCRATCH =
            new TreeSet<>(
                    List.of(
                            "Allocation.trial",
                            "AttitudeControl.angle",
                            "Measuring.scratch",
                            "OnboardFilter.innovation",
                            "OnboardFilter.scratch",
                            "PowerPlane.batteryHeat",
                            "PowerPlane.batteryLoss",
                            "PowerPlane.supercapLoss",
                            "Probes.cache",
                            "Readings.cache",
                            "RigidBody.massLost",
                            "RigidBody.qw",
                            "RigidBody.qx",
                            "RigidBody.qy",
                            "RigidBody.qz",
                            "RigidBody.rx",
                            "RigidBody.ry",
                            "RigidBody.rz",
                            "SaturatedAllocation.basic",
                            "SaturatedAllocation.change",
                            "SaturatedAllocation.column",
                            "SaturatedAllocation.cost",
                            "SaturatedAllocation.inverse",
                            "SaturatedAllocation.place",
                            "SaturatedAllocation.price",
                            "SaturatedAllocation.value",
                            "ThermalPlane.equipment",
                            "ThermalPlane.flow",
                            "VelocityControl.scratch",
                            "VelocityControl.target",
                            "World.sunBody"));

    @Test
    void shouldChangeWithEveryBitOfEveryColumn() {
        // Given
        World world = busyWorld(7);
        Columns columns = world.columns();
        long hash = world.hash(1);
        assertThat(columns.all()).hasSizeGreaterThan(50);

        for (int c = 0; c < columns.all().size(); c++) {
            for (int k = 0; k < columns.all().get(c).width(); k++) {
                long bits = columns.bits(1, c, k);
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    // When
                    columns.setBits(1, c, k, bits ^ 1L << bit);

                    // Then
                    assertThat(world.hash(1))
                            .as("%s[%d] bit %d", columns.all().get(c).name(), k, bit)
                            .isNotEqualTo(hash);
                }
                columns.setBits(1, c, k, bits);
            }
        }
        assertThat(world.hash(1)).isEqualTo(hash);
    }

    @Test
    void shouldNotDependOnTheNeighbours() {
        // Given
        World world = busyWorld(7);
        long hash = world.hash(1);

        // When
        for (int c = 0; c < world.columns().all().size(); c++) {
            world.columns().setBits(0, c, 0, ~world.columns().bits(0, c, 0));
        }

        // Then
        assertThat(world.hash(1)).isEqualTo(hash);
    }

    @Test
    void shouldListEverythingItWritesBesideTheColumns() {
        // Given
        World world = new World(WorldSettings.of(7), List.of(ONE, TWO));
        PlainMemory memory = new PlainMemory(world, columnsOf(world));
        SortedSet<String> changed = new TreeSet<>();

        // When
        for (int tick = 1; tick <= 300; tick++) {
            List<Object> before = memory.read();
            tick(world, tick);
            changed.addAll(memory.changedSince(before));
        }

        // Then
        assertThat(changed).isEqualTo(SCRATCH);
    }

    @Test
    void shouldNotNeedItsScratchMemory() {
        // Given
        World world = new World(WorldSettings.of(7), List.of(ONE, TWO));
        World spoilt = new World(WorldSettings.of(7), List.of(ONE, TWO));
        PlainMemory memory = new PlainMemory(spoilt, columnsOf(spoilt));

        for (int tick = 1; tick <= 300; tick++) {
            // When
            List<Object> before = memory.read();
            tick(world, tick);
            tick(spoilt, tick);
            memory.changedSince(before);
            memory.spoilWritten();

            // Then
            assertThat(spoilt.hash(0)).as("tick %d", tick).isEqualTo(world.hash(0));
            assertThat(spoilt.hash(1)).as("tick %d", tick).isEqualTo(world.hash(1));
        }
    }

    @Test
    void shouldGoOnFromASnapshotAsIfNothingHadHappened() {
        // Given
        World original = busyWorld(7);
        World restored = new World(WorldSettings.of(7), List.of(TWO));

        // When
        restored.restore(0, original.snapshot(1));

        // Then
        for (int tick = 101; tick <= 200; tick++) {
            command(original, 1, tick);
            command(restored, 0, tick);
            original.advance(STEPS_PER_TICK);
            restored.advance(STEPS_PER_TICK);
            assertThat(restored.observe(0, tick)).isEqualTo(original.observe(1, tick));
        }
    }

    /** Two vehicles after 100 ticks with commands waiting, acting and reported, and a fault. */
    private static World busyWorld(long seed) {
        World world = new World(WorldSettings.of(seed), List.of(ONE, TWO));
        for (int tick = 1; tick <= 100; tick++) {
            tick(world, tick);
        }
        assertThat(world.admit(1, burst(TWO, 1_000), source(1_000)).code())
                .isEqualTo(FailureCode.NONE);
        return world;
    }

    private static void tick(World world, int tick) {
        for (int i = 0; i < world.size(); i++) {
            command(world, i, tick);
        }
        if (tick == 20) {
            FaultSpec fault =
                    new FaultSpec(
                            "f1",
                            FaultSpec.Type.SENSOR_OFF,
                            "lidar_front",
                            new TreeMap<>(),
                            30,
                            Long.MAX_VALUE);
            assertThat(world.injectFault(1, fault)).isEmpty();
        }
        world.advance(STEPS_PER_TICK);
        for (int i = 0; i < world.size(); i++) {
            world.observe(i, tick);
        }
    }

    private static void command(World world, int vehicle, int tick) {
        TwinId twin = world.twin(vehicle);
        List<ActuatorCommand> batch = List.of();
        if (tick % 10 == 1) {
            batch = List.of(velocity(twin, tick));
        }
        assertThat(world.agentBatch(vehicle, 1, batch)).isEqualTo(FailureCode.NONE);
        if (tick % 25 == 2) {
            world.admit(vehicle, burst(twin, tick), source(tick));
        }
    }

    private static ActuatorCommand velocity(TwinId twin, int tick) {
        return new ActuatorCommand(
                DerivedId.of(7, twin, "velocity", tick),
                twin,
                Actuator.VELOCITY_CONTROLLER,
                ActuatorCommand.Type.SET_VELOCITY,
                new CommandValue.Vector(new Vec3(0.01 * (tick % 70), 0.2, -0.1)),
                Unit.METERS_PER_SECOND,
                0);
    }

    private static ActuatorCommand burst(TwinId twin, int tick) {
        return new ActuatorCommand(
                DerivedId.of(7, twin, "burst", tick),
                twin,
                Actuator.RCS_FORWARD,
                ActuatorCommand.Type.SET_VELOCITY,
                new CommandValue.Scalar(40),
                Unit.PERCENT,
                500);
    }

    private static CommandSource source(int sequence) {
        return new CommandSource(CommandSource.OPERATOR, "test", sequence);
    }

    /** The registry of the columns and the arrays in it. */
    private static Object[] columnsOf(World world) {
        List<Object> known = new ArrayList<>();
        known.add(world.columns());
        for (String field : List.of("doubleArrays", "longArrays")) {
            try {
                Field arrays = Columns.class.getDeclaredField(field);
                arrays.setAccessible(true);
                known.addAll(Arrays.asList((Object[]) arrays.get(world.columns())));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the columns have no field " + field, e);
            }
        }
        assertThat(known).hasSize(1 + world.columns().all().size());
        return known.toArray();
    }
}
