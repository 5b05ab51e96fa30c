package io.qiki.dtmp.model;

/** One thing a mission asks for; goals are done in their order. */
public sealed interface Goal {
    /** What people call it. */
    String label();

    /**
     * Fly to a place and come to rest there.
     *
     * @param label what people call it
     * @param positionWorld where, m, world frame
     * @param toleranceMetres distance that counts as there, m
     */
    record GoTo(String label, Vec3 positionWorld, double toleranceMetres) implements Goal {
        /** Refuses missing parts and a tolerance that navigation cannot resolve. */
        public GoTo {
            Check.text(label, "goal label");
            Check.present(positionWorld, "waypoint");
            Check.range(toleranceMetres, 0.1, 1000, "waypoint tolerance", "m");
        }
    }

    /**
     * Stay where the last goal ended.
     *
     * @param label what people call it
     * @param seconds how long, s
     */
    record Hold(String label, double seconds) implements Goal {
        /** Refuses missing parts and a duration out of range. */
        public Hold {
            Check.text(label, "goal label");
            Check.range(seconds, 0, 1e7, "hold time", "s");
        }
    }

    /**
     * Stay and keep the nose on an object of the catalogue.
     *
     * @param label what people call it
     * @param object id of the known object
     * @param seconds how long the nose shall be on it, s
     */
    record Observe(String label, String object, double seconds) implements Goal {
        /** Refuses missing parts and a duration out of range. */
        public Observe {
            Check.text(label, "goal label");
            Check.text(object, "observed object");
            Check.range(seconds, 0, 1e7, "observation time", "s");
        }
    }
}
