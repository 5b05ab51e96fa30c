package io.qiki.dtmp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.testkit.RecordMutations.Leaf;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RecordMutationsTest {
    record Inner(int small, boolean flag) {}

    record Outer(
            long number,
            List<Inner> inners,
            Optional<String> text,
            SortedMap<String, Double> map) {}

    @Test
    void shouldReachEveryLeafOnce() {
        // Given
        TreeMap<String, Double> map = new TreeMap<>();
        map.put("a", 1.0);
        Outer outer = new Outer(1, List.of(new Inner(2, true)), Optional.of("x"), map);

        // When
        List<Leaf> leaves = RecordMutations.of(outer);

        // Then
        assertThat(leaves)
                .extracting(Leaf::path)
                .containsExactly(
                        ".number",
                        ".inners[0].small",
                        ".inners[0].flag",
                        ".inners[size]",
                        ".text",
                        ".text removed",
                        ".map{a}",
                        ".map{a} removed");
        assertThat(leaves).allSatisfy(leaf -> assertThat(leaf.variants()).isNotEmpty());
        assertThat(leaves.get(1).component()).isEqualTo("RecordMutationsTest.Inner.small");
        assertThat(leaves.get(2).variants())
                .first()
                .extracting(o -> ((Outer) o).inners())
                .isEqualTo(List.of(new Inner(2, false)));
    }

    @Test
    void shouldChangeElementsAndLengthOfArrays() {
        assertThat(RecordMutations.of(new double[] {3}))
                .extracting(Leaf::path)
                .containsExactly("[0]", "[size]");
    }

    @Test
    void shouldReportALeafThatCannotChangeAlone() {
        List<Leaf> leaves = RecordMutations.of(FsmSnapshot.coldStart());

        assertThat(leaves.get(0).component()).isEqualTo("FsmSnapshot.state");
        assertThat(leaves.get(0).variants()).isEmpty();
    }

    @Test
    void shouldListTheComponentsOfSealedTypes() {
        assertThat(RecordTypes.componentsOf(CommandValue.class))
                .containsExactly(
                        "CommandValue.Flag.value",
                        "CommandValue.Scalar.value",
                        "CommandValue.Vector.value",
                        "CommandValue.Whole.value",
                        "Vec3.x",
                        "Vec3.y",
                        "Vec3.z");
    }
}
