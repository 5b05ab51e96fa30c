package io.qiki.dtmp.model;

import java.util.List;

/**
 * What enters the core of a shard, or is proof of what it did with that, in the order in which it
 * happened. Replaying the inputs gives the proofs again.
 *
 * <p>A tick of the simulator is {@link Advanced}, then possibly {@link Answered}, then {@link
 * Finished}; what stands between two of them entered in between. A turn of the agents is {@link
 * AgentsTicked}, written down before its answer reaches the simulator.
 */
public sealed interface InputRecord {
    /** The shard it belongs to. */
    int shard();

    /**
     * The worlds made a tick and were observed.
     *
     * @param batch number of the observations
     * @param ticks per vehicle
     * @param hashes of the worlds, per vehicle
     * @param fields fingerprints of the columns per vehicle, in their order; possibly none
     */
    record Advanced(
            int shard, long batch, List<Long> ticks, List<Long> hashes, List<List<Integer>> fields)
            implements InputRecord {
        /** Copies. */
        public Advanced {
            ticks = List.copyOf(ticks);
            hashes = List.copyOf(hashes);
            fields = List.copyOf(fields);
        }
    }

    /**
     * The commands of a turn of the agents went into the worlds.
     *
     * @param turn of the agents
     */
    record Answered(int shard, long turn) implements InputRecord {}

    /**
     * The tick of the worlds is over.
     *
     * @param missed whether the agents' answer was not there by its deadline
     * @param chains per vehicle, up to here
     */
    record Finished(int shard, boolean missed, List<Long> chains) implements InputRecord {
        /** Copies. */
        public Finished {
            chains = List.copyOf(chains);
        }
    }

    /** A fault was injected. */
    record FaultInjected(int shard, TwinId twin, FaultSpec fault) implements InputRecord {}

    /** A fault was cleared. */
    record FaultCleared(int shard, TwinId twin, String faultId) implements InputRecord {}

    /**
     * A command from outside was accepted.
     *
     * @param source who gave it
     * @param sequence within the source
     */
    record CommandGiven(int shard, ActuatorCommand command, String source, long sequence)
            implements InputRecord {}

    /** Every world of the shard began anew. */
    record WorldsReset(int shard) implements InputRecord {}

    /**
     * Every world of the shard went on in its next incarnation.
     *
     * @param rewound from the last good snapshot; otherwise from where it was
     */
    record WorldsRestarted(int shard, boolean rewound) implements InputRecord {}

    /** One vehicle went on from a snapshot, in its next incarnation. */
    record WorldRestored(int shard, VehicleSnapshot snapshot) implements InputRecord {}

    /**
     * The agents of the shard made a tick.
     *
     * @param turn counts the ticks of the shard's agents
     * @param batch number of the observations; {@link SensedBatch#NONE}: there were none
     * @param ticks of the agents, per twin
     * @param inputs per twin; none: every twin saw its observation and nothing else entered
     * @param commits what the store answered; none: every commit was accepted
     * @param hashes of the agents, per twin
     * @param fields fingerprints of the parts of each agent, in their order; possibly none
     */
    record AgentsTicked(
            int shard,
            long turn,
            long batch,
            List<Long> ticks,
            List<AgentInput> inputs,
            List<CommitAnswer> commits,
            List<Long> hashes,
            List<List<Integer>> fields)
            implements InputRecord {
        /** Copies. */
        public AgentsTicked {
            ticks = List.copyOf(ticks);
            inputs = List.copyOf(inputs);
            commits = List.copyOf(commits);
            hashes = List.copyOf(hashes);
            fields = List.copyOf(fields);
        }
    }

    /** The agents of the shard went on from their last states, as a new writer. */
    record AgentsRestored(int shard) implements InputRecord {}

    /**
     * What one agent got at a tick beside its observation.
     *
     * @param blind why there was no observation; none: there was one
     * @param requests of the operator
     * @param answers of engines outside of the tick
     */
    record AgentInput(
            List<Failure> blind, List<OperatorRequest> requests, List<EngineAnswer> answers) {
        /** It saw its observation, nothing else entered. */
        public static final AgentInput PLAIN = new AgentInput(List.of(), List.of(), List.of());

        /** Copies. */
        public AgentInput {
            blind = List.copyOf(blind);
            requests = List.copyOf(requests);
            answers = List.copyOf(answers);
        }

        /** Whether it saw its observation and nothing else entered. */
        public boolean plain() {
            return blind.isEmpty() && requests.isEmpty() && answers.isEmpty();
        }
    }

    /** What the store answered to a call, in the order of the calls of a turn. */
    sealed interface CommitAnswer {
        /**
         * To an acquire.
         *
         * @param states the state to go on from; none: no answer
         */
        record Acquired(List<StoredState> states) implements CommitAnswer {
            /** Copies. */
            public Acquired {
                states = List.copyOf(states);
            }
        }

        /**
         * To a commit.
         *
         * @param acks one per state; none: no answer
         */
        record Committed(List<StateAck> acks) implements CommitAnswer {
            /** Copies. */
            public Committed {
                acks = List.copyOf(acks);
            }
        }
    }
}
