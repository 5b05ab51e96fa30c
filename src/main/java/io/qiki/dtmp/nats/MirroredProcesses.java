package io.qiki.dtmp.nats;

import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.wire.ProcessReport;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The processes that tell how they are. Bounded: of too many the one that was heard longest ago is
 * forgotten. Owned by one thread; reads no clock.
 */
final class MirroredProcesses {
    /** A process that tells every second and was not heard for so long is away, ns. */
    static final long AWAY_NANOS = 3_000_000_000L;

    /** Processes that are remembered; each start of one counts as another. */
    static final int MOST = 256;

    /** What is shown until somebody who paces is heard: no time goes on. */
    static final RunStatus NOBODY_PACES = new RunStatus(RunState.STOPPED, 1, 0, 0, 0);

    private static final List<String> OF_SIMULATOR = List.of("sim", "tick", "grpc");
    private static final List<String> OF_AGENTS = List.of("agent", "store", "provider", "command");

    private final Map<String, Heard> heard = new TreeMap<>();
    private Optional<RunStatus> run = Optional.empty();

    private record Heard(ProcessReport report, long atNanos) {}

    /** Takes what a process says of itself. */
    void accept(ProcessReport report, long nowNanos) {
        heard.put(report.source(), new Heard(report, nowNanos));
        if (heard.size() > MOST) {
            heard.entrySet().stream()
                    .min(Comparator.comparingLong(one -> one.getValue().atNanos()))
                    .map(Map.Entry::getKey)
                    .ifPresent(heard::remove);
        }
        judgeRun(nowNanos);
    }

    /**
     * How time goes on in the first of the simulators, by name; of the agents where no simulator is
     * heard. It stays when nobody is heard any more: empty before the first.
     */
    Optional<RunStatus> run() {
        return run;
    }

    /** Why there is no simulator at work; empty when there is one. */
    Optional<String> simulatorTrouble(long nowNanos) {
        return trouble("a simulator", ProcessReport::simulator, OF_SIMULATOR, nowNanos);
    }

    /** Why there are no agents at work; empty when there are some. */
    Optional<String> agentTrouble(long nowNanos) {
        return trouble("agents", ProcessReport::agents, OF_AGENTS, nowNanos);
    }

    private void judgeRun(long nowNanos) {
        Optional<ProcessReport> pacing =
                present(ProcessReport::simulator, nowNanos).stream().findFirst();
        pacing.or(() -> present(one -> true, nowNanos).stream().findFirst())
                .ifPresent(one -> run = Optional.of(one.run()));
    }

    private List<ProcessReport> present(Predicate<ProcessReport> kind, long nowNanos) {
        return heard.values().stream()
                .filter(one -> nowNanos - one.atNanos() <= AWAY_NANOS)
                .map(Heard::report)
                .filter(kind)
                .toList();
    }

    private Optional<String> trouble(
            String what, Predicate<ProcessReport> kind, List<String> components, long nowNanos) {
        List<ProcessReport> present = present(kind, nowNanos);
        if (present.isEmpty()) {
            return Optional.of(
                    "no process with "
                            + what
                            + " has been heard for "
                            + AWAY_NANOS / 1_000_000_000
                            + " s");
        }
        return present.stream()
                .flatMap(
                        process ->
                                components.stream()
                                        .filter(one -> process.troubles().containsKey(one))
                                        .map(one -> sentence(process, one)))
                .findFirst();
    }

    private static String sentence(ProcessReport process, String component) {
        return component + " of " + process.source() + ": " + process.troubles().get(component);
    }
}
