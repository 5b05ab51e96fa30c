package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorTrust;
import java.util.List;

/**
 * What an agent knows of its sensors.
 *
 * @param trust in each sensor that is built, in the order of the vehicle profile
 * @param critical how the critical ones have behaved, in the order of the profile
 * @param nav own motion
 */
public record SensorMemory(List<SensorTrust> trust, List<SensorRun> critical, NavEstimate nav) {
    /** Copies. */
    public SensorMemory {
        trust = List.copyOf(trust);
        critical = List.copyOf(critical);
    }

    /** The verdict on a sensor; NO_DATA for one that is not built or not yet judged. */
    public SensorTrust.Verdict verdict(SensorId sensor) {
        for (int i = 0; i < trust.size(); i++) {
            if (trust.get(i).sensor() == sensor) {
                return trust.get(i).verdict();
            }
        }
        return SensorTrust.Verdict.NO_DATA;
    }

    /** Whether a sensor's newest reading may be used. */
    public boolean trusts(SensorId sensor) {
        return verdict(sensor) == SensorTrust.Verdict.OK;
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add((long) trust.size());
        for (SensorTrust one : trust) {
            one.addTo(hash);
        }
        hash.add((long) critical.size());
        for (SensorRun one : critical) {
            one.addTo(hash);
        }
        return nav.addTo(hash);
    }
}
