package io.qiki.dtmp.radar;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.DerivedId;
import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.RadarTrack.Status;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Vec3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Follows contacts through radar frames: the closest pairs of track and detection within the gate
 * belong together, each track and each detection once.
 *
 * <p>A first hit makes a NEW track; 3 hits of its first 4 frames confirm it, else it goes without a
 * word. A confirmed track that is missed is COASTING and, after the set number of misses, LOST for
 * one frame, then gone. Pure: state in, state out.
 */
public final class NearestNeighbourTracker {
    /** Most contacts followed at once. */
    public static final int MAX_TRACKS = 96;

    private static final int CONFIRM_HITS = 3;
    private static final int CONFIRM_FRAMES = 4;
    private static final int WINDOW = (1 << CONFIRM_FRAMES) - 1;

    private final TrackerSettings settings;
    private final TrackUpdate update;
    private final long idStream;

    /** A tracker whose track ids follow from seed and twin. */
    public NearestNeighbourTracker(TrackerSettings settings, long seed, TwinId twin) {
        this.settings = Check.present(settings, "tracker settings");
        this.update = new TrackUpdate(settings);
        this.idStream = DerivedId.streamKey(seed, twin, "track");
    }

    /**
     * Takes a frame in; one that was taken in before changes nothing.
     *
     * @param ownPositionWorld of the vehicle when the frame was taken, m
     */
    public TrackerState take(TrackerState state, RadarFrame frame, Vec3 ownPositionWorld) {
        if (frame.sequence() == state.frame() && state.frame() != 0) {
            return state;
        }
        List<TrackFile> files = alive(state.files());
        int[] mine = associate(files, frame, ownPositionWorld);
        List<TrackFile> next = new ArrayList<>(files.size() + 2);
        boolean[] taken = new boolean[frame.detections().size()];
        for (int i = 0; i < files.size(); i++) {
            if (mine[i] < 0) {
                miss(files.get(i)).ifPresent(next::add);
            } else {
                taken[mine[i]] = true;
                next.add(hit(files.get(i), frame, mine[i], ownPositionWorld));
            }
        }
        long number = state.nextTrack();
        long dropped = state.dropped();
        for (int k = 0; k < taken.length; k++) {
            if (taken[k]) {
                continue;
            }
            if (next.size() >= MAX_TRACKS) {
                dropped++;
                continue;
            }
            RadarDetection echo = frame.detections().get(k);
            next.add(
                    update.born(
                            DerivedId.of(idStream, number++),
                            echo,
                            ownPositionWorld.plus(echo.relativePositionWorld()),
                            frame.sourceStep()));
        }
        return new TrackerState(next, frame.sequence(), frame.sourceStep(), number, dropped);
    }

    /** Ends what has not been seen for too long although no frame came; else changes nothing. */
    public TrackerState withoutFrame(TrackerState state, long step) {
        boolean over = false;
        for (TrackFile file : state.files()) {
            over |=
                    overdue(file, step)
                            || (file.track().status() == Status.LOST && silent(state, step));
        }
        if (!over) {
            return state;
        }
        List<TrackFile> next = new ArrayList<>(state.files().size());
        for (TrackFile file : state.files()) {
            if (!overdue(file, step) && file.track().status() != Status.LOST) {
                next.add(file);
            } else if (file.track().confirmed()) {
                next.add(update.lost(file));
            }
        }
        return new TrackerState(
                next, state.frame(), state.frameStep(), state.nextTrack(), state.dropped());
    }

    private boolean silent(TrackerState state, long step) {
        return step - state.frameStep() > settings.lostSteps();
    }

    private boolean overdue(TrackFile file, long step) {
        return file.track().status() != Status.LOST
                && step - file.track().lastStep() > settings.lostSteps();
    }

    private static List<TrackFile> alive(List<TrackFile> files) {
        for (TrackFile file : files) {
            if (file.track().status() == Status.LOST) {
                return files.stream().filter(f -> f.track().status() != Status.LOST).toList();
            }
        }
        return files;
    }

    private TrackFile hit(TrackFile file, RadarFrame frame, int detection, Vec3 own) {
        int recent = file.recent() << 1 | 1;
        int frames = file.frames() + 1;
        boolean confirmed =
                file.track().confirmed() || Integer.bitCount(recent & WINDOW) >= CONFIRM_HITS;
        RadarDetection echo = frame.detections().get(detection);
        return update.hit(
                new TrackFile(file.track(), file.known(), recent, frames),
                echo,
                own.plus(echo.relativePositionWorld()),
                frame.sourceStep(),
                confirmed ? Status.TRACKED : Status.NEW);
    }

    private java.util.Optional<TrackFile> miss(TrackFile file) {
        int recent = file.recent() << 1;
        int frames = file.frames() + 1;
        TrackFile missed = new TrackFile(file.track(), file.known(), recent, frames);
        if (!file.track().confirmed()) {
            int hits = Integer.bitCount(recent & WINDOW);
            boolean hopeless = hits + Math.max(0, CONFIRM_FRAMES - frames) < CONFIRM_HITS;
            return hopeless
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(update.missed(missed, Status.NEW));
        }
        boolean lost = file.track().misses() + 1 >= settings.lostMisses();
        return java.util.Optional.of(
                lost ? update.lost(missed) : update.missed(missed, Status.COASTING));
    }

    /** For each track the place of its detection, or -1. */
    private int[] associate(List<TrackFile> files, RadarFrame frame, Vec3 own) {
        int[] mine = new int[files.size()];
        java.util.Arrays.fill(mine, -1);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Vec3 expected = update.predicted(files.get(i).track(), frame.sourceStep()).minus(own);
            double range = expected.norm();
            for (int k = 0; k < frame.detections().size(); k++) {
                RadarDetection echo = frame.detections().get(k);
                if (Math.abs(echo.rangeMetres() - range) <= settings.gateMetres()) {
                    add(pairs, expected, range, echo, i, k);
                }
            }
        }
        Collections.sort(pairs);
        boolean[] taken = new boolean[frame.detections().size()];
        for (Pair pair : pairs) {
            if (mine[pair.file] < 0 && !taken[pair.detection]) {
                mine[pair.file] = pair.detection;
                taken[pair.detection] = true;
            }
        }
        return mine;
    }

    private void add(
            List<Pair> pairs, Vec3 expected, double range, RadarDetection echo, int i, int k) {
        Vec3 seen = echo.relativePositionWorld();
        double angle = StrictMath.atan2(expected.cross(seen).norm(), expected.dot(seen));
        if (angle <= settings.gateRadians()) {
            double along = (echo.rangeMetres() - range) / settings.gateMetres();
            double across = angle / settings.gateRadians();
            pairs.add(new Pair(along * along + across * across, i, k));
        }
    }

    /** A track and a detection within its gate, nearest first. */
    private record Pair(double distance, int file, int detection) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int order = Double.compare(distance, other.distance);
            if (order == 0) {
                order = Integer.compare(file, other.file);
            }
            return order != 0 ? order : Integer.compare(detection, other.detection);
        }
    }
}
