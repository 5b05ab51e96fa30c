package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.grpc.DriveResult;
import io.qiki.dtmp.launcher.Role;
import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Simulator and agent in lockstep over gRPC: what the clock says does not matter. */
@Timeout(120)
class LockstepClockIT {
    private static final long TICKS = 60;
    private static final long LATE_MILLIS = 300;
    private static final long VERY_LATE_MILLIS = 4_000;

    /** What happens to the questions to the store, counted from 1. */
    @FunctionalInterface
    private interface Store extends BiConsumer<Integer, DeliveryContext<Object>> {}

    private static DriveResult fly(Vertx vertx, Store store) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        vertx.eventBus()
                .<Object>addInboundInterceptor(
                        delivery -> {
                            String address = delivery.message().address();
                            if (address.equals(Addresses.STORE_COMMIT)
                                    || address.equals(Addresses.STORE_ACQUIRE)) {
                                store.accept(asked.incrementAndGet(), delivery);
                            } else {
                                delivery.next();
                            }
                        });
        Topology sim =
                WebHarness.get(
                        Topology.start(Plans.lockstep(1, new Role.Part.Simulator(), Role.ENDLESS)));
        Topology agents =
                WebHarness.get(
                        Topology.start(
                                Plans.lockstep(
                                        1,
                                        new Role.Part.AgentsOfSimulator(
                                                "127.0.0.1", sim.grpcPort()),
                                        TICKS),
                                vertx));
        try {
            return agents.driven()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        } finally {
            WebHarness.get(agents.close());
            WebHarness.get(sim.close());
        }
    }

    @Test
    void shouldComeToTheSameHashWithAStoreThatIsLate() throws Exception {
        DriveResult expected = fly(Vertx.vertx(), (number, delivery) -> delivery.next());

        Vertx vertx = Vertx.vertx();
        DriveResult late =
                fly(
                        vertx,
                        (number, delivery) -> {
                            if (number == 1 || number % 10 == 0) {
                                long millis = number == 30 ? VERY_LATE_MILLIS : LATE_MILLIS;
                                vertx.setTimer(millis, id -> delivery.next());
                            } else {
                                delivery.next();
                            }
                        });

        assertThat(late).isEqualTo(expected);
    }

    @Test
    void shouldComeToNoHashWithAStoreThatFails() {
        assertThatThrownBy(
                        () ->
                                fly(
                                        Vertx.vertx(),
                                        (number, delivery) -> {
                                            if (number == 20) {
                                                delivery.message().fail(1, "broken on purpose");
                                            } else {
                                                delivery.next();
                                            }
                                        }))
                .hasMessageContaining("no answer to tick")
                .hasMessageContaining("store");
    }
}
