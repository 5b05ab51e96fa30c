package io.qiki.dtmp.bench;

import java.util.List;
import java.util.Optional;

/**
 * What a benchmark promises and what it is set beside.
 *
 * @param method name of the benchmark method
 * @param params its parameters as {@code name=value}, empty when it has none
 * @param id of the result
 * @param unit of the result, for example {@code ticks/s}
 * @param target least median, or most; empty: none, the figure explains another
 * @param most whether the target is the most that it may be
 * @param ratioTo what the median is divided by, in words; empty: nothing
 * @param ratioFigure the figure it is divided by, in the unit of the result; 0 when there is none
 */
record Figure(
        String method,
        List<String> params,
        String id,
        String unit,
        Optional<Double> target,
        boolean most,
        String ratioTo,
        double ratioFigure) {
    static Figure of(String method, String id, String unit) {
        return new Figure(method, List.of(), id, unit, Optional.empty(), false, "", 0);
    }

    Figure at(String param) {
        return new Figure(method, List.of(param), id, unit, target, most, ratioTo, ratioFigure);
    }

    Figure target(double least) {
        return new Figure(
                method, params, id, unit, Optional.of(least), false, ratioTo, ratioFigure);
    }

    Figure atMost(double bound) {
        return new Figure(method, params, id, unit, Optional.of(bound), true, ratioTo, ratioFigure);
    }

    /** Whether a median misses the target, if there is one. */
    boolean missedBy(double median) {
        return target.isPresent() && (most ? median > target.get() : median < target.get());
    }

    Figure beside(String what, double figure) {
        return new Figure(method, params, id, unit, target, most, what, figure);
    }
}
