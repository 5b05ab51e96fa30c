package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.AgentClient;
import io.qiki.dtmp.sim.SimClient;

/** What the pacing knows of one shard. Owned by the {@link TickVerticle}. */
final class ShardPace {
    private final int shard;
    private final SimClient sim;
    private final AgentClient agents;
    private boolean waiting;
    private boolean blind;
    private boolean agentsAsked;
    private int failures;
    private boolean down;

    ShardPace(int shard, SimClient sim, AgentClient agents) {
        this.shard = shard;
        this.sim = sim;
        this.agents = agents;
    }

    int shard() {
        return shard;
    }

    SimClient sim() {
        return sim;
    }

    AgentClient agents() {
        return agents;
    }

    /** Whether an advance is not answered yet: there must be no second one. */
    boolean waiting() {
        return waiting;
    }

    /** An advance is asked for; gives whether the agents ticked blind before it. */
    boolean ask() {
        waiting = true;
        boolean rejoin = blind;
        blind = false;
        return rejoin;
    }

    /**
     * The agents are to tick without the simulator; gives whether they can be asked to: not while
     * they have not answered the blind tick before.
     */
    boolean goBlind() {
        blind = true;
        boolean free = !agentsAsked;
        agentsAsked = true;
        return free;
    }

    /** The agents have answered a blind tick, or never will. */
    void blindTickOver() {
        agentsAsked = false;
    }

    /** The advance was answered, or never will be; gives failures in a row. */
    int answered(boolean failed) {
        waiting = false;
        failures = failed ? failures + 1 : 0;
        return failures;
    }

    void forgive() {
        failures = 0;
    }

    /** Whether an answer begins an outage, which is told once. */
    boolean falls(boolean failed) {
        boolean first = failed && !down;
        down = failed;
        return first;
    }
}
