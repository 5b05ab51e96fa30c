package io.qiki.dtmp.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store and its model side by side, given the same requests and compared after each. */
final class StoreRun {
    static final int TWINS = 2;
    private static final int READERS = 4;
    private static final int HISTORY = 5;

    /** A request; the numbers pick its details. */
    record Request(Kind kind, int twin, int a, int b, int c, int d) {
        enum Kind {
            ACQUIRE,
            COMMIT,
            REPEAT,
            POLL,
            SUBSCRIBE,
            CLOSE
        }
    }

    /** What the model knows of a subscription. */
    private static final class Reader {
        final Subscription subscription;
        final long[] handed = new long[TWINS];
        final boolean[] pending = new boolean[TWINS];

        Reader(Subscription subscription) {
            this.subscription = subscription;
        }
    }

    private final StateStore store = new StateStore(new StoreLimits(TWINS, READERS, HISTORY));
    private final List<StoreModel> models = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final long[] tick = new long[TWINS];
    private StateCommit lastCommit;
    private int names;

    StoreRun() {
        for (int i = 0; i < TWINS; i++) {
            models.add(new StoreModel(new TwinId("qiki-" + (i + 1))));
        }
    }

    void serveAll(List<Request> requests) {
        for (Request request : requests) {
            serve(request);
            models.forEach(this::compare);
        }
        readers.forEach(this::drainToTheNewest);
    }

    private void serve(Request request) {
        switch (request.kind()) {
            case ACQUIRE -> acquire(request);
            case COMMIT -> commit(commitOf(request));
            case REPEAT -> {
                if (lastCommit != null) {
                    commit(lastCommit);
                }
            }
            case SUBSCRIBE -> subscribe();
            case POLL -> {
                if (!readers.isEmpty()) {
                    poll(readers.get(request.a() % readers.size()));
                }
            }
            case CLOSE -> {
                if (!readers.isEmpty()) {
                    readers.remove(request.a() % readers.size()).subscription.close();
                }
            }
        }
    }

    private void acquire(Request request) {
        StoreModel model = models.get(request.twin());
        boolean isNew = model.epoch == 0;
        model.acquire(request.a());
        tick[request.twin()] = request.b();
        assertThat(store.acquire(model.twin, "w", request.a())).isEqualTo(model.state());
        if (isNew) {
            readers.forEach(reader -> open(reader, request.twin()));
        }
    }

    /** Mostly a commit that should pass; sometimes one detail is off. */
    private StateCommit commitOf(Request request) {
        StoreModel model = models.get(request.twin());
        long epoch =
                request.a() == 0
                        ? model.epoch + 1
                        : request.a() == 1 ? model.epoch - 1 : model.epoch;
        tick[request.twin()] += request.b() - 1L;
        long expected = model.version() + (request.c() == 0 ? 1 : request.c() == 1 ? -1 : 0);
        FsmSnapshot snapshot =
                request.d() < 4 ? model.snapshot() : Snapshots.after(request.d(), request.b());
        return new StateCommit(
                model.twin,
                Math.max(1, epoch),
                Math.max(0, tick[request.twin()]),
                Math.max(0, expected),
                snapshot);
    }

    private void commit(StateCommit commit) {
        int twin = commit.twin().equals(models.get(0).twin) ? 0 : 1;
        StoreModel model = models.get(twin);
        long before = model.version();
        assertThat(store.commit(commit)).isEqualTo(model.commit(commit));
        lastCommit = commit;
        if (model.version() != before) {
            readers.forEach(reader -> reader.pending[twin] = true);
        }
    }

    private void subscribe() {
        if (readers.size() < READERS) {
            Reader reader = new Reader(store.subscribeAll("reader-" + names++, () -> {}));
            readers.add(reader);
            for (int twin = 0; twin < TWINS; twin++) {
                if (models.get(twin).epoch > 0) {
                    open(reader, twin);
                }
            }
        }
    }

    private void open(Reader reader, int twin) {
        reader.handed[twin] = models.get(twin).version() - 1;
        reader.pending[twin] = true;
    }

    private void poll(Reader reader) {
        Optional<StateChange> change = reader.subscription.poll();
        assertThat(change.isPresent()).isEqualTo(reader.pending[0] || reader.pending[1]);
        change.ifPresent(
                c -> {
                    int twin = c.state().twin().equals(models.get(0).twin) ? 0 : 1;
                    StoreModel model = models.get(twin);
                    assertThat(reader.pending[twin]).isTrue();
                    assertThat(c.state().version()).isEqualTo(model.version());
                    assertThat(c.state().snapshot()).isEqualTo(model.snapshot());
                    assertThat(c.missed()).isEqualTo(model.version() - reader.handed[twin] - 1);
                    reader.handed[twin] = model.version();
                    reader.pending[twin] = false;
                });
    }

    private void drainToTheNewest(Reader reader) {
        while (reader.subscription.hasPending()) {
            poll(reader);
        }
        assertThat(reader.pending).containsOnly(false);
    }

    private void compare(StoreModel model) {
        if (model.epoch == 0) {
            assertThat(store.get(model.twin)).isEmpty();
            return;
        }
        assertThat(store.get(model.twin)).contains(model.state());
        List<Transition> all = model.transitions;
        assertThat(store.history(model.twin, HISTORY).transitions())
                .isEqualTo(all.subList(Math.max(0, all.size() - HISTORY), all.size()));
    }
}
