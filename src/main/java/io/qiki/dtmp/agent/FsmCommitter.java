package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Commits the states of the agents of a shard: the only class that does. It acquires each twin
 * before its first commit and anew for each incarnation of its world; keeps epoch and version; and
 * corrects a version conflict within its own epoch once per tick, which happens when an answer got
 * lost. A fenced agent stands down: somebody newer writes, until the next incarnation.
 */
final class FsmCommitter {
    private final CommitPort port;
    private final String writer;
    private final List<Seat> seats;
    private final CommitTranscript transcript = new CommitTranscript();

    FsmCommitter(CommitPort port, String writer, List<TwinId> twins) {
        this.port = Check.present(port, "commit port");
        this.writer = Check.text(writer, "writer");
        this.seats = twins.stream().map(Seat::new).toList();
    }

    /** What the store knows of one twin, as far as this writer does. */
    static final class Seat {
        private final TwinId twin;
        private int incarnation = -1;
        private long epoch;
        private long version;
        private boolean fenced;
        private Optional<StoredState> stored = Optional.empty();
        private LastCommit last = LastCommit.None.INSTANCE;

        private Seat(TwinId twin) {
            this.twin = twin;
        }

        /** Epoch to command with; 0 while there is none. */
        long epoch() {
            return fenced ? 0 : epoch;
        }

        /** The state acknowledged last. */
        Optional<StoredState> stored() {
            return stored;
        }

        /** What became of the last commit. */
        LastCommit last() {
            return last;
        }
    }

    /** What to commit of one twin. */
    record Request(int place, long tick, int incarnation, long floor, FsmSnapshot snapshot) {}

    /** What the store answered. */
    CommitTranscript transcript() {
        return transcript;
    }

    Seat seat(int place) {
        return seats.get(place);
    }

    /** Goes on as the writer whose last commit made this state. */
    void resume(int place, int incarnation, StoredState stored) {
        Seat seat = seats.get(place);
        seat.incarnation = incarnation;
        seat.epoch = stored.epoch();
        seat.version = stored.version();
        seat.stored = Optional.of(stored);
        seat.last =
                new LastCommit.Answered(
                        new StateAck(
                                seat.twin, FailureCode.NONE, stored.epoch(), stored.version()));
    }

    /** Commits; {@code done} runs once everything is answered. */
    void commit(List<Request> requests, Runnable done) {
        List<Request> newcomers = new ArrayList<>();
        for (Request request : requests) {
            Seat seat = seats.get(request.place());
            boolean moved = request.incarnation() >= 0 && request.incarnation() != seat.incarnation;
            if (moved) {
                seat.fenced = false;
            }
            if (moved || seat.epoch == 0) {
                newcomers.add(request);
            }
        }
        if (newcomers.isEmpty()) {
            send(requests, true, done);
            return;
        }
        Countdown open = new Countdown(newcomers.size(), () -> send(requests, true, done));
        for (Request request : newcomers) {
            Seat seat = seats.get(request.place());
            Once<Optional<StoredState>> answer =
                    new Once<>(
                            state -> {
                                transcript.acquired(state);
                                state.ifPresent(found -> take(seat, request, found));
                                open.one();
                            },
                            Optional.empty());
            long floor = Math.max(request.floor(), seat.epoch);
            answer.ask(() -> port.acquire(seat.twin, writer, floor, answer));
        }
    }

    private static void take(Seat seat, Request request, StoredState state) {
        seat.epoch = state.epoch();
        seat.version = state.version();
        seat.incarnation = request.incarnation();
        seat.stored = Optional.of(state);
    }

    private void send(List<Request> requests, boolean mayCorrect, Runnable done) {
        List<Request> sent = new ArrayList<>(requests.size());
        List<StateCommit> commits = new ArrayList<>(requests.size());
        for (Request request : requests) {
            Seat seat = seats.get(request.place());
            seat.last = LastCommit.Unanswered.INSTANCE;
            if (seat.epoch > 0 && !seat.fenced) {
                sent.add(request);
                commits.add(
                        new StateCommit(
                                seat.twin,
                                seat.epoch,
                                request.tick(),
                                seat.version,
                                request.snapshot()));
            }
        }
        if (commits.isEmpty()) {
            done.run();
            return;
        }
        Once<List<StateAck>> answer =
                new Once<>(acks -> answered(sent, acks, mayCorrect, done), List.of());
        answer.ask(() -> port.commit(commits, answer));
    }

    private void answered(
            List<Request> sent, List<StateAck> acks, boolean mayCorrect, Runnable done) {
        transcript.committed(sent.size(), acks);
        List<Request> again = new ArrayList<>();
        for (int i = 0; i < Math.min(sent.size(), acks.size()); i++) {
            Request request = sent.get(i);
            Seat seat = seats.get(request.place());
            StateAck ack = acks.get(i);
            if (!answers(ack, seat)) {
                continue;
            }
            seat.last = new LastCommit.Answered(ack);
            if (ack.accepted()) {
                seat.version = ack.version();
                seat.stored =
                        Optional.of(
                                new StoredState(
                                        seat.twin,
                                        ack.epoch(),
                                        ack.version(),
                                        request.tick(),
                                        request.snapshot()));
            } else if (ack.code() == FailureCode.STORE_FENCED) {
                seat.fenced = true;
            } else if (ack.code() == FailureCode.NOT_FOUND) {
                seat.epoch = 0;
            } else if (ack.code() == FailureCode.STORE_VERSION_CONFLICT
                    && ack.epoch() == seat.epoch) {
                seat.version = ack.version();
                again.add(request);
            }
        }
        if (mayCorrect && !again.isEmpty()) {
            send(again, false, done);
        } else {
            done.run();
        }
    }

    /** Whether an outcome can be one of this commit; one that cannot is none. */
    private static boolean answers(StateAck ack, Seat seat) {
        return ack.twin().equals(seat.twin)
                && (!ack.accepted()
                        || ack.epoch() == seat.epoch
                                && ack.version() >= seat.version
                                && ack.version() <= seat.version + 1);
    }

    /** The first answer counts; a way to the store that throws before it has given none. */
    private static final class Once<T> implements Consumer<T> {
        private final Consumer<T> then;
        private final T none;
        private boolean over;

        Once(Consumer<T> then, T none) {
            this.then = then;
            this.none = none;
        }

        void ask(Runnable question) {
            try {
                question.run();
            } catch (RuntimeException failed) {
                if (over) {
                    throw failed;
                }
                accept(none);
            }
        }

        @Override
        public void accept(T answer) {
            if (!over) {
                over = true;
                then.accept(answer);
            }
        }
    }

    /** Runs something once a number of answers are in. */
    private static final class Countdown {
        private final Runnable then;
        private int open;

        Countdown(int open, Runnable then) {
            this.open = open;
            this.then = then;
        }

        void one() {
            open--;
            if (open == 0) {
                then.run();
            }
        }
    }
}
