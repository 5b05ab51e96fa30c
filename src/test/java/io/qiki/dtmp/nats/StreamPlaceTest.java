package io.qiki.dtmp.nats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StreamPlaceTest {
    private final StreamPlace place = new StreamPlace();

    @Test
    void shouldBeginWithTheNewestAndGoOnWhereItWas() {
        assertThat(place.resume(1, 500, 100)).isEqualTo(401);
        assertThat(place.take(401)).isTrue();
        assertThat(place.take(403)).isTrue();

        assertThat(place.resume(1, 900, 100)).isEqualTo(404);
    }

    @Test
    void shouldBeginAtTheBeginningOfAShortStream() {
        assertThat(place.resume(1, 0, 100)).isEqualTo(1);
        assertThat(place.resume(1, 7, Long.MAX_VALUE)).isEqualTo(1);
    }

    @Test
    void shouldTakeNothingTwice() {
        place.resume(1, 0, 100);

        assertThat(place.take(1)).isTrue();
        assertThat(place.take(1)).isFalse();
        assertThat(place.take(3)).isTrue();
        assertThat(place.take(2)).isFalse();
    }

    @Test
    void shouldReadAStreamThatWasMadeAnewFromItsBeginning() {
        place.resume(1, 500, 100);
        place.take(450);

        assertThat(place.resume(2, 3, 100)).isEqualTo(1);
    }

    @Test
    void shouldReadAStreamThatHasLostItsEndFromItsBeginning() {
        place.resume(1, 500, 100);
        place.take(500);

        assertThat(place.resume(1, 20, 100)).isEqualTo(1);
    }
}
