package io.qiki.dtmp.model;

/** A command to the whole process: whether and how fast simulation time goes on. */
public sealed interface ControlCommand {
    /** The slowest speed, simulation time over wall time. */
    double MIN_SPEED = 0.1;

    /** The fastest speed, simulation time over wall time. */
    double MAX_SPEED = 100;

    /** The most ticks of one step command. */
    int MAX_STEP_TICKS = 1000;

    /** The name used on every interface. */
    String commandName();

    /** Goes on at the speed it had; always succeeds. */
    record Start() implements ControlCommand {
        @Override
        public String commandName() {
            return "sim.start";
        }
    }

    /**
     * Goes on at a new speed; always succeeds.
     *
     * @param speed simulation time over wall time
     */
    record StartAt(double speed) implements ControlCommand {
        /** Refuses a speed out of range. */
        public StartAt {
            Check.range(speed, MIN_SPEED, MAX_SPEED, "speed", "(times real time)");
        }

        @Override
        public String commandName() {
            return "sim.start";
        }
    }

    /** Stands until started or stepped; refused unless RUNNING. */
    record Pause() implements ControlCommand {
        @Override
        public String commandName() {
            return "sim.pause";
        }
    }

    /** Stands; always succeeds. */
    record Stop() implements ControlCommand {
        @Override
        public String commandName() {
            return "sim.stop";
        }
    }

    /** Begins the next incarnation of every world; keeps run state and speed. */
    record Reset() implements ControlCommand {
        @Override
        public String commandName() {
            return "sim.reset";
        }
    }

    /**
     * Runs some ticks; only when PAUSED.
     *
     * @param ticks how many
     */
    record Step(int ticks) implements ControlCommand {
        /** Refuses a number out of range. */
        public Step {
            Check.range(ticks, 1, MAX_STEP_TICKS, "ticks");
        }

        @Override
        public String commandName() {
            return "sim.step";
        }
    }

    /**
     * Changes the speed, never the run state.
     *
     * @param factor simulation time over wall time
     */
    record Speed(double factor) implements ControlCommand {
        /** Refuses a factor out of range. */
        public Speed {
            Check.range(factor, MIN_SPEED, MAX_SPEED, "factor", "(times real time)");
        }

        @Override
        public String commandName() {
            return "sim.speed";
        }
    }
}
