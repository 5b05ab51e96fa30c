package io.qiki.dtmp.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class Hash64Test {
    @Property(tries = 1000)
    void shouldChangeWithAnyOneBit(
            @ForAll long a, @ForAll long b, @ForAll @IntRange(min = 0, max = 63) int bit) {
        long before = new Hash64().add(a).add(b).value();

        assertThat(new Hash64().add(a ^ (1L << bit)).add(b).value()).isNotEqualTo(before);
        assertThat(new Hash64().add(a).add(b ^ (1L << bit)).value()).isNotEqualTo(before);
    }

    @Test
    void shouldDependOnTheOrder() {
        assertThat(new Hash64().add(1L).add(2L).value())
                .isNotEqualTo(new Hash64().add(2L).add(1L).value());
    }

    @Test
    void shouldTellPlusZeroFromMinusZero() {
        assertThat(new Hash64().add(0.0).value()).isNotEqualTo(new Hash64().add(-0.0).value());
    }

    @Test
    void shouldNotConfuseTextsThatJoinAlike() {
        assertThat(new Hash64().add("ab").add("c").value())
                .isNotEqualTo(new Hash64().add("a").add("bc").value());
    }

    @Test
    void shouldKeepItsValueForever() {
        // Frozen: recorded hashes of runs depend on it.
        assertThat(Hash64.hex(new Hash64().add(1L).add(2.5).add("qiki-1").add(true).value()))
                .isEqualTo("79a69f4564d0476c");
    }

    @Test
    void shouldPrintSixteenDigits() {
        assertThat(Hash64.hex(0xABCL)).isEqualTo("0000000000000abc");
    }

    @Property(tries = 1000)
    void shouldDeriveDistinctIdsOfVersionEight(@ForAll long seed, @ForAll long counter) {
        TwinId twin = new TwinId("qiki-1");

        UUID id = DerivedId.of(seed, twin, "command", counter);

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id).isEqualTo(DerivedId.of(seed, twin, "command", counter));
        assertThat(id).isNotEqualTo(DerivedId.of(seed, twin, "command", counter + 1));
        assertThat(id).isNotEqualTo(DerivedId.of(seed, twin, "proposal", counter));
        assertThat(id).isNotEqualTo(DerivedId.of(seed, new TwinId("qiki-2"), "command", counter));
    }
}
