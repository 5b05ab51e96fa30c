package io.qiki.dtmp.model;

import java.util.List;

/**
 * One turn of the search radar.
 *
 * @param sequence counts the frames of this radar from 1
 * @param sourceStep the simulation step at which it was taken
 * @param detections echoes in the order of detection, possibly none
 */
public record RadarFrame(long sequence, long sourceStep, List<RadarDetection> detections) {
    /** Copies. */
    public RadarFrame {
        Check.range(sequence, 0, Long.MAX_VALUE, "frame sequence");
        Check.range(sourceStep, 0, Long.MAX_VALUE, "source step");
        detections = List.copyOf(detections);
    }
}
