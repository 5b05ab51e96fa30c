package io.qiki.dtmp.launcher;

import io.qiki.dtmp.grpc.GrpcSources;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Observation;
import java.util.List;

/**
 * Which part of a run lives in a process.
 *
 * @param part the simulator, the agents or both
 * @param lockstep whether each answer of the agents makes the next tick of the simulator
 * @param http whether there is a web server
 * @param ticks of the agents after which the process ends; {@link #ENDLESS}: never
 */
public record Role(Part part, boolean lockstep, boolean http, long ticks) {
    /** No end by itself. */
    public static final long ENDLESS = Long.MAX_VALUE;

    /** Everything in one process. */
    public static final Role ALL = new Role(new Part.Both(), false, true, ENDLESS);

    /** A dashboard alone. */
    public static final Role DASHBOARD = new Role(new Part.Dashboard(), false, true, ENDLESS);

    /** A part of a run. */
    public sealed interface Part {
        /** Simulator and agents. */
        record Both() implements Part {}

        /** The simulator alone, driven over gRPC. */
        record Simulator() implements Part {}

        /**
         * The agents alone, on a script.
         *
         * @param script observations of one twin, ticks rising by 1
         */
        record AgentsOfScript(List<Observation> script) implements Part {
            /** Copies. */
            public AgentsOfScript {
                script = List.copyOf(script);
            }
        }

        /**
         * The agents alone, on a simulator in another process.
         *
         * @param host of it
         * @param port of it
         */
        record AgentsOfSimulator(String host, int port) implements Part {}

        /** Neither: a web server that shows twins of other processes, which it hears over NATS. */
        record Dashboard() implements Part {}
    }

    /** Refuses missing parts. */
    public Role {
        Check.present(part, "part");
        Check.range(ticks, 1, ENDLESS, "ticks");
    }

    /** Whether the simulator is here. */
    boolean simulator() {
        return part instanceof Part.Both || part instanceof Part.Simulator;
    }

    /** Whether the agents are here. */
    boolean agents() {
        return !(part instanceof Part.Simulator || mirrors());
    }

    /** Whether this process decides when the next tick begins. */
    boolean paces() {
        return !(part instanceof Part.AgentsOfSimulator || mirrors());
    }

    /** Whether this process only hears of its twins. */
    boolean mirrors() {
        return part instanceof Part.Dashboard;
    }

    /** What a process of this kind is called, before the part that tells it from others. */
    String word() {
        if (part instanceof Part.Both) {
            return "qiki";
        } else if (mirrors()) {
            return "dashboard";
        }
        return part instanceof Part.Simulator ? "sim" : "agent";
    }

    /** How the gRPC server of the process is driven. */
    GrpcSources.Drive drive() {
        if (!(part instanceof Part.Simulator)) {
            return GrpcSources.Drive.NONE;
        }
        return lockstep ? GrpcSources.Drive.LOCKSTEP : GrpcSources.Drive.FREE;
    }
}
