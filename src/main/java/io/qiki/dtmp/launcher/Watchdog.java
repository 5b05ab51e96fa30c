package io.qiki.dtmp.launcher;

import io.vertx.core.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * Notices an event loop that is blocked: one whose verticle has not had a turn for {@link
 * #LIMIT_MILLIS}. Nothing in the process can mend that; the process is to be ended.
 *
 * <p>It has a thread of its own, since every other one may be the blocked one. When that thread
 * itself was held up, the whole process was (a stopped process, a machine asleep), and nobody is
 * judged.
 */
final class Watchdog {
    /** An event loop without a turn for so long is blocked, ms. Source: design, supervision. */
    static final long LIMIT_MILLIS = 5_000;

    /** While a verticle starts, ms: loading classes takes its time on a busy machine. */
    static final long STARTING_MILLIS = 20_000;

    private static final long ROUND_MILLIS = 250;
    private static final long HELD_UP_MILLIS = 2_000;

    private final Map<Context, Beat> beats = new ConcurrentHashMap<>();
    private final Alarm alarm;
    private volatile boolean ended;

    /** Who is told of a blocked event loop. */
    @FunctionalInterface
    interface Alarm {
        /**
         * An event loop is blocked.
         *
         * @param verticles that live on it
         * @param thread that does not return
         * @param limitMillis how long a turn might have lasted, ms
         */
        void raise(String verticles, Thread thread, long limitMillis);
    }

    /** The last turn of a verticle. */
    private record Beat(String name, long limitMillis, long nanos, Thread thread, boolean asked) {
        Beat at(long now, Thread turning, boolean waiting) {
            return new Beat(name, limitMillis, now, turning, waiting);
        }
    }

    /**
     * A watchdog that watches nothing yet.
     *
     * @param alarm is raised once
     */
    Watchdog(Alarm alarm) {
        this.alarm = alarm;
    }

    /** Begins. */
    void start() {
        Thread thread = new Thread(this::watch, "watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends. */
    void stop() {
        ended = true;
    }

    /**
     * Watches a verticle, or goes on with another limit; to be called on its event loop.
     *
     * @param limitMillis how long a turn may last, ms
     */
    void add(String name, Context context, long limitMillis) {
        beats.put(
                context,
                new Beat(name, limitMillis, System.nanoTime(), Thread.currentThread(), false));
    }

    /** Watches it no longer. */
    void remove(Context context) {
        beats.remove(context);
    }

    private void watch() {
        long last = System.nanoTime();
        while (!ended) {
            try {
                Thread.sleep(ROUND_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            long now = System.nanoTime();
            if (now - last > HELD_UP_MILLIS * 1_000_000) {
                beats.replaceAll((context, beat) -> turn(beat));
            }
            last = now;
            beats.forEach((context, beat) -> look(context, beat, now));
        }
    }

    private void look(Context context, Beat beat, long now) {
        if (!beat.asked()) {
            beats.computeIfPresent(context, (same, old) -> old.at(now, old.thread(), true));
            ask(context);
        } else if (now - beat.nanos() > beat.limitMillis() * 1_000_000 && !ended) {
            ended = true;
            alarm.raise(sharing(beat.thread()), beat.thread(), beat.limitMillis());
        }
    }

    /**
     * The verticles of an event loop: which of them does not return cannot be told from outside.
     */
    private String sharing(Thread thread) {
        List<String> names =
                beats.values().stream()
                        .filter(beat -> beat.thread() == thread)
                        .map(Beat::name)
                        .sorted()
                        .toList();
        return names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
    }

    /** An event loop that has ended is not blocked. */
    private void ask(Context context) {
        try {
            context.runOnContext(
                    turn ->
                            beats.computeIfPresent(
                                    context,
                                    (same, old) ->
                                            old.at(
                                                    System.nanoTime(),
                                                    Thread.currentThread(),
                                                    false)));
        } catch (RejectedExecutionException over) {
            beats.remove(context);
        }
    }

    private static Beat turn(Beat beat) {
        return beat.at(System.nanoTime(), beat.thread(), beat.asked());
    }
}
