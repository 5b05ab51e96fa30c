package io.qiki.dtmp.provider;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;

/** Observations of a vehicle that is simulated in the same process. */
public final class WorldDataProvider implements DataProvider {
    private final TwinId twin;
    private final Vehicle vehicle;

    /** A simulated vehicle, as far as it can be looked at. */
    @FunctionalInterface
    public interface Vehicle {
        /** What it tells its agent at a tick. */
        Observation observe(long tick);
    }

    /** A provider of one vehicle's observations. */
    public WorldDataProvider(TwinId twin, Vehicle vehicle) {
        this.twin = Check.present(twin, "twin");
        this.vehicle = Check.present(vehicle, "vehicle");
    }

    @Override
    public SensedInput observe(long tick) {
        Observation observation;
        try {
            observation = vehicle.observe(tick);
        } catch (RuntimeException failed) {
            return blind("the simulator of " + twin + " failed: " + failed);
        }
        if (observation == null) {
            return blind("the simulator of " + twin + " has no observation of tick " + tick);
        }
        if (!observation.twin().equals(twin) || observation.tick() != tick) {
            return blind(
                    "wanted "
                            + twin
                            + " tick "
                            + tick
                            + ", got "
                            + observation.twin()
                            + " tick "
                            + observation.tick());
        }
        return new SensedInput.Seen(observation);
    }

    private static SensedInput blind(String sentence) {
        return new SensedInput.Blind(new Failure(FailureCode.PROVIDER_UNAVAILABLE, sentence));
    }
}
