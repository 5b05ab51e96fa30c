package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.ActuatorCommand.Type;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class WorldTest {
    private static final String FROZEN = "290a060f05fd5cf8";

    private static List<TwinId> twins(int count) {
        List<TwinId> twins = new ArrayList<>();
        for (int k = 1; k <= count; k++) {
            twins.add(new TwinId("qiki-" + k));
        }
        return twins;
    }

    /** What a busy agent of a twin sends at a tick; depends on twin and tick alone. */
    private static List<ActuatorCommand> orders(TwinId twin, long tick) {
        if (tick % 20 != 3) {
            return List.of();
        }
        long number = twin.value().charAt(twin.value().length() - 1);
        return List.of(
                new ActuatorCommand(
                        new UUID(number, tick),
                        twin,
                        Actuator.VELOCITY_CONTROLLER,
                        Type.SET_VELOCITY,
                        new CommandValue.Vector(new Vec3(0.1 * (tick % 7), 0.2, -0.01 * number)),
                        Unit.METERS_PER_SECOND,
                        0),
                new ActuatorCommand(
                        new UUID(number + 1000, tick),
                        twin,
                        Actuator.ATTITUDE_CONTROLLER,
                        Type.ROTATE,
                        new CommandValue.Vector(new Vec3(0, 0.1 * (tick % 5), 0.3)),
                        Unit.RADIANS,
                        0));
    }

    private static long fly(World world, int vehicle, long from, long to) {
        long chain = 0;
        for (long tick = from; tick <= to; tick++) {
            world.agentBatch(vehicle, 1, orders(world.twin(vehicle), tick));
            if (tick == 40) {
                world.injectFault(vehicle, ControlTest.off(SensorId.IMU_MAIN));
            }
            world.advance(vehicle, 5);
            chain = Hash64.mix(chain ^ world.observe(vehicle, tick).worldHash());
        }
        return chain;
    }

    @Test
    void shouldGiveTheSameHashesTwiceAndOthersForAnotherSeed() {
        // Given two worlds of one seed and one of another, when they fly alike
        long first = fly(new World(WorldSettings.of(7), twins(1)), 0, 1, 200);
        long second = fly(new World(WorldSettings.of(7), twins(1)), 0, 1, 200);
        long other = fly(new World(WorldSettings.of(8), twins(1)), 0, 1, 200);
        // Then the first two agree in every tick
        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void shouldKeepItsHashesForever() {
        // Given seed 7, when 500 ticks are flown, then the chain is this: a frozen reference value,
        // the same on every platform and Java release
        assertThat(Hash64.hex(fly(new World(WorldSettings.of(7), twins(1)), 0, 1, 500)))
                .isEqualTo(FROZEN);
    }

    @Test
    void shouldNotDependOnHowManyThereAreNorOnTheirPlace() {
        // Given one vehicle alone, and the same among 130 in two orders
        World alone = new World(WorldSettings.of(7), List.of(new TwinId("qiki-5")));
        World among = new World(WorldSettings.of(7), twins(130));
        List<TwinId> reversed = new ArrayList<>(twins(130));
        java.util.Collections.reverse(reversed);
        World turned = new World(WorldSettings.of(7), reversed);
        // When all fly, in one sweep per tick
        for (long tick = 1; tick <= 60; tick++) {
            for (World world : List.of(alone, among, turned)) {
                for (int i = 0; i < world.size(); i++) {
                    world.agentBatch(i, 1, orders(world.twin(i), tick));
                }
                world.advance(5);
            }
            // Then its hash is the same in every tick
            long expected = alone.observe(0, tick).worldHash();
            assertThat(among.observe(4, tick).worldHash()).isEqualTo(expected);
            assertThat(turned.observe(125, tick).worldHash()).isEqualTo(expected);
        }
    }

    @Test
    void shouldGoOnExactlyFromASnapshot() {
        // Given a snapshot in the middle of a busy flight
        World world = new World(WorldSettings.of(7), twins(1));
        fly(world, 0, 1, 60);
        WorldSnapshot snapshot = world.snapshot(0);
        long expected = fly(world, 0, 61, 120);
        // When another world takes it up, stored and read back in between
        World other = new World(WorldSettings.of(7), twins(1));
        other.restore(0, WorldSnapshot.of(snapshot.twin(), snapshot.doubles(), snapshot.longs()));
        // Then the future is the same, in every tick
        assertThat(fly(other, 0, 61, 120)).isEqualTo(expected);
        // And in the first world again, too
        world.restore(0, snapshot);
        assertThat(fly(world, 0, 61, 120)).isEqualTo(expected);
    }

    @Test
    void shouldTakeASnapshotThatNothingChangesAfterwards() {
        World world = new World(WorldSettings.of(7), twins(1));
        WorldSnapshot snapshot = world.snapshot(0);
        double before = snapshot.doubles()[0];
        snapshot.doubles()[0] = 42;
        world.advance(10);
        assertThat(snapshot.doubles()[0]).isEqualTo(before);
    }

    @Test
    void shouldRefuseASnapshotOfAnotherLayout() {
        World world = new World(WorldSettings.of(7), twins(1));
        WorldSnapshot foreign = WorldSnapshot.of(new TwinId("qiki-1"), new double[3], new long[2]);
        assertThatThrownBy(() -> world.restore(0, foreign)).hasMessageContaining("layout");
    }

    @Test
    void shouldBeginTheNextIncarnationWithOtherNoiseWhenReset() {
        // Given a vehicle that flew under epoch 3
        World world = new World(WorldSettings.of(7), twins(2));
        world.agentBatch(0, 3, List.of());
        world.advance(100);
        long neighbour = world.hash(1);
        // When it is reset
        world.reset(0);
        // Then it stands at its start, in incarnation 1, knows the epoch, and alone is changed
        assertThat(world.incarnation(0)).isEqualTo(1);
        assertThat(world.step(0)).isZero();
        assertThat(world.observe(0, 0).epochSeen()).isEqualTo(3);
        assertThat(world.hash(1)).isEqualTo(neighbour);
        World fresh = new World(WorldSettings.of(7), twins(1));
        world.advance(5);
        fresh.advance(5);
        assertThat(world.observe(0, 1).reading(SensorId.IMU_MAIN).measurement())
                .isNotEqualTo(fresh.observe(0, 1).reading(SensorId.IMU_MAIN).measurement());
    }

    @Test
    void shouldChangeTheHashWhenAnyBitOfAnyColumnChanges() {
        // Given a vehicle in flight
        World world = new World(WorldSettings.of(7), twins(2));
        fly(world, 1, 1, 50);
        Columns columns = world.columns();
        long before = world.hash(1);
        for (int c = 0; c < columns.all().size(); c++) {
            Columns.Column column = columns.all().get(c);
            for (int k = 0; k < column.width(); k++) {
                for (int bit = 0; bit < 64; bit += 21) {
                    long bits = columns.bits(1, c, k);
                    // When one bit is flipped
                    columns.setBits(1, c, k, bits ^ 1L << bit);
                    // Then the hash is another
                    assertThat(world.hash(1)).as("%s %d", column, k).isNotEqualTo(before);
                    columns.setBits(1, c, k, bits);
                }
            }
        }
        assertThat(world.hash(1)).isEqualTo(before);
    }

    @Test
    void shouldRegisterEveryColumnOfTheState() throws IllegalAccessException {
        // Given all arrays that the state of a world declares, found by reflection
        WorldState state = new World(WorldSettings.of(7), twins(1)).state();
        int doubles = 0;
        int longs = 0;
        for (var field : WorldState.class.getDeclaredFields()) {
            if (field.getType() == double[].class) {
                doubles += ((double[]) field.get(state)).length;
            } else if (field.getType() == long[].class) {
                longs += ((long[]) field.get(state)).length;
            }
        }
        // When they are counted, then the registry has them all
        assertThat(state.columns.doublesPerVehicle()).isEqualTo(doubles);
        assertThat(state.columns.longsPerVehicle()).isEqualTo(longs);
    }

    @Test
    void shouldStayWhereItIsWithoutReason() {
        Flight flight = new Flight(1);
        flight.seconds(60);
        assertThat(flight.truth().positionWorld().norm()).isLessThan(1);
        assertThat(flight.truth().propellantKilograms()).isGreaterThan(11.95);
    }
}
