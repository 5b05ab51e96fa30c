package io.qiki.dtmp.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HashChainTest {
    @Test
    void shouldDependOnEveryBitOfEveryPart() {
        long seed = 42;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            long[] parts = {random.nextLong(), random.nextLong(), random.nextLong()};
            Set<Long> seen = new HashSet<>();
            seen.add(HashChain.next(parts[0], parts[1], parts[2]));
            for (int bit = 0; bit < 3 * 64; bit++) {
                long[] flipped = parts.clone();
                flipped[bit / 64] ^= 1L << bit % 64;
                seen.add(HashChain.next(flipped[0], flipped[1], flipped[2]));
            }
            assertThat(seen).as("seed %d round %d", seed, round).hasSize(1 + 3 * 64);
        }
    }

    @Test
    void shouldDependOnTheOrderOfPartsAndTwins() {
        assertThat(HashChain.next(1, 2, 3)).isNotEqualTo(HashChain.next(1, 3, 2));
        assertThat(HashChain.total(1, 2)).isNotEqualTo(HashChain.total(2, 1));
        assertThat(HashChain.total(1)).isNotEqualTo(HashChain.total(1, 0));
    }

    @Test
    void shouldStayAsItIs() {
        assertThat(Hash64.hex(HashChain.next(HashChain.START, 1, 2))).isEqualTo("ff2ae06213de0ec1");
    }
}
