package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.TwinId;
import qiki.twin.v1.Decision;
import qiki.twin.v1.JudgedProposal;

/** Decisions for readers outside. */
public final class DecisionMessages {
    private DecisionMessages() {}

    /**
     * What an agent decided at a tick.
     *
     * @param missed ticks of the twin that were not told before
     */
    public static Decision toWire(TwinId twin, DecisionRecord decided, long missed) {
        Decision.Builder message =
                Decision.newBuilder()
                        .setTwin(twin.value())
                        .setTick(decided.tick())
                        .setState(EnumTables.STATE.toWire(decided.state()))
                        .setMissed(missed);
        decided.proposals()
                .forEach(
                        one ->
                                message.addProposals(
                                        JudgedProposal.newBuilder()
                                                .setProposal(TwinProposals.toWire(one.proposal()))
                                                .setVerdict(one.verdict().name())
                                                .setReason(one.reason().name())));
        decided.commands().forEach(command -> message.addCommands(CommandMessages.toWire(command)));
        return message.build();
    }
}
