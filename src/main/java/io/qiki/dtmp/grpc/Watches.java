package io.qiki.dtmp.grpc;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;

/**
 * The readers of one kind of stream.
 *
 * @param <V> what is offered
 * @param <R> what is sent
 */
final class Watches<V, R> {
    /** More would cost more than they are worth; further ones are refused. */
    static final int MOST = 1_024;

    private final List<Watch<V, R>> watches = new ArrayList<>();

    /** Takes a reader; false when there are too many. */
    boolean add(Watch<V, R> watch) {
        watches.removeIf(Watch::over);
        return watches.size() < MOST && watches.add(watch);
    }

    void offer(TwinId twin, V value, long lost) {
        for (Watch<V, R> watch : watches) {
            watch.offer(twin, value, lost);
        }
        watches.removeIf(Watch::over);
    }

    int size() {
        return watches.size();
    }

    void endAll(Failure failure) {
        watches.forEach(watch -> watch.end(failure));
        watches.clear();
    }
}
