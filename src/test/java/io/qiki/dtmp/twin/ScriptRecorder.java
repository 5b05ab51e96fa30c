package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.AgentShard;
import io.qiki.dtmp.agent.PhaseListener;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.SimShard;
import io.qiki.dtmp.sim.SimVault;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.wire.ScriptCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what a twin of the default configuration sees at its first ticks as a script. */
public final class ScriptRecorder {
    /** Observations of the script of the product. */
    public static final int TICKS = 100;

    private ScriptRecorder() {}

    /** The observations of the first ticks of a seed. */
    public static List<Observation> record(long seed, int ticks) {
        TwinSetup setup = TwinSetup.of(seed);
        List<TwinId> twins = List.of(new TwinId("qiki-1"));
        SimShard worlds =
                new SimShard(0, new World(setup.world(), twins), new SimVault(), InputSink.NONE);
        AgentShard agents =
                new AgentShard(
                        setup.agent(),
                        seed,
                        twins,
                        "recorder",
                        new StoreCommitPort(new StateStore(setup.store())),
                        twin -> PhaseListener.NONE);
        List<Observation> script = new ArrayList<>();
        for (int tick = 0; tick < ticks; tick++) {
            SensedBatch seen = worlds.advance();
            script.add(((SensedInput.Seen) seen.sensed().get(0)).observation());
            agents.tick(
                    seen,
                    batch -> {
                        worlds.take(batch.turn(), batch.orders());
                        worlds.finish(false);
                    });
        }
        return script;
    }

    /** Writes the script of the product into a file. */
    public static void main(String[] arguments) throws IOException {
        Files.write(
                Path.of(arguments[0]), record(1, TICKS).stream().map(ScriptCodec::line).toList());
    }
}
