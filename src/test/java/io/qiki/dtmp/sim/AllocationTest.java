package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.model.VehicleProfile;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class AllocationTest {
    private static final long SEED = 20_301;
    private static final ThrusterBases BASES =
            new ThrusterBases(VehicleProfile.qikiDodeca01().propulsion());
    private final WorldState state = new WorldState(1, 16, 0);
    private final Allocation allocation = new Allocation(state, BASES);

    private double[] allocate(double... demand) {
        System.arraycopy(demand, 0, state.demand, 0, 6);
        allocation.step(0);
        return effect(state.duty);
    }

    private static double[] effect(double[] duty) {
        double[] out = new double[6];
        for (int j = 0; j < 16; j++) {
            for (int axis = 0; axis < 6; axis++) {
                out[axis] += duty[j] * BASES.effect[6 * j + axis];
            }
        }
        return out;
    }

    private double propellant() {
        double sum = 0;
        for (int j = 0; j < 16; j++) {
            sum += state.duty[j] * BASES.price[j];
        }
        return sum;
    }

    @Test
    void shouldReachAllSixAxes() {
        // Given the effects of the sixteen thrusters, when they are reduced by rows
        double[][] rows = new double[6][16];
        for (int axis = 0; axis < 6; axis++) {
            for (int j = 0; j < 16; j++) {
                rows[axis][j] = BASES.effect[6 * j + axis];
            }
        }
        // Then their rank is 6
        assertThat(rank(rows)).isEqualTo(6);
    }

    @Test
    void shouldCancelOutWhenAllFireAlike() {
        // Given all duties 1, when they act, then there is neither force nor torque
        double[] ones = new double[16];
        java.util.Arrays.fill(ones, 1);
        assertThat(effect(ones)).containsExactly(new double[6], within(1e-12));
    }

    @Test
    void shouldTabulateTheOptimalBases() {
        // Given the price of every thruster, when all 8008 bases are tried, 189 are optimal
        assertThat(BASES.size()).isEqualTo(189);
    }

    @Test
    void shouldReachTheForcesAndTorquesOfTheTable() {
        // Given a demand far beyond along each axis, when it is served as far as possible
        Reach reach = new Reach(BASES);
        // Then the axes give 14.7, 27.2, 12.4 N and 5.9, 10.9, 30 N m, both ways
        double[] table = {14.7, 27.2, 12.4, 5.9, 10.9, 30.0};
        for (int axis = 0; axis < 6; axis++) {
            assertThat(reach.most(axis, false)).isCloseTo(table[axis], within(0.05));
            assertThat(reach.most(axis, true)).isCloseTo(table[axis], within(0.05));
        }
    }

    @Test
    void shouldServeWhatIsWithinReachExactlyWithTheLeastPropellant() {
        // Given random demands within reach
        System.out.println("AllocationTest seed " + SEED);
        Random random = new Random(SEED);
        for (int k = 0; k < 20_000; k++) {
            double[] demand = new double[6];
            for (int axis = 0; axis < 6; axis++) {
                demand[axis] = (random.nextDouble() - 0.5) * (axis < 3 ? 2 : 0.8);
            }
            // When they are allocated
            double[] got = allocate(demand);
            // Then nothing is missing, and no dual price shows a cheaper way
            assertThat(got).containsExactly(demand, within(1e-9));
            double bound = 0;
            for (int b = 0; b < BASES.size(); b++) {
                double value = 0;
                for (int axis = 0; axis < 6; axis++) {
                    value += BASES.dual[6 * b + axis] * demand[axis];
                }
                bound = Math.max(bound, value);
            }
            assertThat(propellant()).isCloseTo(bound, within(1e-6));
            for (double duty : state.duty) {
                assertThat(duty).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void shouldKeepTheTorqueAndTheDirectionOfTheForceWhenSaturated() {
        // Given forces far beyond reach together with small torques
        Random random = new Random(SEED);
        for (int k = 0; k < 5_000; k++) {
            double[] demand = new double[6];
            for (int axis = 0; axis < 6; axis++) {
                demand[axis] = (random.nextDouble() - 0.5) * (axis < 3 ? 200 : 2);
            }
            // When they are allocated
            double[] got = allocate(demand);
            // Then the torque is exact, the force points where it should, and a thruster is full
            // unless all was within reach
            for (int axis = 3; axis < 6; axis++) {
                assertThat(got[axis]).isCloseTo(demand[axis], within(1e-7));
            }
            double share = got[0] / demand[0];
            assertThat(share).isBetween(0.0, 1.0 + 1e-12);
            assertThat(got[1]).isCloseTo(share * demand[1], within(1e-6));
            assertThat(got[2]).isCloseTo(share * demand[2], within(1e-6));
            double greatest = 0;
            for (double duty : state.duty) {
                assertThat(duty).isBetween(0.0, 1.0);
                greatest = Math.max(greatest, duty);
            }
            if (share < 1 - 1e-9) {
                assertThat(greatest).isCloseTo(1, within(1e-9));
            }
        }
    }

    @Test
    void shouldGiveUpForceBeforeTorque() {
        // Given a torque and a force that cannot both be had
        double[] got = allocate(100, 0, 0, 0, 0, 29);
        // When allocated, then the torque is whole and the force is not
        assertThat(got[5]).isCloseTo(29, within(1e-9));
        assertThat(got[0]).isLessThan(14);
        assertThat(got[1]).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldAnswerTheSameDemandAlikeWhateverWasAskedBefore() {
        // Given a demand beyond reach, asked first and after others
        double[] demand = {50, 20, -30, 1, 2, -3};
        allocate(demand);
        double[] first = state.duty.clone();
        Random random = new Random(SEED);
        for (int k = 0; k < 100; k++) {
            allocate(random.nextGaussian(), random.nextGaussian(), 3, 0, 1, random.nextGaussian());
        }
        // When asked again, then the duties are the same, bit by bit
        allocate(demand);
        assertThat(state.duty).containsExactly(first);
    }

    @Test
    void shouldShutEverythingWhenNothingIsWanted() {
        allocate(5, 0, 0, 0, 0, 0);
        assertThat(propellant()).isPositive();
        allocate(0, 0, 0, 0, 0, 0);
        assertThat(propellant()).isZero();
    }

    private static int rank(double[][] rows) {
        int rank = 0;
        for (int c = 0; c < 16 && rank < 6; c++) {
            int best = rank;
            for (int r = rank; r < 6; r++) {
                best = Math.abs(rows[r][c]) > Math.abs(rows[best][c]) ? r : best;
            }
            if (Math.abs(rows[best][c]) < 1e-9) {
                continue;
            }
            double[] pivot = rows[best];
            rows[best] = rows[rank];
            rows[rank] = pivot;
            for (int r = rank + 1; r < 6; r++) {
                double factor = rows[r][c] / pivot[c];
                for (int k = 0; k < 16; k++) {
                    rows[r][k] -= factor * pivot[k];
                }
            }
            rank++;
        }
        return rank;
    }
}
