package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class CounterRandomTest {
    private static final int COUNT = 2_000_000;
    private static final long KEY = -960853373411826684L;
    private static final long NUMBERS = 8910699805338606058L;

    private static double gaussian(int k) {
        long key = CounterRandom.key(7, 99, 0);
        return CounterRandom.gaussian(CounterRandom.base(key, 2, k / 6), k % 6);
    }

    @Test
    void shouldBeNormalWithMeanZeroAndDeviationOne() {
        // Given two million deviates, when their moments and tails are counted
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        int beyondTwo = 0;
        int beyondFour = 0;
        for (int k = 0; k < COUNT; k++) {
            double x = gaussian(k);
            sum += x;
            squares += x * x;
            fourths += x * x * x * x;
            beyondTwo += Math.abs(x) > 2 ? 1 : 0;
            beyondFour += Math.abs(x) > 4 ? 1 : 0;
        }
        // Then they are those of the normal law within four standard errors
        assertThat(sum / COUNT).isCloseTo(0, within(4 / Math.sqrt(COUNT)));
        assertThat(squares / COUNT).isCloseTo(1, within(4 * Math.sqrt(2.0 / COUNT)));
        assertThat(fourths / COUNT).isCloseTo(3, within(4 * Math.sqrt(96.0 / COUNT)));
        assertThat(beyondTwo / (double) COUNT).isCloseTo(0.0455003, within(0.0006));
        assertThat(beyondFour / (double) COUNT).isCloseTo(6.334e-5, within(2.3e-5));
    }

    @Test
    void shouldBeUncorrelatedBetweenDrawsStepsStreamsAndVehicles() {
        // Given pairs of neighbours in each index, when they are multiplied
        double[] sum = new double[4];
        int count = 200_000;
        for (int k = 0; k < count; k++) {
            long one = CounterRandom.key(7, 1, 0);
            long other = CounterRandom.key(7, 2, 0);
            double x = CounterRandom.gaussian(CounterRandom.base(one, 2, k), 0);
            sum[0] += x * CounterRandom.gaussian(CounterRandom.base(one, 2, k), 1);
            sum[1] += x * CounterRandom.gaussian(CounterRandom.base(one, 2, k + 1), 0);
            sum[2] += x * CounterRandom.gaussian(CounterRandom.base(one, 3, k), 0);
            sum[3] += x * CounterRandom.gaussian(CounterRandom.base(other, 2, k), 0);
        }
        // Then the mean product is zero within four standard errors
        for (double product : sum) {
            assertThat(product / count).isCloseTo(0, within(4 / Math.sqrt(count)));
        }
    }

    @Test
    void shouldFillTheUnitIntervalEvenly() {
        int[] bins = new int[16];
        long base = CounterRandom.key(1, 2, 3);
        for (int k = 0; k < 160_000; k++) {
            bins[(int) (16 * CounterRandom.uniform(base, k))]++;
        }
        for (int count : bins) {
            assertThat(count).isBetween(9_600, 10_400);
        }
    }

    @Test
    void shouldGiveTheSameNumbersForever() {
        // Given fixed indices, when drawn, then these exact numbers come: frozen reference values
        assertThat(CounterRandom.key(7, 99, 0)).isEqualTo(KEY);
        long hash = 17;
        for (int k = 0; k < 100_000; k++) {
            hash = 31 * hash + Double.doubleToRawLongBits(gaussian(k));
        }
        assertThat(hash).isEqualTo(NUMBERS);
    }
}
