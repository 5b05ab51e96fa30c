package io.qiki.dtmp.launcher;

import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.SafeModeReason;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a running process says about its twins: a line of one, one summary of a fleet. */
final class StatusLines {
    private final PrintWriter out;
    private final boolean mirrors;

    /**
     * Lines.
     *
     * @param mirrors whether the twins are in other processes, so that there may be none
     */
    StatusLines(PrintWriter out, boolean mirrors) {
        this.out = out;
        this.mirrors = mirrors;
    }

    void print(RunStatus run, List<TwinStatus> twins) {
        if (twins.size() == 1) {
            out.println(line(run, twins.get(0)));
        } else if (!twins.isEmpty()) {
            out.println(summary(run, twins));
        } else if (mirrors) {
            out.println("fleet twins 0: none has been heard of");
        }
        out.flush();
    }

    private static String line(RunStatus run, TwinStatus twin) {
        return String.format(
                Locale.ROOT,
                "twin %s state %s activity %s version %d tick %d t %.1f s slips %d reason %s",
                twin.twin(),
                twin.state(),
                twin.activity(),
                twin.version(),
                twin.tick(),
                twin.seconds(),
                run.slips(),
                reason(twin.reason()));
    }

    private static String summary(RunStatus run, List<TwinStatus> twins) {
        Map<String, Integer> states = new TreeMap<>();
        twins.forEach(twin -> states.merge(twin.state().name(), 1, Integer::sum));
        StringBuilder counts = new StringBuilder();
        states.forEach(
                (state, count) -> counts.append(' ').append(state).append(' ').append(count));
        TwinStatus first = twins.get(0);
        return String.format(
                Locale.ROOT,
                "fleet twins %d%s tick %d t %.1f s slips %d",
                twins.size(),
                counts,
                first.tick(),
                first.seconds(),
                run.slips());
    }

    private static String reason(SafeModeReason reason) {
        return reason == SafeModeReason.NONE ? "-" : reason.toString();
    }
}
