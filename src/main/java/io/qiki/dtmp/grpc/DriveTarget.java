package io.qiki.dtmp.grpc;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.TwinId;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What agents of this process drive in another one.
 *
 * @param host of the simulator
 * @param port of the simulator, 1..65535
 * @param trusted certificates that the simulator is trusted by; empty: no TLS
 * @param shard which
 * @param twins of the shard, in its order
 * @param periodNanos simulation time of a tick, ns
 * @param lockstep whether each answer makes the next tick; then nobody waits for the clock
 * @param ticks after which to end; {@link Long#MAX_VALUE}: never
 */
public record DriveTarget(
        String host,
        int port,
        Optional<Path> trusted,
        int shard,
        List<TwinId> twins,
        long periodNanos,
        boolean lockstep,
        long ticks) {
    /** Copies; refuses numbers out of range. */
    public DriveTarget {
        Check.text(host, "host");
        Check.range(port, 1, 65_535, "port");
        Check.present(trusted, "trusted certificates");
        twins = List.copyOf(twins);
        Check.range(periodNanos, 1, Long.MAX_VALUE, "tick period in ns");
        Check.range(ticks, 1, Long.MAX_VALUE, "ticks");
    }

    SocketAddress address() {
        return SocketAddress.inetSocketAddress(port, host);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
