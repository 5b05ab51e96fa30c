package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.agent.CollisionCourse.Evasion;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.RadarDetection.TransponderMode;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.RadarTrack.Status;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.radar.TrackFile;
import io.qiki.dtmp.radar.TrackerState;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closest approaches worked out by hand; the vehicle is at the origin unless a test says so. */
@Timeout(10)
class CollisionCourseTest {
    private static final long NOW = 5_000;
    private static final long LONG_AGO = 0;
    private static final CollisionRule RULE = CollisionRule.STANDARD;

    private final CollisionCourse course = new CollisionCourse(Flight.settings(Mission.standard()));
    private NavEstimate nav = new NavEstimate(10, Vec3.ZERO, Vec3.ZERO, 1, NOW);

    private static RadarTrack track(Vec3 position, Vec3 velocity, Status status, long firstStep) {
        return new RadarTrack(
                new UUID(0, 1),
                status,
                RadarTrack.ObjectType.DEBRIS,
                RadarTrack.Iff.UNSPECIFIED,
                position,
                velocity,
                position.norm(),
                0,
                20,
                1,
                TransponderMode.OFF,
                "",
                1,
                firstStep,
                NOW,
                9,
                0);
    }

    private static RadarTrack track(Vec3 position, Vec3 velocity) {
        return track(position, velocity, Status.TRACKED, LONG_AGO);
    }

    private Optional<Evasion> find(RadarTrack... tracks) {
        TrackerState state =
                new TrackerState(
                        Stream.of(tracks).map(one -> new TrackFile(one, "", 15, 9)).toList(),
                        1,
                        NOW,
                        2,
                        0);
        return course.find(
                new Situation(
                        NOW / 5,
                        NOW,
                        Optional.empty(),
                        FsmSnapshot.coldStart(),
                        new BiosReport(0, List.of(), false, 0, 0),
                        new SensorMemory(List.of(), List.of(), nav),
                        state,
                        Actuation.NONE,
                        Drafts.Streams.of(1, Flight.TWIN, "command").at(1, 0, 0)));
    }

    @Test
    void shouldFindADirectCourse() {
        Optional<Evasion> found = find(track(new Vec3(50, 0, 0), new Vec3(-1, 0, 0)));

        assertThat(found).isPresent();
        assertThat(found.get().seconds()).isEqualTo(50, within(1e-9));
        assertThat(found.get().velocityWorld().norm()).isEqualTo(RULE.lateralMps(), within(1e-9));
        assertThat(found.get().velocityWorld().x()).isEqualTo(0, within(1e-9));
    }

    @Test
    void shouldGoAwayFromWhereItWouldPass() {
        Evasion found = find(track(new Vec3(50, 20, 0), new Vec3(-1, 0, 0))).orElseThrow();

        assertThat(found.velocityWorld().y()).isEqualTo(-RULE.lateralMps(), within(1e-9));
        assertThat(found.velocityWorld().x()).isEqualTo(0, within(1e-9));
    }

    @Test
    void shouldRunAheadOfATrackThatComesAlong() {
        // It passes 10 m to the left and moves to the right: the way out is to the right, faster.
        Evasion found = find(track(new Vec3(50, 30, 0), new Vec3(-1, -0.4, 0))).orElseThrow();
        Vec3 closing = new Vec3(-1, -0.4, 0);
        double seconds = new Vec3(50, 30, 0).times(-1).dot(closing) / closing.dot(closing);
        Vec3 miss = new Vec3(50, 30, 0).plus(closing.times(seconds));

        assertThat(found.seconds()).isEqualTo(seconds, within(1e-9));
        assertThat(found.velocityWorld().dot(miss.unit())).isLessThan(0);
        assertThat(found.velocityWorld().dot(closing)).isEqualTo(0, within(1e-9));
    }

    @Test
    void shouldLeaveAloneWhatMisses() {
        double wide = RULE.missMetres();
        assertThat(find(track(new Vec3(50, wide + 0.1, 0), new Vec3(-1, 0, 0)))).isEmpty();
        assertThat(find(track(new Vec3(50, wide - 0.1, 0), new Vec3(-1, 0, 0)))).isPresent();
    }

    @Test
    void shouldLeaveAloneWhatGoesAway() {
        assertThat(find(track(new Vec3(50, 0, 0), new Vec3(1, 0, 0)))).isEmpty();
    }

    @Test
    void shouldLeaveAloneWhatIsFarAhead() {
        double horizon = RULE.horizonSeconds();
        assertThat(find(track(new Vec3(horizon + 1, 0, 0), new Vec3(-1, 0, 0)))).isEmpty();
        assertThat(find(track(new Vec3(horizon - 1, 0, 0), new Vec3(-1, 0, 0)))).isPresent();
    }

    @Test
    void shouldLeaveAloneWhatHardlyMoves() {
        assertThat(find(track(new Vec3(4, 0, 0), new Vec3(-0.049, 0, 0)))).isEmpty();
        assertThat(find(track(new Vec3(4, 0, 0), new Vec3(-0.051, 0, 0)))).isPresent();
    }

    @Test
    void shouldWaitForAConfirmedTrackOfSomeLength() {
        Vec3 place = new Vec3(50, 0, 0);
        Vec3 motion = new Vec3(-1, 0, 0);
        long tenSeconds = (long) (RULE.trackSeconds() * 50);
        assertThat(find(track(place, motion, Status.NEW, LONG_AGO))).isEmpty();
        assertThat(find(track(place, motion, Status.LOST, LONG_AGO))).isEmpty();
        assertThat(find(track(place, motion, Status.COASTING, LONG_AGO))).isPresent();
        assertThat(find(track(place, motion, Status.TRACKED, NOW - tenSeconds + 1))).isEmpty();
        assertThat(find(track(place, motion, Status.TRACKED, NOW - tenSeconds))).isPresent();
    }

    @Test
    void shouldLookAtTheMotionBetweenTheTwo() {
        // Nobody comes: both fly side by side.
        nav = new NavEstimate(10, Vec3.ZERO, new Vec3(-1, 0, 0), 1, NOW);
        assertThat(find(track(new Vec3(50, 0, 0), new Vec3(-1, 0, 0)))).isEmpty();
        // The vehicle flies at something that stands.
        nav = new NavEstimate(10, Vec3.ZERO, new Vec3(1, 0, 0), 1, NOW);
        assertThat(find(track(new Vec3(50, 0, 0), Vec3.ZERO))).isPresent();
    }

    @Test
    void shouldTakeTheSoonestOfSeveral() {
        RadarTrack later = track(new Vec3(0, 90, 0), new Vec3(0, -1, 0));
        RadarTrack sooner = track(new Vec3(50, 0, 0), new Vec3(-1, 0, 0));
        assertThat(find(later, sooner).orElseThrow().seconds()).isEqualTo(50, within(1e-9));
        assertThat(find(sooner, later).orElseThrow().seconds()).isEqualTo(50, within(1e-9));
    }

    @Test
    void shouldNotGuessWithoutKnowingWhereItIs() {
        nav = NavEstimate.NONE;
        assertThat(find(track(new Vec3(50, 0, 0), new Vec3(-1, 0, 0)))).isEmpty();
    }
}
