package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A number of ticks of a number of twins in lockstep, as the command line asks for. */
public final class StepRun {
    /** Ticks between two reports of progress, all twins advancing together. */
    public static final int TICKS_PER_REPORT = 100;

    private final Lockstep lockstep;
    private final long ticks;

    /**
     * A run that has not begun.
     *
     * @param ticks of each twin, 0 or more
     */
    public StepRun(TwinSetup setup, List<TwinId> twins, long ticks) {
        this.ticks = Check.range(ticks, 0, Long.MAX_VALUE, "ticks");
        this.lockstep = new Lockstep(setup, twins);
    }

    /** The names of the twins 1 to {@code count}: {@code qiki-1}, {@code qiki-2} and so on. */
    public static List<TwinId> names(String prefix, int count) {
        List<TwinId> names = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            names.add(new TwinId(prefix + i));
        }
        return names;
    }

    /**
     * Runs every tick.
     *
     * @param progress is told the number of ticks done, now and then and at the end
     */
    public StepResult run(LongConsumer progress) {
        for (long done = 0; done < ticks; done++) {
            lockstep.tick();
            if ((done + 1) % TICKS_PER_REPORT == 0) {
                progress.accept(done + 1);
            }
        }
        progress.accept(ticks);
        return result();
    }

    private StepResult result() {
        int twins = lockstep.size();
        List<StepLine> lines = new ArrayList<>(twins);
        for (int i = 0; i < twins; i++) {
            TwinId twin = lockstep.twin(i);
            Optional<StoredState> stored = lockstep.store().get(twin);
            lines.add(
                    new StepLine(
                            twin,
                            lockstep.ticks(),
                            stored.map(s -> s.snapshot().state()).orElse(FsmState.BOOTING),
                            stored.map(StoredState::version).orElse(0L),
                            lockstep.hash(i)));
        }
        long all = lockstep.ticks() * twins;
        return new StepResult(
                lines, all, all * lockstep.setup().world().stepsPerTick(), lockstep.totalHash());
    }
}
