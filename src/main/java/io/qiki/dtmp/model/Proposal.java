package io.qiki.dtmp.model;

import java.util.List;
import java.util.UUID;

/**
 * What an engine proposes to do.
 *
 * @param id of the proposal
 * @param source id of the engine
 * @param type decides the order first
 * @param priority 0..1, decides second
 * @param confidence 0..1, decides third, and must reach the threshold
 * @param actions commands to send when accepted, possibly none
 * @param justification one sentence for a person
 * @param expiresTick first tick at which it counts no more
 * @param dependsOn proposals that must be accepted with it
 * @param conflictsWith proposals that must not
 * @param goal the activity it serves; NONE when it serves none
 */
public record Proposal(
        UUID id,
        String source,
        Type type,
        double priority,
        double confidence,
        List<ActuatorCommand> actions,
        String justification,
        long expiresTick,
        List<UUID> dependsOn,
        List<UUID> conflictsWith,
        Activity goal) {
    /** Kinds of proposals; numbers as on the wire. */
    public enum Type {
        /** Not stated; comes last. */
        UNSPECIFIED,
        /** Avoids harm; comes first. */
        SAFETY,
        /** Serves the mission. */
        PLANNING,
        /** Finds something out about the vehicle. */
        DIAGNOSTICS,
        /** Finds something out about the world. */
        EXPLORATION
    }

    /** Copies; refuses missing parts and numbers out of range. */
    public Proposal {
        Check.present(id, "proposal id");
        Check.text(source, "proposal source");
        Check.present(type, "proposal type");
        Check.range(priority, 0, 1, "priority", "1");
        Check.range(confidence, 0, 1, "confidence", "1");
        actions = List.copyOf(actions);
        Check.text(justification, "justification");
        Check.range(expiresTick, 0, Long.MAX_VALUE, "expiry tick");
        dependsOn = List.copyOf(dependsOn);
        conflictsWith = List.copyOf(conflictsWith);
        Check.present(goal, "goal");
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add(id).add(source).add(type).add(priority).add(confidence);
        hash.add((long) actions.size());
        actions.forEach(action -> action.addTo(hash));
        hash.add(justification).add(expiresTick);
        hash.add((long) dependsOn.size());
        dependsOn.forEach(hash::add);
        hash.add((long) conflictsWith.size());
        conflictsWith.forEach(hash::add);
        return hash.add(goal);
    }
}
