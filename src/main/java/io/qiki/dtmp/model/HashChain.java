package io.qiki.dtmp.model;

/**
 * The fingerprint of a twin's whole past: h(n) = mix(h(n-1), w(n), a(n)), with w(n) the world part
 * taken when batch n is handed out and a(n) the agent part after tick n.
 */
public final class HashChain {
    /** h(0): nothing has happened. */
    public static final long START = 0;

    private HashChain() {}

    /** The next link of a twin's chain. */
    public static long next(long previous, long world, long agent) {
        return new Hash64().add(previous).add(world).add(agent).value();
    }

    /** One fingerprint of several twins' chains, in their order. */
    public static long total(long... chains) {
        Hash64 hash = new Hash64().add((long) chains.length);
        for (long chain : chains) {
            hash.add(chain);
        }
        return hash.value();
    }
}
