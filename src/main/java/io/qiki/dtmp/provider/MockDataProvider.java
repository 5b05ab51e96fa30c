package io.qiki.dtmp.provider;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TwinId;
import java.util.ArrayList;
import java.util.List;

/**
 * Scripted observations, one per tick; a looping script begins again at its end with ticks, steps
 * and sequence numbers running on. What was measured stays exactly as written.
 */
public final class MockDataProvider implements DataProvider {
    private final TwinId twin;
    private final List<Observation> script;
    private final boolean loop;
    private final long stepsPerTick;

    /**
     * A provider of a script.
     *
     * @param script observations of one twin, ticks rising by 1
     * @param stepsPerTick between the last observation and the first of the next round
     * @param loop whether to begin again at the end
     */
    public MockDataProvider(
            TwinId twin, List<Observation> script, long stepsPerTick, boolean loop) {
        this.twin = Check.present(twin, "twin");
        this.script = List.copyOf(script);
        this.stepsPerTick = Check.range(stepsPerTick, 1, Integer.MAX_VALUE, "steps per tick");
        this.loop = loop;
        for (int i = 0; i < this.script.size(); i++) {
            Observation line = this.script.get(i);
            Check.that(
                    line.twin().equals(twin),
                    "line "
                            + (i + 1)
                            + " of the script must be of "
                            + twin
                            + ", was of "
                            + line.twin());
            Check.that(
                    line.tick() == this.script.get(0).tick() + i,
                    "ticks of the script must rise by 1, line "
                            + (i + 1)
                            + " was tick "
                            + line.tick());
        }
    }

    /**
     * A provider that shows a script of any twin as one of this twin, again and again.
     *
     * @param stepsPerTick between the last observation and the first of the next round
     */
    public static MockDataProvider looping(
            TwinId twin, List<Observation> script, long stepsPerTick) {
        List<Observation> own = script.stream().map(line -> of(twin, line)).toList();
        return new MockDataProvider(twin, own, stepsPerTick, true);
    }

    private static Observation of(TwinId twin, Observation line) {
        return new Observation(
                twin,
                line.incarnation(),
                line.tick(),
                line.step(),
                line.readings(),
                line.probes(),
                line.outcomes(),
                line.status(),
                line.epochSeen(),
                line.worldHash());
    }

    @Override
    public SensedInput observe(long tick) {
        long place = script.isEmpty() ? -1 : tick - script.get(0).tick();
        if (place < 0 || (!loop && place >= script.size())) {
            return new SensedInput.Blind(
                    new Failure(
                            FailureCode.PROVIDER_UNAVAILABLE,
                            "the script of " + twin + " has no observation of tick " + tick));
        }
        Observation line = script.get((int) (place % script.size()));
        long round = place / script.size();
        return new SensedInput.Seen(round == 0 ? line : again(line, tick, round));
    }

    private Observation again(Observation line, long tick, long round) {
        Observation first = script.get(0);
        Observation last = script.get(script.size() - 1);
        long steps = round * (last.step() - first.step() + stepsPerTick);
        List<SensorReading> readings = new ArrayList<>(line.readings().size());
        for (SensorReading reading : line.readings()) {
            long offset = round * last.reading(reading.sensor()).sequence();
            readings.add(
                    new SensorReading(
                            reading.sensor(),
                            reading.sequence() + offset,
                            reading.sourceStep() + steps,
                            reading.truth(),
                            reading.reason(),
                            reading.quality(),
                            reading.forced(),
                            later(reading.measurement(), offset, steps)));
        }
        return new Observation(
                line.twin(),
                line.incarnation(),
                tick,
                line.step() + steps,
                readings,
                line.probes(),
                line.outcomes(),
                line.status(),
                line.epochSeen(),
                line.worldHash());
    }

    /** A radar frame carries its own number and time. */
    private static Measurement later(Measurement measurement, long offset, long steps) {
        return measurement instanceof Measurement.Radar radar
                ? new Measurement.Radar(
                        new RadarFrame(
                                radar.frame().sequence() + offset,
                                radar.frame().sourceStep() + steps,
                                radar.frame().detections()))
                : measurement;
    }
}
