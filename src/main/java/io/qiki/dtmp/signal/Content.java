package io.qiki.dtmp.signal;

import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.Vec3;
import java.util.List;

/** The value of a signal, in the unit its definition names. */
public sealed interface Content {
    /** No value; never shown as zero. */
    record Absent() implements Content {
        /** The one instance. */
        public static final Absent INSTANCE = new Absent();
    }

    /**
     * A number.
     *
     * @param value finite
     */
    record Scalar(double value) implements Content {}

    /**
     * A count.
     *
     * @param value any
     */
    record Whole(long value) implements Content {}

    /**
     * Yes or no.
     *
     * @param value yes
     */
    record Flag(boolean value) implements Content {}

    /**
     * A word of a closed set.
     *
     * @param value the word
     */
    record Text(String value) implements Content {}

    /**
     * Several numbers: a vector [x, y, z] or a quaternion [w, x, y, z].
     *
     * @param values finite
     */
    record Numbers(List<Double> values) implements Content {
        /** Copies. */
        public Numbers {
            values = List.copyOf(values);
        }
    }

    /**
     * Several words.
     *
     * @param values in their order
     */
    record Texts(List<String> values) implements Content {
        /** Copies. */
        public Texts {
            values = List.copyOf(values);
        }
    }

    /** The three numbers of a vector. */
    static Content of(Vec3 v) {
        return new Numbers(List.of(v.x(), v.y(), v.z()));
    }

    /** The four numbers of an attitude, body to world, scalar first. */
    static Content of(Quaternion q) {
        return new Numbers(List.of(q.w(), q.x(), q.y(), q.z()));
    }
}
