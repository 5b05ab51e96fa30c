package io.qiki.dtmp.model;

import java.util.UUID;

/** Identifiers that follow from where they arise, so that a replay gives the same ones. */
public final class DerivedId {
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private DerivedId() {}

    /**
     * The identifier number {@code counter} of a stream of a twin, as a UUID of version 8.
     *
     * @param seed the seed of the run
     * @param twin whose stream
     * @param stream what is numbered, for example "command"
     * @param counter the running number within the stream
     */
    public static UUID of(long seed, TwinId twin, String stream, long counter) {
        return of(streamKey(seed, twin, stream), counter);
    }

    /** The key of a stream, for those who derive many identifiers of it. */
    public static long streamKey(long seed, TwinId twin, String stream) {
        return new Hash64().add(seed).add(twin.value()).add(stream).value();
    }

    /**
     * The key of a branch of a stream: branches share no identifier.
     *
     * @param streamKey key of the stream
     * @param branch which one
     */
    public static long branchKey(long streamKey, long branch) {
        return new Hash64().add(streamKey).add(branch).value();
    }

    /** The identifier number {@code counter} of the stream with this key. */
    public static UUID of(long streamKey, long counter) {
        long high = Hash64.mix(streamKey ^ Hash64.mix(counter));
        long low = Hash64.mix(high + streamKey + counter);
        return new UUID((high & ~0xF000L) | VERSION_8, (low & 0x3FFF_FFFF_FFFF_FFFFL) | VARIANT);
    }
}
