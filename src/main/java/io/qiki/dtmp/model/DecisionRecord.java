package io.qiki.dtmp.model;

import java.util.List;

/**
 * What an agent decided at a tick, and from what.
 *
 * @param tick of the decision
 * @param state of the state machine when deciding
 * @param proposals every one with its verdict, in the order of evaluation
 * @param commands what is sent once the commit is acknowledged
 */
public record DecisionRecord(
        long tick, FsmState state, List<JudgedProposal> proposals, List<ActuatorCommand> commands) {
    /** Copies. */
    public DecisionRecord {
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
        Check.present(state, "state");
        proposals = List.copyOf(proposals);
        commands = List.copyOf(commands);
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add(tick).add(state).add((long) proposals.size());
        for (JudgedProposal judged : proposals) {
            judged.proposal().addTo(hash).add(judged.verdict()).add(judged.reason());
        }
        hash.add((long) commands.size());
        commands.forEach(command -> command.addTo(hash));
        return hash;
    }
}
