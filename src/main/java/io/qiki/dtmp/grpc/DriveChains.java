package io.qiki.dtmp.grpc;

import io.qiki.dtmp.model.AgentOrders;
import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.HashChain;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;

/** The chains of twins whose halves live in two processes: both meet at each tick. */
final class DriveChains {
    private final List<TwinId> twins;
    private final long[] chains;

    DriveChains(List<TwinId> twins) {
        this.twins = List.copyOf(twins);
        this.chains = new long[twins.size()];
    }

    /** A tick: what the worlds were, and what became of the agents. */
    void add(SensedBatch seen, List<AgentOrders> orders) {
        for (int i = 0; i < chains.length; i++) {
            if (seen.sensed().get(i) instanceof SensedInput.Seen one) {
                chains[i] =
                        HashChain.next(
                                chains[i], one.observation().worldHash(), orders.get(i).hash());
            }
        }
    }

    DriveResult result(long ticks, long losses, List<AgentStanding> standings) {
        List<DriveResult.Line> lines = new ArrayList<>();
        for (int i = 0; i < chains.length; i++) {
            lines.add(new DriveResult.Line(twins.get(i), standings.get(i).stored(), chains[i]));
        }
        return new DriveResult(ticks, losses, lines);
    }
}
