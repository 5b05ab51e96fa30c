package io.qiki.dtmp.wire;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Proposal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A proposal as the original tells of it.
 *
 * @param id names it
 * @param source which engine
 * @param at when it was made; empty when not told
 * @param actions what it would send
 * @param justification why, for people
 * @param priority 0..1; larger is more urgent
 * @param expected how long it will take, simulation time; empty when not told
 * @param type its rank class
 * @param metadata free texts
 * @param confidence 0..1
 * @param verdict on it
 * @param dependsOn proposals that must be accepted with it
 * @param conflictsWith proposals that must not
 * @param signature free text of the engine
 */
public record ProposalReport(
        UUID id,
        String source,
        Optional<Timestamp> at,
        List<ActuatorMessages.Received> actions,
        String justification,
        float priority,
        Optional<Duration> expected,
        Proposal.Type type,
        SortedMap<String, String> metadata,
        float confidence,
        Verdict verdict,
        List<UUID> dependsOn,
        List<UUID> conflictsWith,
        String signature) {
    /** What became of it. */
    public enum Verdict {
        /** Not stated. */
        UNSPECIFIED,
        /** Nobody has judged it yet. */
        PENDING,
        /** It is to be done. */
        ACCEPTED,
        /** It is not. */
        REJECTED,
        /** It was done. */
        EXECUTED,
        /** Its time is over. */
        EXPIRED
    }

    /** Copies; refuses missing parts and numbers out of range. */
    public ProposalReport {
        Check.present(id, "proposal_id");
        Check.present(source, "source_module_id");
        Check.present(at, "timestamp");
        actions = List.copyOf(actions);
        Check.present(justification, "justification");
        Check.range(priority, 0, 1, "priority", "1");
        Check.present(expected, "expected_duration");
        Check.present(type, "type");
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        Check.range(confidence, 0, 1, "confidence", "1");
        Check.present(verdict, "status");
        dependsOn = List.copyOf(dependsOn);
        conflictsWith = List.copyOf(conflictsWith);
        Check.present(signature, "proposal_signature");
    }
}
