package io.qiki.dtmp.nats;

import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.store.StateStoreClient.StateAndHistory;
import io.qiki.dtmp.wire.TwinReportPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The twins that processes elsewhere tell of. Bounded: a twin beyond the bound is left out and
 * counted, unless the place of one that only the stream knows can be had. Owned by one thread;
 * reads no clock.
 */
final class MirroredFleet {
    /** Twins that are known at a time. */
    static final int MOST_TWINS = 10_000;

    /** A twin that nobody has told of for so long is gone, ns. */
    static final long GONE_NANOS = 600_000_000_000L;

    private final int most;
    private final int history;
    private final Map<TwinId, Place> places = new LinkedHashMap<>();
    private List<TwinId> roster = List.of();
    private long leftOut;

    /**
     * No twins yet.
     *
     * @param history transitions that are kept of each
     */
    MirroredFleet(int most, int history) {
        this.most = most;
        this.history = history;
    }

    /** A twin, and whether and when somebody told of it. */
    private static final class Place {
        private final MirroredTwin twin;
        private boolean shown;
        private long heardNanos;
        private Optional<StoredState> told = Optional.empty();

        Place(MirroredTwin twin) {
            this.twin = twin;
        }
    }

    /**
     * What something that was heard changed.
     *
     * @param tick to be shown
     * @param state that is another than before
     */
    record News(Optional<TwinReport> tick, Optional<StoredState> state) {
        static final News NONE = new News(Optional.empty(), Optional.empty());
    }

    /** Takes what a process tells of a tick. */
    News accept(TwinReportPart part, long nowNanos) {
        Optional<Place> found = shown(part.twin(), nowNanos);
        if (found.isEmpty()) {
            return News.NONE;
        }
        Place place = found.get();
        boolean news = place.twin.accept(part, nowNanos);
        return new News(news ? place.twin.report() : Optional.empty(), changed(place));
    }

    /** Takes the next state of the stream. */
    News accept(StoredState state) {
        Optional<Place> found = place(state.twin(), false);
        found.ifPresent(place -> place.twin.accept(state));
        return new News(Optional.empty(), found.flatMap(MirroredFleet::changed));
    }

    /** A process says that it has these twins; gives the states of those that are new. */
    List<StoredState> named(List<TwinId> twins, long nowNanos) {
        return twins.stream()
                .flatMap(twin -> shown(twin, nowNanos).stream())
                .flatMap(place -> changed(place).stream())
                .toList();
    }

    /** Lets go of those that nobody has told of for long. */
    void expire(long nowNanos) {
        boolean gone = false;
        for (Place place : places.values()) {
            if (place.shown && nowNanos - place.heardNanos > GONE_NANOS) {
                place.shown = false;
                place.told = Optional.empty();
                place.twin.forget();
                gone = true;
            }
        }
        if (gone) {
            recount();
        }
    }

    /** The twins that somebody tells of, shorter names first: qiki-2 before qiki-10. */
    List<TwinId> roster() {
        return roster;
    }

    /** How often a twin was left out because there are too many. */
    long leftOut() {
        return leftOut;
    }

    /** The newest state of a twin with its history. */
    Optional<StateAndHistory> history(TwinId twin, int limit) {
        return Optional.ofNullable(places.get(twin)).flatMap(one -> one.twin.history(limit));
    }

    /** The newest states, in the order of the roster. */
    List<StoredState> states() {
        return roster.stream().flatMap(twin -> places.get(twin).twin.state().stream()).toList();
    }

    /** The newest ticks, in the order of the roster. */
    List<TwinReport> ticks() {
        return roster.stream().flatMap(twin -> places.get(twin).twin.report().stream()).toList();
    }

    private static Optional<StoredState> changed(Place place) {
        Optional<StoredState> now = place.twin.state().filter(state -> place.shown);
        if (now.isEmpty() || now.filter(state -> same(state, place.told)).isPresent()) {
            return Optional.empty();
        }
        place.told = now;
        return now;
    }

    /** Apart from the tick, which is a sign of life only. */
    private static boolean same(StoredState state, Optional<StoredState> told) {
        return told.filter(
                        before ->
                                before.epoch() == state.epoch()
                                        && before.version() == state.version()
                                        && before.snapshot().equals(state.snapshot()))
                .isPresent();
    }

    private Optional<Place> shown(TwinId twin, long nowNanos) {
        Optional<Place> found = place(twin, true);
        found.ifPresent(
                place -> {
                    place.heardNanos = nowNanos;
                    if (!place.shown) {
                        place.shown = true;
                        recount();
                    }
                });
        return found;
    }

    private Optional<Place> place(TwinId twin, boolean heard) {
        Place known = places.get(twin);
        if (known == null && (places.size() < most || heard && makeRoom())) {
            known = new Place(new MirroredTwin(twin, history));
            places.put(twin, known);
        }
        leftOut += known == null ? 1 : 0;
        return Optional.ofNullable(known);
    }

    private boolean makeRoom() {
        Optional<TwinId> silent =
                places.entrySet().stream()
                        .filter(one -> !one.getValue().shown)
                        .map(Map.Entry::getKey)
                        .findFirst();
        silent.ifPresent(places::remove);
        return silent.isPresent();
    }

    private void recount() {
        List<TwinId> all = new ArrayList<>();
        places.forEach(
                (twin, place) -> {
                    if (place.shown) {
                        all.add(twin);
                    }
                });
        all.sort(
                Comparator.comparingInt((TwinId twin) -> twin.value().length())
                        .thenComparing(TwinId::value));
        roster = List.copyOf(all);
    }
}
