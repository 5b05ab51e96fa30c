package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.TwinId;
import qiki.twin.v1.Decision;
import qiki.twin.v1.JudgedProposal;

/** Decisions for readers outside, and as they read them. */
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

    /**
     * A message as what an agent decided.
     *
     * @param twin whose it must be
     * @throws ConversionException naming the field and what would be right
     */
    public static DecisionRecord toModel(TwinId twin, Decision message) {
        Fields.same("twin", twin.value(), message.getTwin());
        return new DecisionRecord(
                message.getTick(),
                EnumTables.STATE.toModel("state", message.getStateValue()),
                Fields.each("proposals", message.getProposalsList(), DecisionMessages::judged),
                Fields.each("commands", message.getCommandsList(), CommandMessages::toModel));
    }

    private static io.qiki.dtmp.model.JudgedProposal judged(JudgedProposal message) {
        Fields.needs(message.hasProposal(), "proposal");
        return new io.qiki.dtmp.model.JudgedProposal(
                Fields.at("proposal", () -> TwinProposals.toModel(message.getProposal())),
                Fields.word(
                        "verdict",
                        io.qiki.dtmp.model.JudgedProposal.Verdict.class,
                        message.getVerdict()),
                Fields.word(
                        "reason",
                        io.qiki.dtmp.model.JudgedProposal.Reason.class,
                        message.getReason()));
    }
}
