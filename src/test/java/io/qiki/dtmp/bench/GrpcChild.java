package io.qiki.dtmp.bench;

import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;

/** A live fleet in a process of its own that prints its gRPC port and flies until it is ended. */
final class GrpcChild {
    private static final long WARM_UP_MILLIS = 15_000;

    private GrpcChild() {}

    /**
     * Flies.
     *
     * @param arguments number of twins
     */
    public static void main(String[] arguments) throws Exception {
        try (LiveProcess fleet = LiveProcess.start(Plans.demo(Integer.parseInt(arguments[0])))) {
            Thread.sleep(WARM_UP_MILLIS);
            System.out.println(fleet.topology().grpcPort());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
