package io.qiki.dtmp.radar;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarDetection.RangeBand;
import io.qiki.dtmp.model.RadarDetection.TransponderMode;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.RadarTrack.Iff;
import io.qiki.dtmp.model.RadarTrack.ObjectType;
import io.qiki.dtmp.model.RadarTrack.Status;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Vec3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class NearestNeighbourTrackerTest {
    private static final long STEP_NANOS = 20_000_000L;
    private static final int STEPS_PER_FRAME = 12;
    private final NearestNeighbourTracker tracker =
            new NearestNeighbourTracker(
                    TrackerSettings.of(Mission.standard(), STEP_NANOS), 1, new TwinId("t"));
    private TrackerState state = TrackerState.EMPTY;
    private long sequence;

    private static RadarDetection echo(Vec3 relative, String identity) {
        double range = relative.norm();
        double bearing = StrictMath.atan2(relative.x(), relative.y());
        return new RadarDetection(
                range,
                bearing < 0 ? bearing + 2 * Math.PI : bearing,
                StrictMath.asin(relative.z() / range),
                0,
                30,
                5,
                identity.isEmpty() ? TransponderMode.OFF : TransponderMode.ON,
                identity,
                RangeBand.SHORT);
    }

    private List<RadarTrack> frame(RadarDetection... echoes) {
        sequence++;
        state =
                tracker.take(
                        state,
                        new RadarFrame(sequence, sequence * STEPS_PER_FRAME, Arrays.asList(echoes)),
                        Vec3.ZERO);
        return state.tracks();
    }

    private static final RadarDetection CONTACT = echo(new Vec3(300, -200, 50), "");

    @Test
    void shouldConfirmThreeOfFour() {
        assertThat(frame(CONTACT).get(0).status()).isEqualTo(Status.NEW);
        UUID id = state.tracks().get(0).id();
        assertThat(frame(CONTACT).get(0).status()).isEqualTo(Status.NEW);
        assertThat(frame().get(0).status()).isEqualTo(Status.NEW);
        assertThat(frame(CONTACT).get(0).status()).isEqualTo(Status.TRACKED);
        assertThat(state.tracks().get(0).id()).isEqualTo(id);
    }

    @Test
    void shouldForgetAFalseAlarmWithoutAWord() {
        frame(CONTACT);
        assertThat(frame()).hasSize(1);
        assertThat(frame()).isEmpty();
    }

    @Test
    void shouldCoastSevenMissesAndBeLostOnceAtTheEighth() {
        for (int i = 0; i < 4; i++) {
            frame(CONTACT);
        }
        for (int misses = 1; misses <= 7; misses++) {
            assertThat(frame().get(0).status()).isEqualTo(Status.COASTING);
            assertThat(state.tracks().get(0).misses()).isEqualTo(misses);
        }
        assertThat(frame().get(0).status()).isEqualTo(Status.LOST);
        assertThat(frame()).isEmpty();
    }

    @Test
    void shouldKeepItsIdentityThroughAGap() {
        for (int i = 0; i < 4; i++) {
            frame(CONTACT);
        }
        UUID id = state.tracks().get(0).id();
        for (int i = 0; i < 5; i++) {
            frame();
        }
        assertThat(frame(CONTACT).get(0).id()).isEqualTo(id);
        assertThat(state.tracks().get(0).status()).isEqualTo(Status.TRACKED);
        assertThat(state.tracks().get(0).misses()).isZero();
    }

    @Test
    void shouldLoseATrackWhenFramesStayAway() {
        for (int i = 0; i < 4; i++) {
            frame(CONTACT);
        }
        long last = sequence * STEPS_PER_FRAME;
        assertThat(tracker.withoutFrame(state, last + 100)).isSameAs(state);
        TrackerState lost = tracker.withoutFrame(state, last + 101);
        assertThat(lost.tracks().get(0).status()).isEqualTo(Status.LOST);
        assertThat(tracker.withoutFrame(lost, last + 106).tracks()).isEmpty();
    }

    @Test
    void shouldTakeAFrameOnce() {
        frame(CONTACT);
        TrackerState before = state;
        RadarFrame again = new RadarFrame(sequence, STEPS_PER_FRAME, List.of(CONTACT));
        assertThat(tracker.take(state, again, Vec3.ZERO)).isSameAs(before);
    }

    @Test
    void shouldKeepTwoCloseContactsApartInAnyOrder() {
        RadarDetection left = echo(new Vec3(-10, 400, 0), "");
        RadarDetection right = echo(new Vec3(10, 400, 0), "");
        frame(left, right);
        UUID first = state.tracks().get(0).id();
        for (int i = 0; i < 6; i++) {
            frame(right, left);
        }
        assertThat(state.tracks()).hasSize(2);
        assertThat(state.tracks().get(0).id()).isEqualTo(first);
        assertThat(state.tracks().get(0).positionWorld().x()).isNegative();
    }

    @Test
    void shouldStartAnotherTrackBeyondTheGate() {
        frame(CONTACT);
        assertThat(frame(echo(new Vec3(300, -200, 50).times(1.2), ""))).hasSize(2);
    }

    @Test
    void shouldKnowTheStationAsAFriendAndDebrisAsNeither() {
        frame(echo(new Vec3(0, 310, 0), "ALLY-STATION-1"), echo(new Vec3(420, 520, 80), ""));
        assertThat(state.tracks().get(0).type()).isEqualTo(ObjectType.STATION);
        assertThat(state.tracks().get(0).iff()).isEqualTo(Iff.FRIEND);
        assertThat(state.tracks().get(1).type()).isEqualTo(ObjectType.DEBRIS);
        assertThat(state.tracks().get(1).iff()).isEqualTo(Iff.UNSPECIFIED);
        assertThat(frame(CONTACT))
                .last()
                .satisfies(track -> assertThat(track.iff()).isEqualTo(Iff.UNKNOWN));
    }

    @Test
    void shouldEstimateTheVelocityOfAMovingContact() {
        // Given a contact at 2 m/s, seen with 0.3 m of noise for 30 s
        long seed = 42;
        Random random = new Random(seed);
        Vec3 velocity = new Vec3(2, -1, 0.5);
        for (int i = 0; i < 120; i++) {
            double seconds = (sequence + 1) * STEPS_PER_FRAME * 0.02;
            Vec3 noise =
                    new Vec3(
                            0.3 * random.nextGaussian(),
                            0.3 * random.nextGaussian(),
                            0.3 * random.nextGaussian());
            frame(echo(new Vec3(300, 400, 10).plus(velocity.times(seconds)).plus(noise), ""));
        }
        assertThat(state.tracks()).hasSize(1);
        assertThat(state.tracks().get(0).velocityWorld().minus(velocity).norm())
                .as("velocity error in m/s, seed %s", seed)
                .isLessThan(0.3);
    }

    @Test
    void shouldBoundWhatItFollows() {
        List<RadarDetection> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(echo(new Vec3(1000 + 200 * i, 10, 0), ""));
        }
        assertThat(frame(many.toArray(new RadarDetection[0])))
                .hasSize(NearestNeighbourTracker.MAX_TRACKS);
        assertThat(state.dropped()).isEqualTo(200 - NearestNeighbourTracker.MAX_TRACKS);
    }
}
