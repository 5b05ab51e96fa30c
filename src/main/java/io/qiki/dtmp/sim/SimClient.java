package io.qiki.dtmp.sim;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.HeldFault;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.VehicleSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.List;

/**
 * Asks the simulator of one shard. Futures complete on the caller's context and fail with {@code
 * RequestFailed}: sim.unavailable when it does not answer.
 */
public final class SimClient {
    /** An advance that takes longer counts as failed, ms. Source: design, supervision. */
    public static final long ADVANCE_LIMIT_MILLIS = 3_000;

    private static final long OTHER_LIMIT_MILLIS = 5_000;

    private final Vertx vertx;
    private final int shard;

    /** A client of a shard. */
    public SimClient(Vertx vertx, int shard) {
        this.vertx = vertx;
        this.shard = shard;
    }

    /**
     * Lets the shard run its next tick.
     *
     * @param wallPeriodNanos what a tick may take on the wall
     * @param rejoin whether the agents ticked blind meanwhile: the worlds go on in their next
     *     incarnation then
     */
    public Future<Advanced> advance(long wallPeriodNanos, boolean rejoin) {
        return request(
                Addresses.simAdvance(shard),
                new Advance(wallPeriodNanos, rejoin),
                Advanced.class,
                Math.max(ADVANCE_LIMIT_MILLIS, wallPeriodNanos / 250_000));
    }

    /**
     * Tells the worlds which agents of another process fly them from now on. Agents that are ahead
     * of their world, or knew a later one, find it in a later incarnation. Fails with
     * request.bad-argument for an incarnation that is out of reach.
     */
    public Future<Void> join(List<AgentStanding> agents) {
        return request(Addresses.simJoin(shard), new Join(agents), Object.class, OTHER_LIMIT_MILLIS)
                .mapEmpty();
    }

    /** Begins the next incarnation of every world of the shard. */
    public Future<Void> reset() {
        return request(Addresses.simReset(shard), "", Object.class, OTHER_LIMIT_MILLIS).mapEmpty();
    }

    /**
     * Injects a fault; gives the id that it has from then on. Fails with request.not-found for an
     * unknown twin, request.bad-argument for an unknown target and request.id-reused for a fault id
     * in use.
     */
    public Future<String> inject(TwinId twin, FaultSpec fault) {
        return request(
                Addresses.simInject(shard),
                new Inject(twin, fault),
                String.class,
                OTHER_LIMIT_MILLIS);
    }

    /** The faults that a vehicle holds, oldest first. */
    public Future<List<HeldFault>> faults(TwinId twin) {
        return request(Addresses.simFaults(shard), twin, FaultList.class, OTHER_LIMIT_MILLIS)
                .map(FaultList::faults);
    }

    /** Clears a fault. Fails with request.not-found for an unknown twin or fault. */
    public Future<Void> clear(TwinId twin, String faultId) {
        return request(
                        Addresses.simClear(shard),
                        new Clear(twin, faultId),
                        Object.class,
                        OTHER_LIMIT_MILLIS)
                .mapEmpty();
    }

    /** What the world remembers of a vehicle. Fails with request.not-found for an unknown twin. */
    public Future<Kept> snapshot(TwinId twin) {
        return request(Addresses.simSnapshot(shard), twin, Kept.class, OTHER_LIMIT_MILLIS);
    }

    /**
     * Lets a vehicle go on from a snapshot, in its next incarnation, once its agents have answered
     * what they were asked. Fails with request.not-found for an unknown twin and
     * request.bad-argument for a snapshot that no vehicle of this simulator can go on from.
     */
    public Future<Kept> restore(VehicleSnapshot snapshot) {
        return request(Addresses.simRestore(shard), snapshot, Kept.class, OTHER_LIMIT_MILLIS);
    }

    /**
     * Puts a command from outside into a vehicle's inbox. A refusal is an answer; fails with
     * sim.unavailable only.
     */
    public Future<Admitted> admit(ActuatorCommand command, CommandSource source) {
        return request(
                Addresses.simAdmit(shard),
                new Admit(command, source),
                Admitted.class,
                OTHER_LIMIT_MILLIS);
    }

    /** Faults of a vehicle. */
    public record FaultList(List<HeldFault> faults) {
        /** Copies. */
        public FaultList {
            faults = List.copyOf(faults);
        }
    }

    /** An answer of another type is a failure like any other. */
    private <R> Future<R> request(String address, Object body, Class<R> answer, long limitMillis) {
        DeliveryOptions options =
                new DeliveryOptions().setLocalOnly(true).setSendTimeout(limitMillis);
        Future<Message<Object>> reply = vertx.eventBus().request(address, body, options);
        return Replies.translate(
                reply.map(Message::body).map(answer::cast), FailureCode.SIM_UNAVAILABLE);
    }

    /**
     * What an advance did.
     *
     * @param shard which
     * @param tick now finished
     * @param missed whether the agent's answer was not there by its deadline
     */
    public record Advanced(int shard, long tick, boolean missed) {}

    /**
     * The answer to a command.
     *
     * @param admission taken or refused
     * @param incarnation of the vehicle
     * @param tick the vehicle has finished; the command acts in the next one
     * @param step the vehicle has finished
     */
    public record Admitted(Admission admission, int incarnation, long tick, long step) {}

    /**
     * A vehicle as it is kept.
     *
     * @param incarnation of the vehicle
     * @param tick the vehicle has finished
     */
    public record Kept(VehicleSnapshot snapshot, int incarnation, long tick) {}

    /** A command from outside. */
    record Admit(ActuatorCommand command, CommandSource source) {}

    /** Agents that come. */
    record Join(List<AgentStanding> agents) {
        Join {
            agents = List.copyOf(agents);
        }
    }

    /** One more tick. */
    public record Advance(long wallPeriodNanos, boolean rejoin) {}

    /** A fault for a twin. */
    public record Inject(TwinId twin, FaultSpec fault) {}

    /** No longer a fault for a twin. */
    public record Clear(TwinId twin, String faultId) {}
}
