package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.PowerSpec.ChargePoint;
import java.util.List;

/** Open-circuit voltage over the state of charge, straight between the given points. */
final class OpenCircuit {
    private final double[] charge;
    private final double[] volts;

    OpenCircuit(List<ChargePoint> points) {
        charge = points.stream().mapToDouble(ChargePoint::charge).toArray();
        volts = points.stream().mapToDouble(ChargePoint::volts).toArray();
    }

    /** V at a state of charge, 0..1. */
    double volts(double at) {
        int k = charge.length - 2;
        while (k > 0 && at < charge[k]) {
            k--;
        }
        double fraction = (at - charge[k]) / (charge[k + 1] - charge[k]);
        return volts[k] + fraction * (volts[k + 1] - volts[k]);
    }
}
