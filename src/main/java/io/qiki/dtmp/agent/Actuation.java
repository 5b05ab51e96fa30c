package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What an agent has commanded and what came of it.
 *
 * @param sent the newest command per actuator, at most one each
 * @param faulted actuators whose last command failed, timed out or found nobody
 * @param renewTick set-points made before this tick act no more and must be made anew
 * @param executed the activity that the last executed command served; NONE when none was
 */
public record Actuation(
        List<SentCommand> sent, List<Actuator> faulted, long renewTick, Activity executed) {
    /** Nothing commanded yet. */
    public static final Actuation NONE = new Actuation(List.of(), List.of(), 0, Activity.NONE);

    /** Copies. */
    public Actuation {
        sent = List.copyOf(sent);
        faulted = List.copyOf(faulted);
        Check.range(renewTick, 0, Long.MAX_VALUE, "renewal tick");
        Check.present(executed, "executed activity");
    }

    /** The newest command sent to an actuator, if any was. */
    public Optional<SentCommand> newest(Actuator actuator) {
        for (SentCommand one : sent) {
            if (one.actuator() == actuator) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** What became of a command, unless a newer one took its place or it was never sent. */
    public Optional<SentCommand> command(UUID id) {
        for (SentCommand one : sent) {
            if (one.id().equals(id)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add((long) sent.size());
        for (SentCommand one : sent) {
            one.addTo(hash);
        }
        hash.add((long) faulted.size());
        for (Actuator one : faulted) {
            hash.add(one);
        }
        return hash.add(renewTick).add(executed);
    }
}
