package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SimTime;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.signal.Content;
import io.qiki.dtmp.signal.SignalValue;
import java.util.List;
import qiki.twin.v1.Numbers;
import qiki.twin.v1.Signal;
import qiki.twin.v1.Telemetry;
import qiki.twin.v1.Texts;

/** Telemetry for readers outside. */
public final class TelemetryMessages {
    private TelemetryMessages() {}

    /**
     * The signals of a tick.
     *
     * @param stepNanos simulation time of a step, ns
     * @param missed ticks of the twin that were not told before
     */
    public static Telemetry toWire(
            TwinReport report, List<SignalValue> signals, long stepNanos, long missed) {
        Observation seen = report.observation();
        Telemetry.Builder message =
                Telemetry.newBuilder()
                        .setTwin(seen.twin().value())
                        .setIncarnation(seen.incarnation())
                        .setTick(seen.tick())
                        .setStep(seen.step())
                        .setSimTimeS(new SimTime(seen.step(), stepNanos).seconds())
                        .setVersion(report.state().version())
                        .setMissed(missed);
        signals.forEach(one -> message.addSignals(toWire(one)));
        return message.build();
    }

    private static Signal toWire(SignalValue one) {
        Signal.Builder message =
                Signal.newBuilder()
                        .setName(one.signal().name())
                        .setUnit(one.signal().unit())
                        .setSourceStep(one.sourceStep())
                        .setAgeMs(one.ageMillis())
                        .setStaleAfterMs(one.staleAfterMillis())
                        .setTruth(EnumTables.TRUTH.toWire(one.truth()))
                        .setReason(EnumTables.REASON.toWire(one.reason()))
                        .setForced(one.forced());
        Content content = one.content();
        if (content instanceof Content.Scalar value) {
            message.setScalar(value.value());
        } else if (content instanceof Content.Whole value) {
            message.setWhole(value.value());
        } else if (content instanceof Content.Flag value) {
            message.setFlag(value.value());
        } else if (content instanceof Content.Text value) {
            message.setText(value.value());
        } else if (content instanceof Content.Numbers value) {
            message.setNumbers(Numbers.newBuilder().addAllValues(value.values()));
        } else if (content instanceof Content.Texts value) {
            message.setTexts(Texts.newBuilder().addAllValues(value.values()));
        }
        return message.build();
    }
}
