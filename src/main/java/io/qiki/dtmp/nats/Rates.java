package io.qiki.dtmp.nats;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much each source may ask: so many a second, in bursts of a second's worth; and twenty
 * sources' worth all together, so that nobody gets more by new names. Used by one thread; reads no
 * clock.
 */
final class Rates {
    private static final int MOST_SOURCES = 1_024;
    private static final int ALL_TOGETHER = 20;
    private static final double SECOND_NANOS = 1e9;

    private final int perSecond;
    private final Bucket all;

    private final Map<String, Bucket> sources =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > MOST_SOURCES;
                }
            };

    Rates(int perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.all = new Bucket((double) ALL_TOGETHER * perSecond, nowNanos);
    }

    /** Whether a source may ask once more now. */
    boolean allows(String source, long nowNanos) {
        Bucket own = sources.computeIfAbsent(source, one -> new Bucket(perSecond, nowNanos));
        return own.take(nowNanos) && all.take(nowNanos);
    }

    private static final class Bucket {
        private final double most;
        private double left;
        private long at;

        Bucket(double most, long nowNanos) {
            this.most = most;
            this.left = most;
            this.at = nowNanos;
        }

        boolean take(long nowNanos) {
            left = Math.min(most, left + most * (nowNanos - at) / SECOND_NANOS);
            at = nowNanos;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }
    }
}
