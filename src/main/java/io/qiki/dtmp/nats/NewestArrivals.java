package io.qiki.dtmp.nats;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands over to the owner's context what arrives on the threads of the NATS client and of which
 * only the newest counts: one slot per key, in which the newest wins.
 *
 * @param <K> what a slot is kept for
 * @param <V> what arrives; immutable
 */
final class NewestArrivals<K, V> {
    private final Context context;
    private final Consumer<V> owner;
    private final Slots<K, V> slots;
    private boolean under;

    /**
     * Nothing has arrived yet.
     *
     * @param most keys that may wait
     * @param owner is called on the context
     */
    NewestArrivals(Context context, int most, Consumer<V> owner) {
        this.context = context;
        this.owner = owner;
        this.slots = new Slots<>(most);
    }

    /** Something arrived; to be called from any thread. */
    void arrived(K key, V value) {
        boolean first;
        synchronized (slots) {
            slots.offer(key, value);
            first = !under;
            under = true;
        }
        if (first) {
            context.runOnContext(turn -> handOver());
        }
    }

    private void handOver() {
        List<V> all = new ArrayList<>();
        synchronized (slots) {
            under = false;
            while (!slots.isEmpty()) {
                slots.poll().ifPresent(all::add);
            }
        }
        all.forEach(owner);
    }
}
