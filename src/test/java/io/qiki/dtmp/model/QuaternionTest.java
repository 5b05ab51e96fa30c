package io.qiki.dtmp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class QuaternionTest {
    private static final double TOLERANCE = 1e-12;

    @Test
    void shouldTurnForwardToNorthForAQuarterTurnAboutUp() {
        // Given: body +X forward, world +Y north, +Z up
        Quaternion quarter = Quaternion.ofRotationVector(new Vec3(0, 0, Math.PI / 2));

        Vec3 nose = quarter.rotate(new Vec3(1, 0, 0));

        assertThat(nose.minus(new Vec3(0, 1, 0)).norm()).isLessThan(TOLERANCE);
    }

    @Property(tries = 500)
    void shouldComeBackFromItsRotationVector(
            @ForAll @DoubleRange(min = -1.7, max = 1.7) double x,
            @ForAll @DoubleRange(min = -1.7, max = 1.7) double y,
            @ForAll @DoubleRange(min = -1.7, max = 1.7) double z) {
        Vec3 rotation = new Vec3(x, y, z);

        Vec3 back = Quaternion.ofRotationVector(rotation).rotationVector();

        assertThat(back.minus(rotation).norm()).isLessThan(1e-9);
    }

    @Property(tries = 500)
    void shouldComposeLikeTheRotationsOneAfterTheOther(
            @ForAll @DoubleRange(min = -3, max = 3) double a,
            @ForAll @DoubleRange(min = -3, max = 3) double b) {
        Quaternion first = Quaternion.ofRotationVector(new Vec3(a, b, 1));
        Quaternion second = Quaternion.ofRotationVector(new Vec3(b, 1, a));
        Vec3 v = new Vec3(1, -2, 3);

        Vec3 once = second.times(first).rotate(v);

        assertThat(once.minus(second.rotate(first.rotate(v))).norm()).isLessThan(1e-9);
        assertThat(once.norm()).isCloseTo(v.norm(), within(1e-9));
    }

    @Test
    void shouldUndoItselfByItsConjugate() {
        Quaternion turn = Quaternion.ofRotationVector(new Vec3(0.3, -0.8, 1.1));

        Vec3 back = turn.conjugate().rotate(turn.rotate(new Vec3(4, 5, 6)));

        assertThat(back.minus(new Vec3(4, 5, 6)).norm()).isLessThan(TOLERANCE * 100);
    }

    @Test
    void shouldRefuseWhatIsNotOfLengthOne() {
        assertThatThrownBy(() -> new Quaternion(1, 1, 0, 0)).hasMessageContaining("length 1");
        assertThatThrownBy(() -> new Quaternion(Double.NaN, 0, 0, 0)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Quaternion.normalised(0, 0, 0, 0))
                .hasMessageContaining("no direction");
        assertThatThrownBy(() -> Quaternion.normalised(Double.POSITIVE_INFINITY, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
