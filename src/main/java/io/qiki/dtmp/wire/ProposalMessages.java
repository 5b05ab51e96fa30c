package io.qiki.dtmp.wire;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.TwinId;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Proposals as the original tells of them: floats, no end of validity, no goal. */
public final class ProposalMessages {
    private static final String GOAL = "goal";

    private ProposalMessages() {}

    /**
     * A proposal that was judged.
     *
     * @param step at which it was
     */
    public static ProposalReport report(JudgedProposal judged, long step, WireDates dates) {
        Proposal one = judged.proposal();
        TreeMap<String, String> metadata = new TreeMap<>();
        metadata.put(GOAL, one.goal().name());
        metadata.put("reason", judged.reason().name());
        return new ProposalReport(
                one.id(),
                one.source(),
                Optional.of(dates.timestamp(step)),
                one.actions().stream()
                        .map(
                                action ->
                                        new ActuatorMessages.Received(
                                                action,
                                                Optional.of(dates.timestamp(step)),
                                                (float) one.confidence(),
                                                false,
                                                0))
                        .toList(),
                one.justification(),
                (float) one.priority(),
                Optional.empty(),
                one.type(),
                metadata,
                (float) one.confidence(),
                ProposalReport.Verdict.valueOf(judged.verdict().name()),
                one.dependsOn(),
                one.conflictsWith(),
                "");
    }

    /** A report as a message. */
    public static qiki.mind.Proposal toWire(ProposalReport report) {
        qiki.mind.Proposal.Builder message =
                qiki.mind.Proposal.newBuilder()
                        .setProposalId(Heads.id(report.id()))
                        .setSourceModuleId(report.source())
                        .setJustification(report.justification())
                        .setPriority(report.priority())
                        .setType(EnumTables.PROPOSAL.toWire(report.type()))
                        .putAllMetadata(report.metadata())
                        .setConfidence(report.confidence())
                        .setStatus(EnumTables.VERDICT.toWire(report.verdict()))
                        .setProposalSignature(report.signature());
        report.at().ifPresent(message::setTimestamp);
        report.expected().ifPresent(message::setExpectedDuration);
        report.actions().forEach(one -> message.addProposedActions(ActuatorMessages.toWire(one)));
        report.dependsOn().forEach(id -> message.addDependsOn(Heads.id(id)));
        report.conflictsWith().forEach(id -> message.addConflictsWith(Heads.id(id)));
        return message.build();
    }

    /**
     * A message as a report.
     *
     * @param twin whose actuators it means
     * @throws UnknownActuatorException for an id that is a UUID of no actuator
     * @throws ConversionException naming the field and what would be right
     */
    public static ProposalReport toModel(qiki.mind.Proposal message, TwinId twin) {
        return new ProposalReport(
                Heads.id("proposal_id", message.hasProposalId(), message.getProposalId()),
                message.getSourceModuleId(),
                Heads.date("timestamp", message.hasTimestamp(), message.getTimestamp()),
                Fields.each(
                        "proposed_actions",
                        message.getProposedActionsList(),
                        action -> ActuatorMessages.toModel(action, twin)),
                message.getJustification(),
                message.getPriority(),
                duration(message),
                EnumTables.PROPOSAL.toModel("type", message.getTypeValue()),
                new TreeMap<>(message.getMetadataMap()),
                message.getConfidence(),
                EnumTables.VERDICT.toModel("status", message.getStatusValue()),
                ids("depends_on", message.getDependsOnList()),
                ids("conflicts_with", message.getConflictsWithList()),
                message.getProposalSignature());
    }

    private static Optional<Duration> duration(qiki.mind.Proposal message) {
        if (!message.hasExpectedDuration()) {
            return Optional.empty();
        }
        Duration told = message.getExpectedDuration();
        if (!Durations.isValid(told) || Durations.isNegative(told)) {
            throw new ConversionException(
                    "expected_duration", "must be a duration of 0 or more, was " + told);
        }
        return Optional.of(told);
    }

    private static List<UUID> ids(String field, List<qiki.common.UUID> messages) {
        return Fields.each(field, messages, one -> Fields.uuid("value", one.getValue()));
    }
}
