package io.qiki.dtmp.store;

import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;

/** One twin of a store in its simplest form: it remembers everything and looks it up. */
final class StoreModel {
    final TwinId twin;
    final List<FsmSnapshot> versions = new ArrayList<>();
    final List<Transition> transitions = new ArrayList<>();
    long epoch;
    private final List<StateCommit> accepted = new ArrayList<>();
    private final List<StateAck> answers = new ArrayList<>();

    StoreModel(TwinId twin) {
        this.twin = twin;
        versions.add(FsmSnapshot.coldStart());
    }

    long version() {
        return versions.size() - 1L;
    }

    FsmSnapshot snapshot() {
        return versions.get(versions.size() - 1);
    }

    StoredState state() {
        long tick = accepted.isEmpty() ? 0 : accepted.get(accepted.size() - 1).tick();
        return new StoredState(twin, epoch, version(), tick, snapshot());
    }

    void acquire(long floor) {
        epoch = Math.max(epoch, floor) + 1;
    }

    StateAck commit(StateCommit commit) {
        if (epoch == 0) {
            return answer(FailureCode.NOT_FOUND);
        }
        if (commit.epoch() != epoch) {
            return answer(FailureCode.STORE_FENCED);
        }
        long newest = -1;
        for (int i = 0; i < accepted.size(); i++) {
            StateCommit earlier = accepted.get(i);
            newest = earlier.epoch() == epoch ? Math.max(newest, earlier.tick()) : newest;
        }
        if (commit.tick() < newest) {
            return answer(FailureCode.STORE_STALE_TICK);
        }
        if (commit.tick() == newest) {
            int last = accepted.size() - 1;
            return accepted.get(last).equals(commit)
                    ? answers.get(last)
                    : answer(FailureCode.ID_REUSED);
        }
        if (commit.expectedVersion() != version()) {
            return answer(FailureCode.STORE_VERSION_CONFLICT);
        }
        if (!commit.snapshot().equals(snapshot())) {
            if (commit.snapshot().last().from() != commit.snapshot().last().to()) {
                transitions.add(commit.snapshot().last());
            }
            versions.add(commit.snapshot());
        }
        accepted.add(commit);
        StateAck ack = answer(FailureCode.NONE);
        answers.add(ack);
        return ack;
    }

    private StateAck answer(FailureCode code) {
        return new StateAck(twin, code, epoch, epoch == 0 ? 0 : version());
    }
}
