package io.qiki.dtmp.radar;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.RadarTrack;
import java.util.List;

/**
 * Everything a tracker remembers.
 *
 * @param files contacts, oldest first
 * @param frame sequence of the last frame taken in; 0: none
 * @param frameStep simulation step of that frame
 * @param nextTrack number of the next new track
 * @param dropped detections left out because the tracker was full
 */
public record TrackerState(
        List<TrackFile> files, long frame, long frameStep, long nextTrack, long dropped) {
    /** Nothing seen yet. */
    public static final TrackerState EMPTY = new TrackerState(List.of(), 0, 0, 0, 0);

    /** Copies; refuses negative counters. */
    public TrackerState {
        files = List.copyOf(files);
        Check.range(frame, 0, Long.MAX_VALUE, "frame");
        Check.range(frameStep, 0, Long.MAX_VALUE, "frame step");
        Check.range(nextTrack, 0, Long.MAX_VALUE, "track number");
        Check.range(dropped, 0, Long.MAX_VALUE, "dropped detections");
    }

    /** The tracks of the files, in their order. */
    public List<RadarTrack> tracks() {
        return files.stream().map(TrackFile::track).toList();
    }

    /** The catalogue's object that a track matches; empty when none. */
    public String known(RadarTrack track) {
        for (TrackFile file : files) {
            if (file.track().id().equals(track.id())) {
                return file.known();
            }
        }
        return "";
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add((long) files.size());
        for (TrackFile file : files) {
            file.addTo(hash);
        }
        return hash.add(frame).add(frameStep).add(nextTrack).add(dropped);
    }
}
