package io.qiki.dtmp.launcher;

import io.qiki.dtmp.agent.AgentVerticle;
import io.qiki.dtmp.grpc.DriveVerticle;
import io.qiki.dtmp.grpc.GrpcVerticle;
import io.qiki.dtmp.journal.EventLogVerticle;
import io.qiki.dtmp.journal.InputLogVerticle;
import io.qiki.dtmp.nats.NatsBridgeVerticle;
import io.qiki.dtmp.provider.ScriptVerticle;
import io.qiki.dtmp.sim.SimVerticle;
import io.qiki.dtmp.store.StateStoreVerticle;
import io.qiki.dtmp.twin.CommandVerticle;
import io.qiki.dtmp.twin.TickVerticle;
import io.qiki.dtmp.web.WebVerticle;
import io.vertx.core.Deployable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The verticles that can run in a process of their own. */
enum VerticleKind {
    JOURNAL(EventLogVerticle.class),
    INPUT_LOG(InputLogVerticle.class),
    STORE(StateStoreVerticle.class),
    AGENT(AgentVerticle.class),
    SIM(SimVerticle.class),
    DRIVE(DriveVerticle.class),
    SCRIPT(ScriptVerticle.class),
    COMMAND(CommandVerticle.class),
    TICK(TickVerticle.class),
    GRPC(GrpcVerticle.class),
    WEB(WebVerticle.class),
    NATS(NatsBridgeVerticle.class);

    private final Class<? extends Deployable> type;

    VerticleKind(Class<? extends Deployable> type) {
        this.type = type;
    }

    /** The name of its class, without the package. */
    String simpleName() {
        return type.getSimpleName();
    }

    /** Whether there is one per shard. */
    boolean sharded() {
        return this == AGENT || this == SIM || this == DRIVE || this == SCRIPT;
    }

    /** The kind of a class that is named with or without its package. */
    static Optional<VerticleKind> named(String name) {
        return Stream.of(values())
                .filter(kind -> kind.type.getName().equals(name) || kind.simpleName().equals(name))
                .findFirst();
    }

    /** The names of all. */
    static List<String> names() {
        return Stream.of(values()).map(VerticleKind::simpleName).toList();
    }
}
