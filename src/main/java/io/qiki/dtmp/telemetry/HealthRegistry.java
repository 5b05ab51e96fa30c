package io.qiki.dtmp.telemetry;

import io.qiki.dtmp.model.Check;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Which components of the process are up, and since when. May be used from any thread. */
public final class HealthRegistry {
    private final Clock clock;
    private final Map<String, Health> components = new ConcurrentSkipListMap<>();

    private final Map<Part, String> troubles =
            new ConcurrentSkipListMap<>(
                    Comparator.comparing(Part::component).thenComparing(Part::part));

    private record Part(String component, int part) {}

    /** A registry on a clock. */
    public HealthRegistry(Clock clock) {
        this.clock = Check.present(clock, "clock");
    }

    /**
     * How a component is.
     *
     * @param component lower-case name
     * @param up whether it does its work
     * @param reason why not; "-" when up
     * @param since wall time of the last change
     */
    public record Health(String component, boolean up, String reason, Instant since) {}

    /** Announces a component that is not up yet. */
    public void expect(String component) {
        set(component, false, "starting");
    }

    /** Says that one part of a component does its work. */
    public void up(String component, int part) {
        troubles.remove(new Part(component, part));
        judge(component);
    }

    /** Says that one part of a component does not do its work: then the component does not. */
    public void down(String component, int part, String reason) {
        troubles.put(new Part(component, part), Check.text(reason, "reason"));
        judge(component);
    }

    private void judge(String component) {
        for (Map.Entry<Part, String> trouble : troubles.entrySet()) {
            if (trouble.getKey().component().equals(component)) {
                set(component, false, trouble.getValue());
                return;
            }
        }
        set(component, true, "-");
    }

    /** Says that a component does its work. */
    public void up(String component) {
        set(component, true, "-");
    }

    /** Says that a component does not do its work. */
    public void down(String component, String reason) {
        set(component, false, Check.text(reason, "reason"));
    }

    /** Every component, by name. */
    public List<Health> components() {
        return new ArrayList<>(components.values());
    }

    /** Whether every component is up, and there is one. */
    public boolean ready() {
        return !components.isEmpty() && components.values().stream().allMatch(Health::up);
    }

    private void set(String component, boolean up, String reason) {
        components.compute(
                Check.text(component, "component"),
                (name, old) ->
                        old != null && old.up() == up && old.reason().equals(reason)
                                ? old
                                : new Health(
                                        name,
                                        up,
                                        reason,
                                        old != null && old.up() == up
                                                ? old.since()
                                                : clock.instant()));
    }
}
