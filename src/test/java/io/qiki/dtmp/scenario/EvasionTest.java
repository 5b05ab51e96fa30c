package io.qiki.dtmp.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.agent.AgentSettings;
import io.qiki.dtmp.agent.CollisionRule;
import io.qiki.dtmp.agent.Flight;
import io.qiki.dtmp.agent.TwinTick;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Goal;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.KnownObject;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.RadarDetection.TransponderMode;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.SceneObject;
import io.qiki.dtmp.model.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A piece of debris on a real collision course; only the test looks at the truth. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EvasionTest {
    private static final Vec3 POST = new Vec3(0, 10, 0);
    private static final Vec3 DEBRIS_AT = new Vec3(260, 12, 1);
    private static final Vec3 DEBRIS_VELOCITY = new Vec3(-1, 0, 0);
    private static final int TICKS_PER_SECOND = 10;
    private static final int PASSED_TICKS = 300 * TICKS_PER_SECOND;

    /** After a track of 10 s seen from 120 s ahead: 0.3 m/s for 100 s at least, less the start. */
    private static final double CLEAR_METRES = 20;

    private static Scene scene() {
        Scene usual = Scene.station();
        List<SceneObject> objects = new ArrayList<>();
        objects.add(usual.objects().get(0));
        objects.add(
                new SceneObject(
                        "debris-x",
                        RadarTrack.ObjectType.DEBRIS,
                        DEBRIS_AT,
                        DEBRIS_VELOCITY,
                        0,
                        0.5,
                        1,
                        TransponderMode.OFF,
                        "",
                        List.of()));
        return new Scene(
                "collision",
                usual.sunDirectionWorld(),
                usual.sunWattsPerSquareMetre(),
                usual.magneticFieldWorld(),
                usual.meanMotion(),
                usual.eclipse(),
                usual.start(),
                objects);
    }

    private static AgentSettings settings(CollisionRule rule) {
        Mission mission =
                new Mission(
                        "post",
                        Vec3.ZERO,
                        0.4,
                        List.of(new Goal.GoTo("post", POST, 0.5), new Goal.Hold("stay", 3_000)),
                        false,
                        scene().objects().stream().map(KnownObject::of).toList(),
                        List.of("ALLY-STATION-1"),
                        List.of());
        AgentSettings usual = Flight.settings(mission);
        return new AgentSettings(
                usual.profile(),
                mission,
                usual.stepNanos(),
                usual.stepsPerTick(),
                usual.limits(),
                usual.rules(),
                rule);
    }

    private static Vec3 debris(int tick) {
        return DEBRIS_AT.plus(DEBRIS_VELOCITY.times((double) tick / TICKS_PER_SECOND));
    }

    /** The least distance to the debris until it has passed, m. */
    private static double closest(Flight flight, List<FsmState> states, List<String> accepted) {
        double least = Double.MAX_VALUE;
        for (int tick = 0; tick <= PASSED_TICKS; tick++) {
            TwinTick done = flight.tick();
            states.add(done.output().snapshot().state());
            done.output().decision().proposals().stream()
                    .filter(one -> one.verdict() == JudgedProposal.Verdict.ACCEPTED)
                    .forEach(one -> accepted.add(one.proposal().justification()));
            least = Math.min(least, flight.truth().positionWorld().minus(debris(tick)).norm());
        }
        return least;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldLetTheDebrisPassAndGoBackToItsPost(long seed) {
        // Given: left alone, it passes within a few metres
        double alone =
                closest(
                        new Flight(seed, settings(new CollisionRule(0, 0, 0, 0)), scene()),
                        new ArrayList<>(),
                        new ArrayList<>());
        assertThat(alone).as("without evasion, seed %s", seed).isLessThan(5);

        // When
        Flight flight = new Flight(seed, settings(CollisionRule.STANDARD), scene());
        List<FsmState> states = new ArrayList<>();
        List<String> accepted = new ArrayList<>();
        double closest = closest(flight, states, accepted);

        // Then
        assertThat(closest).as("distance in m, seed %s", seed).isGreaterThan(CLEAR_METRES);
        assertThat(accepted).contains("evade a track on a collision course");
        assertThat(states).doesNotContain(FsmState.SAFE_MODE);

        // And the mission goes on
        for (int i = 0; i < 600 * TICKS_PER_SECOND; i++) {
            flight.tick();
        }
        assertThat(flight.truth().positionWorld().minus(POST).norm())
                .as("back at its post, seed %s", seed)
                .isLessThan(1.5);
    }
}
