package io.qiki.dtmp.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ShardsTest {
    @Test
    void shouldPlaceEveryTwinInExactlyOneShardAndSpreadThem() {
        // Given
        Shards shards = new Shards(4);
        List<TwinId> twins =
                IntStream.rangeClosed(1, 1000).mapToObj(i -> new TwinId("qiki-" + i)).toList();

        // When
        List<TwinId> placed = new ArrayList<>();
        for (int shard = 0; shard < 4; shard++) {
            List<TwinId> members = shards.members(shard, twins);
            assertThat(members).hasSizeBetween(200, 300);
            placed.addAll(members);
        }

        // Then
        assertThat(placed).containsExactlyInAnyOrderElementsOf(twins);
    }

    @Test
    void shouldPlaceEveryTwinInTheOnlyShard() {
        assertThat(new Shards(1).of(new TwinId("qiki-1"))).isZero();
    }
}
