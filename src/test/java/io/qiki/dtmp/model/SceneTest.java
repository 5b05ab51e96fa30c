package io.qiki.dtmp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.model.RadarDetection.TransponderMode;
import io.qiki.dtmp.model.RadarTrack.ObjectType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
final class SceneTest {
    private static final Scene SCENE = Scene.station();

    private static Scene with(Vec3 sun, List<SceneObject> objects) {
        return new Scene(
                "test", sun, 1361, Vec3.ZERO, 0, Scene.Eclipse.NONE, SCENE.start(), objects);
    }

    @Test
    void shouldHoldTheNumbersOfTheDefaultTable() {
        SceneObject station = SCENE.object("station-1").orElseThrow();
        assertThat(station.positionWorld()).isEqualTo(new Vec3(0, 310, 0));
        assertThat(station.radiusMetres()).isEqualTo(10);
        assertThat(station.crossSectionDbsm()).isEqualTo(25);
        assertThat(station.ports())
                .containsExactly(new SceneObject.Port(new Vec3(0, -10, 0), new Vec3(0, -1, 0)));
        assertThat(SCENE.objects())
                .extracting(SceneObject::type)
                .containsExactly(ObjectType.STATION, ObjectType.DEBRIS, ObjectType.DEBRIS);
        assertThat(SCENE.sunDirectionWorld().z()).isCloseTo(0.866, within(1e-4));
        // The nose points to world +Y
        Vec3 nose = SCENE.start().attitude().rotate(new Vec3(1, 0, 0));
        assertThat(nose.minus(new Vec3(0, 1, 0)).norm()).isLessThan(1e-12);
        assertThat(SCENE.object("nobody")).isEmpty();
    }

    @Test
    void shouldNotChangeWithTheListItWasMadeOf() {
        List<SceneObject> objects = new ArrayList<>(SCENE.objects());
        Scene scene = with(SCENE.sunDirectionWorld(), objects);
        objects.clear();
        assertThat(scene.objects()).isEqualTo(SCENE.objects());
    }

    @Test
    void shouldRefuseWhatNoSceneCanBe() {
        assertThatThrownBy(() -> with(new Vec3(0, 0, 2), List.of()))
                .hasMessageContaining("sun direction");
        SceneObject station = SCENE.objects().get(0);
        assertThatThrownBy(() -> with(new Vec3(0, 0, 1), List.of(station, station)))
                .hasMessageContaining("station-1 is listed twice");
        assertThatThrownBy(() -> new Scene.Eclipse(10, 11)).hasMessageContaining("eclipse");
        assertThatThrownBy(
                        () ->
                                new SceneObject(
                                        "x",
                                        ObjectType.SHIP,
                                        Vec3.ZERO,
                                        Vec3.ZERO,
                                        0,
                                        1,
                                        1,
                                        TransponderMode.ON,
                                        "",
                                        List.of()))
                .hasMessageContaining("identity");
    }
}
