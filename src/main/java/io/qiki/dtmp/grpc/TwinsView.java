package io.qiki.dtmp.grpc;

import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest tick of every twin: what calls are answered from without asking anybody. */
final class TwinsView {
    private final List<TwinId> twins;
    private final Map<String, TwinId> byName = new HashMap<>();
    private final Map<TwinId, TwinReport> newest = new HashMap<>();
    private RunStatus run;

    TwinsView(List<TwinId> twins, RunStatus run) {
        this.twins = List.copyOf(twins);
        this.run = run;
        this.twins.forEach(twin -> byName.put(twin.value(), twin));
    }

    void accept(TickReport report) {
        report.reports().forEach(one -> newest.put(one.twin(), one));
    }

    void accept(RunStatus status) {
        run = status;
    }

    RunStatus run() {
        return run;
    }

    List<TwinId> twins() {
        return twins;
    }

    /** The twin of a name; the first of the process for an empty one. Fails when unknown. */
    TwinId named(String name) {
        if (name.isEmpty()) {
            return twins.get(0);
        }
        TwinId twin = byName.get(name);
        if (twin == null) {
            throw new RequestFailed(
                    FailureCode.NOT_FOUND,
                    "there is no twin \""
                            + name.substring(0, Math.min(64, name.length()))
                            + "\"; ListTwins says which there are");
        }
        return twin;
    }

    /** What the newest tick of a twin showed; empty before its first. */
    Optional<TwinReport> report(TwinId twin) {
        return Optional.ofNullable(newest.get(twin));
    }

    /** The same; fails before the first tick. */
    TwinReport heard(TwinId twin) {
        return report(twin)
                .orElseThrow(
                        () ->
                                new RequestFailed(
                                        FailureCode.SIM_UNAVAILABLE,
                                        twin + " has not made its first tick; try again"));
    }
}
