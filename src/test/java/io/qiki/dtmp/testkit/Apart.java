package io.qiki.dtmp.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Work on threads of its own. The common pool of a small machine has one, which may be blocked. */
public final class Apart {
    private Apart() {}

    /** Begins a call at once, whatever else waits. */
    public static <T> CompletableFuture<T> supply(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, Apart::start);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "apart");
        thread.setDaemon(true);
        thread.start();
    }
}
