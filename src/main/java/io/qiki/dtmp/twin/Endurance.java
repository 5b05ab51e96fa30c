package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.TwinTick;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import java.util.List;
import java.util.function.LongConsumer;

/** A long flight of one twin in lockstep, and what an operator wants to know of it afterwards. */
public final class Endurance {
    /** Propellant that must be left, as a share of the full tank. Source: the vehicle's reserve. */
    public static final double LEAST_PROPELLANT = 0.25;

    private final TwinSetup setup;
    private final long ticks;

    /** A flight that has not begun. */
    public Endurance(TwinSetup setup, long ticks) {
        this.setup = Check.present(setup, "setup");
        this.ticks = Check.range(ticks, 1, Long.MAX_VALUE, "ticks");
    }

    /**
     * What came of it.
     *
     * @param ticks flown
     * @param safeModes how often the agent entered SAFE_MODE
     * @param propellant left, as a share of the full tank, 0..1
     * @param version of the agent's state at the end
     * @param transitions that the store keeps at the end
     * @param kept how many it may keep
     * @param hash of the whole flight
     */
    public record Outcome(
            long ticks,
            long safeModes,
            double propellant,
            long version,
            int transitions,
            int kept,
            long hash) {
        /** Whether it is as it should be. */
        public boolean good() {
            return safeModes == 0
                    && propellant > LEAST_PROPELLANT
                    && version > 0
                    && transitions == Math.min(version, kept);
        }
    }

    /**
     * Flies.
     *
     * @param progress is told the number of ticks done after each
     */
    public Outcome fly(LongConsumer progress) {
        TwinId twin = new TwinId("qiki-1");
        Lockstep lockstep = new Lockstep(setup, List.of(twin));
        long safeModes = 0;
        FsmState before = FsmState.BOOTING;
        for (long tick = 1; tick <= ticks; tick++) {
            lockstep.tick();
            TwinTick done = lockstep.last().twins().get(0);
            FsmState now = done.output().snapshot().state();
            safeModes += now == FsmState.SAFE_MODE && now != before ? 1 : 0;
            before = now;
            progress.accept(tick);
        }
        double full = setup.world().profile().mass().propellantKilograms();
        return new Outcome(
                ticks,
                safeModes,
                lockstep.world().truth(0).propellantKilograms() / full,
                lockstep.store().get(twin).map(StoredState::version).orElse(0L),
                lockstep.store().history(twin, Integer.MAX_VALUE).transitions().size(),
                setup.store().history(),
                lockstep.hash(0));
    }
}
