package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.EngineAnswer;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.TwinId;
import java.util.UUID;
import qiki.agent.v1.Answer;
import qiki.twin.v1.Command;

/** Proposals in doubles, and what engines outside answer. */
public final class TwinProposals {
    /** Most proposals in an answer. */
    public static final int MOST = 64;

    private TwinProposals() {}

    /** A proposal as a message. */
    public static qiki.twin.v1.Proposal toWire(Proposal one) {
        qiki.twin.v1.Proposal.Builder message =
                qiki.twin.v1.Proposal.newBuilder()
                        .setId(one.id().toString())
                        .setSource(one.source())
                        .setType(EnumTables.PROPOSAL.toWire(one.type()))
                        .setPriority(one.priority())
                        .setConfidence(one.confidence())
                        .setJustification(one.justification())
                        .setExpiresTick(one.expiresTick())
                        .setGoal(EnumTables.ACTIVITY.toWire(one.goal()));
        one.actions().forEach(action -> message.addActions(CommandMessages.toWire(action)));
        one.dependsOn().forEach(id -> message.addDependsOn(id.toString()));
        one.conflictsWith().forEach(id -> message.addConflictsWith(id.toString()));
        return message.build();
    }

    /**
     * A message as a proposal.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static Proposal toModel(qiki.twin.v1.Proposal message) {
        return new Proposal(
                Fields.uuid("id", message.getId()),
                message.getSource(),
                EnumTables.PROPOSAL.toModel("type", message.getTypeValue()),
                message.getPriority(),
                message.getConfidence(),
                Fields.each("actions", message.getActionsList(), CommandMessages::toModel),
                message.getJustification(),
                message.getExpiresTick(),
                Fields.each("depends_on", message.getDependsOnList(), id -> Fields.uuid("id", id)),
                Fields.each(
                        "conflicts_with",
                        message.getConflictsWithList(),
                        id -> Fields.uuid("id", id)),
                EnumTables.ACTIVITY.toModel("goal", message.getGoalValue()));
    }

    /**
     * What an engine answered about a twin. It may leave out ids of proposals and commands, which
     * get new ones, and its own name and the twin's, which are known.
     *
     * @param engine that answered
     * @param twin that it was asked about
     * @throws ConversionException naming the field and what would be right
     */
    public static EngineAnswer toModel(Answer message, String engine, TwinId twin) {
        if (message.getProposalsCount() > MOST) {
            throw new ConversionException(
                    "proposals",
                    "must be at most " + MOST + ", were " + message.getProposalsCount());
        }
        return new EngineAnswer(
                engine,
                message.getAskedTick(),
                Fields.each(
                        "proposals",
                        message.getProposalsList(),
                        one -> toModel(completed(one, engine, twin))));
    }

    private static qiki.twin.v1.Proposal completed(
            qiki.twin.v1.Proposal message, String engine, TwinId twin) {
        qiki.twin.v1.Proposal.Builder whole = message.toBuilder();
        if (whole.getId().isEmpty()) {
            whole.setId(UUID.randomUUID().toString());
        }
        if (whole.getSource().isEmpty()) {
            whole.setSource(engine);
        }
        for (Command.Builder action : whole.getActionsBuilderList()) {
            if (action.getId().isEmpty()) {
                action.setId(UUID.randomUUID().toString());
            }
            if (action.getTwin().isEmpty()) {
                action.setTwin(twin.value());
            }
        }
        return whole.build();
    }
}
