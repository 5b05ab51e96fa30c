package io.qiki.dtmp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HealthRegistryTest {
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final HealthRegistry health = new HealthRegistry(new Hands());

    @Test
    void shouldBeReadyWhenEveryComponentIsUp() {
        assertThat(health.ready()).isFalse();
        health.expect("store");
        health.up("sim");
        assertThat(health.ready()).isFalse();
        health.up("store");
        assertThat(health.ready()).isTrue();
        health.down("sim", "no answer");
        assertThat(health.ready()).isFalse();
    }

    @Test
    void shouldRememberSinceWhenAComponentIsDown() {
        // Given
        health.up("sim");
        now = now.plusSeconds(5);
        health.down("sim", "no answer");
        Instant since = now;

        // When: it stays down for another reason
        now = now.plusSeconds(5);
        health.down("sim", "crashed");

        // Then
        assertThat(health.components())
                .containsExactly(new HealthRegistry.Health("sim", false, "crashed", since));
    }

    private final class Hands extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void shouldBeDownWhileAnyPartIs() {
        health.up("sim");
        health.down("sim", 1, "shard 1 is silent");
        health.up("sim", 0);

        assertThat(health.ready()).isFalse();
        assertThat(health.components().get(0).reason()).isEqualTo("shard 1 is silent");

        health.up("sim", 1);
        assertThat(health.ready()).isTrue();
    }
}
