package io.qiki.dtmp.it;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.testkit.Plans;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A process whose simulator never returns from its thirtieth tick. */
final class BlockedProcess {
    private static final int TICKS = 30;

    private BlockedProcess() {}

    /**
     * Runs it.
     *
     * @param arguments the input log
     */
    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        AtomicInteger ticks = new AtomicInteger();
        vertx.eventBus()
                .addInboundInterceptor(
                        (DeliveryContext<Object> delivery) -> {
                            if (delivery.message().address().equals(Addresses.simAdvance(0))
                                    && ticks.incrementAndGet() > TICKS) {
                                System.out.println("blocked");
                                waitForever();
                            }
                            delivery.next();
                        });
        Topology.start(Plans.logged(1, new Shards(1), Path.of(arguments[0]), false), vertx);
        new CountDownLatch(1).await();
    }

    private static void waitForever() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
