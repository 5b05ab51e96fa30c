package io.qiki.dtmp.grpc;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.provider.DataProvider;

/** Observations of a vehicle that is simulated in another process. */
public final class GrpcDataProvider implements DataProvider {
    private final TwinId twin;
    private SensedInput newest;

    /** A provider that has not heard of its vehicle yet. */
    public GrpcDataProvider(TwinId twin) {
        this.twin = Check.present(twin, "twin");
        newest = blind("the simulator of " + twin + " has not been heard yet");
    }

    /** What has arrived of the vehicle. */
    public void accept(SensedInput arrived) {
        newest = Check.present(arrived, "input");
    }

    /** The vehicle is heard no more. */
    public void lost(String cause) {
        newest = blind(cause);
    }

    @Override
    public SensedInput observe(long tick) {
        if (!(newest instanceof SensedInput.Seen seen)) {
            return newest;
        }
        boolean right = seen.observation().twin().equals(twin) && seen.observation().tick() == tick;
        return right
                ? newest
                : blind(
                        "wanted "
                                + twin
                                + " tick "
                                + tick
                                + ", got "
                                + seen.observation().twin()
                                + " tick "
                                + seen.observation().tick());
    }

    private static SensedInput blind(String sentence) {
        return new SensedInput.Blind(new Failure(FailureCode.PROVIDER_UNAVAILABLE, sentence));
    }
}
