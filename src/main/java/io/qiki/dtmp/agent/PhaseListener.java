package io.qiki.dtmp.agent;

/** Is told when phases begin and end, to measure them; it influences nothing. */
public interface PhaseListener {
    /** Listens to nothing. */
    PhaseListener NONE =
            new PhaseListener() {
                @Override
                public void begins(Phase phase) {}

                @Override
                public void ends(Phase phase) {}
            };

    /** A phase begins. */
    void begins(Phase phase);

    /** A phase ends, also by an exception. */
    void ends(Phase phase);
}
