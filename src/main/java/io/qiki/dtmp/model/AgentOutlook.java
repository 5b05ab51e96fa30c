package io.qiki.dtmp.model;

/**
 * What an agent is after and what it waits for; told to people, nothing is decided from it.
 *
 * @param aim what is being flown
 * @param exit the way out of SAFE_MODE
 */
public record AgentOutlook(Aim aim, Exit exit) {
    /** Nothing to fly and nothing to wait for. */
    public static final AgentOutlook NONE = new AgentOutlook(Aim.NONE, Exit.NONE);

    /** Refuses missing parts. */
    public AgentOutlook {
        Check.present(aim, "aim");
        Check.present(exit, "exit");
    }

    /**
     * A goal that has been begun.
     *
     * @param label what people call it; empty: there is none
     * @param activity that it makes
     * @param placeWorld where to be, m, world frame
     */
    public record Aim(String label, Activity activity, Vec3 placeWorld) {
        /** No goal. */
        public static final Aim NONE = new Aim("", Activity.NONE, Vec3.ZERO);

        /** Refuses missing parts. */
        public Aim {
            Check.present(label, "label of the goal");
            Check.present(activity, "activity");
            Check.present(placeWorld, "place");
        }

        /** Whether there is a goal. */
        public boolean present() {
            return !label.isEmpty();
        }
    }

    /**
     * How far the way out of SAFE_MODE is.
     *
     * @param goodTicks ticks in a row in which everything required was good
     * @param neededTicks as many are needed; 0: not in SAFE_MODE
     * @param failing what is not good now; empty when all is
     */
    public record Exit(int goodTicks, int neededTicks, String failing) {
        /** Not in SAFE_MODE. */
        public static final Exit NONE = new Exit(0, 0, "");

        /** Refuses numbers out of range. */
        public Exit {
            Check.range(goodTicks, 0, Integer.MAX_VALUE, "good ticks");
            Check.range(neededTicks, 0, Integer.MAX_VALUE, "needed ticks");
            Check.present(failing, "what fails");
        }

        /** Whether the agent is on its way out. */
        public boolean present() {
            return neededTicks > 0;
        }
    }
}
