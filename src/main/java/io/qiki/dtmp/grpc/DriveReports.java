package io.qiki.dtmp.grpc;

import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.model.AgentReport;
import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be told of vehicles whose agents live in another process: their observations and the
 * committed states; what the agents thought is not known here. A twin without an agent has a state
 * of epoch 0.
 */
final class DriveReports {
    private final int shard;
    private final Map<TwinId, StoredState> states = new HashMap<>();
    private final Map<TwinId, Observation> heard = new HashMap<>();
    private List<TwinId> twins = List.of();
    private TickReport newest;

    DriveReports(int shard) {
        this.shard = shard;
        this.newest = new TickReport(shard, List.of());
    }

    TickReport newest() {
        return newest;
    }

    /** The twins of the newest batch, in the shard's order. */
    List<TwinId> twins() {
        return twins;
    }

    Optional<Observation> seen(TwinId twin) {
        return Optional.ofNullable(heard.get(twin));
    }

    void standings(List<AgentStanding> standings) {
        standings.forEach(one -> one.stored().ifPresent(state -> states.put(one.twin(), state)));
    }

    void unattended() {
        states.clear();
    }

    TickReport of(SensedBatch batch) {
        List<TwinReport> all = new ArrayList<>(batch.sensed().size());
        List<TwinId> order = new ArrayList<>(batch.sensed().size());
        for (int i = 0; i < batch.sensed().size(); i++) {
            if (batch.sensed().get(i) instanceof SensedInput.Seen seen) {
                heard.put(seen.observation().twin(), seen.observation());
                order.add(seen.observation().twin());
                all.add(of(seen.observation()));
            } else if (i < twins.size()) {
                order.add(twins.get(i));
            }
        }
        twins = order;
        newest = new TickReport(shard, all);
        return newest;
    }

    private TwinReport of(Observation seen) {
        StoredState state =
                Optional.ofNullable(states.get(seen.twin()))
                        .orElseGet(
                                () ->
                                        new StoredState(
                                                seen.twin(), 0, 0, 0, FsmSnapshot.coldStart()));
        return AgentReport.unknown(state, seen.tick()).with(seen);
    }
}
