package io.qiki.dtmp.store;

/**
 * Counters of a store since its creation, and its sizes now.
 *
 * @param twins held now
 * @param subscribers subscribed now
 * @param acquires epochs given
 * @param changes accepted commits that raised a version
 * @param heartbeats accepted commits of an equal snapshot
 * @param repeats commits answered again with their first answer
 * @param conflicts commits refused for a wrong expected version
 * @param fenced commits refused for an epoch that may not write
 * @param refused commits refused for any other reason
 * @param gets reads of a current state
 * @param deliveries changes handed to subscribers
 * @param conflated versions that subscribers missed because a newer one took their slot
 * @param historyDropped transitions that left a full history
 * @param subscriberFailures subscriptions ended because their notification threw
 */
public record StoreMetrics(
        int twins,
        int subscribers,
        long acquires,
        long changes,
        long heartbeats,
        long repeats,
        long conflicts,
        long fenced,
        long refused,
        long gets,
        long deliveries,
        long conflated,
        long historyDropped,
        long subscriberFailures) {
    /** Commits of any outcome. */
    public long commits() {
        return changes + heartbeats + repeats + conflicts + fenced + refused;
    }
}
