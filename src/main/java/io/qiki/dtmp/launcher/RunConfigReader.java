package io.qiki.dtmp.launcher;

import io.qiki.dtmp.agent.GuestEngine;
import io.qiki.dtmp.config.ConfigException;
import io.qiki.dtmp.config.ConfigNode;
import io.qiki.dtmp.config.ConfigReader;
import io.qiki.dtmp.config.Durations;
import io.qiki.dtmp.config.FaultReader;
import io.qiki.dtmp.config.MissionReader;
import io.qiki.dtmp.config.SceneReader;
import io.qiki.dtmp.config.VehicleReader;
import io.qiki.dtmp.grpc.GrpcConfig;
import io.qiki.dtmp.journal.InputLogConfig;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.VehicleProfile;
import io.qiki.dtmp.nats.NatsConfig;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.web.WebConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Pattern;

/** Reads the configuration of a run; everything in it has a default. */
public final class RunConfigReader {
    /** The default seed. */
    public static final long DEFAULT_SEED = 1;

    /** The default date of the start of simulation time. */
    public static final Instant DEFAULT_EPOCH = Instant.parse("2030-01-01T00:00:00Z");

    /** One shard: enough for hundreds of twins, and the least to explain. */
    public static final int DEFAULT_INSTANCES = 1;

    /** Shards beyond the cores of any machine only cost. */
    public static final int MAX_INSTANCES = 256;

    /** Twins of one process. */
    public static final int MAX_TWINS = 100_000;

    private static final long MILLISECOND = 1_000_000L;
    private static final long SHORTEST_STEP = MILLISECOND;
    private static final long LONGEST_STEP = 200 * MILLISECOND;
    private static final long LONGEST_PERIOD = 60_000 * MILLISECOND;
    private static final int MOST_STEPS_PER_TICK = 10_000;
    private static final int DEFAULT_HISTORY = 256;
    private static final int LONGEST_HISTORY = 65_536;
    private static final String HERE = "here";
    private static final String NATS = "nats";
    private static final String DEFAULT_PREFIX = "qiki-";
    private static final String DEFAULT_VEHICLE = "conf/vehicles/qiki-dodeca-01.json";
    private static final String DEFAULT_SCENE = "conf/scenes/station.json";
    private static final String DEFAULT_MISSION = "conf/missions/default.json";

    /** The number that follows takes up to six of the 64 characters of a twin's id. */
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9-]{1,58}");

    /** Dates on the wire. Source: google/protobuf/timestamp.proto, years 0001 to 9999. */
    private static final Instant FIRST_EPOCH = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST_EPOCH = Instant.parse("9999-12-31T23:59:59Z");

    private final Path home;

    /** A reader that resolves paths inside a configuration against the checkout. */
    public RunConfigReader(Path home) {
        this.home = home;
    }

    /** Reads a file with overrides; see {@link ConfigReader#read}. */
    public RunConfig read(Path file, List<String> overrides) throws ConfigException {
        return ConfigReader.read(file, overrides, this::root);
    }

    /**
     * Reads the configuration that an input log begins with; see {@link ConfigReader#parse}.
     *
     * @param pieces the text of the file, then each override
     */
    public RunConfig read(String name, List<String> pieces) throws ConfigException {
        return ConfigReader.parse(
                name, pieces.get(0), pieces.subList(1, pieces.size()), this::root);
    }

    /** Every key that the configuration of a run may have; see {@link ConfigReader#keys}. */
    public SortedSet<String> keys() {
        return ConfigReader.keys(this::root);
    }

    RunConfig root(ConfigNode node) {
        long seed = node.integer("seed", DEFAULT_SEED, Long.MIN_VALUE, Long.MAX_VALUE);
        Instant epoch =
                node.parsed(
                        "epoch",
                        DEFAULT_EPOCH,
                        "a date from " + FIRST_EPOCH + " to " + LAST_EPOCH,
                        this::date);
        int instances = (int) node.integer("instances", DEFAULT_INSTANCES, 1, MAX_INSTANCES);
        WebConfig web = WebConfig.read(node.object("http"), node.object("web"));
        GrpcConfig grpc = GrpcConfig.read(node.object("grpc"), home);
        NatsConfig nats = NatsConfig.read(node.object("nats"), home);
        ConfigNode tick = node.object("tick");
        long period = tick.duration("period", 100 * MILLISECOND, SHORTEST_STEP, LONGEST_PERIOD);
        double speed =
                tick.number(
                        "speed", 1, ControlCommand.MIN_SPEED, ControlCommand.MAX_SPEED, "times");
        ConfigNode sim = node.object("sim");
        long step =
                sim.duration("step", WorldSettings.DEFAULT_STEP_NANOS, SHORTEST_STEP, LONGEST_STEP);
        int steps = stepsPerTick(tick, period, step);
        tick.done();
        sim.done();
        ConfigNode agent = node.object("agent");
        agent.choice("provider", "sim", List.of("sim"), name -> name);
        List<GuestEngine> engines = EngineReader.read(agent);
        agent.done();
        InputLogConfig inputLog = InputLogConfig.read(node.object("input-log"));
        ConfigNode store = node.object("store");
        int history = (int) store.integer("history", DEFAULT_HISTORY, 1, LONGEST_HISTORY);
        store.done();
        VehicleProfile vehicle =
                ConfigReader.named(
                        node,
                        "vehicle",
                        DEFAULT_VEHICLE,
                        home,
                        VehicleProfile.qikiDodeca01(),
                        VehicleReader::read);
        Scene scene =
                ConfigReader.named(
                        node, "scene", DEFAULT_SCENE, home, Scene.station(), SceneReader::read);
        Mission mission =
                ConfigReader.named(
                        node,
                        "mission",
                        DEFAULT_MISSION,
                        home,
                        Mission.standard(),
                        MissionReader::read);
        List<FaultSpec> faults = FaultReader.read(node, "faults", vehicle.sensors());
        RunConfig.Twins twins = twins(node.object("twins"));
        if (!twins.here()) {
            refuseWhatNeedsTwins(node, nats, inputLog, faults);
        }
        return new RunConfig(
                epoch,
                new WorldSettings(seed, step, steps, vehicle, scene),
                mission,
                twins,
                instances,
                speed,
                history,
                faults,
                inputLog,
                web,
                grpc,
                nats,
                engines);
    }

    private Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.parse(text))
                    .filter(date -> !date.isBefore(FIRST_EPOCH) && !date.isAfter(LAST_EPOCH));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static int stepsPerTick(ConfigNode tick, long period, long step) {
        if (period % step != 0 || period / step > MOST_STEPS_PER_TICK) {
            tick.fault(
                    "period",
                    '"' + Durations.text(period) + '"',
                    "a whole multiple of sim.step, "
                            + Durations.text(step)
                            + ", up to "
                            + MOST_STEPS_PER_TICK
                            + " of them");
            return WorldSettings.DEFAULT_STEPS_PER_TICK;
        }
        return (int) (period / step);
    }

    /** Twins of other processes bring their inputs and faults with them. */
    private static void refuseWhatNeedsTwins(
            ConfigNode node, NatsConfig nats, InputLogConfig inputLog, List<FaultSpec> faults) {
        if (nats.url().isEmpty()) {
            node.object(NATS).fault("url", "nothing", "an address, since twins.source is \"nats\"");
        }
        if (inputLog.path().isPresent()) {
            node.object("input-log")
                    .fault("path", "a file", "nothing, since twins.source is \"nats\"");
        }
        if (!faults.isEmpty()) {
            node.fault(
                    "faults",
                    faults.size() + " of them",
                    "none, since twins.source is \"nats\": their vehicles are elsewhere");
        }
    }

    private static RunConfig.Twins twins(ConfigNode node) {
        if (node.choice("source", HERE, List.of(HERE, NATS), name -> name).equals(NATS)) {
            for (String key : List.of("count", "id-prefix")) {
                if (node.has(key)) {
                    node.fault(
                            key,
                            "a value",
                            "nothing, since with source \"nats\" the twins of other processes are"
                                    + " shown");
                }
            }
            node.integer("count", 1, 1, MAX_TWINS);
            node.anyText("id-prefix", "");
            node.done();
            return new RunConfig.Twins(0, DEFAULT_PREFIX);
        }
        int count = (int) node.integer("count", 1, 1, MAX_TWINS);
        String prefix =
                node.parsed(
                        "id-prefix",
                        DEFAULT_PREFIX,
                        "1 to 58 characters of a-z, 0-9 and -",
                        text -> Optional.of(text).filter(t -> PREFIX.matcher(t).matches()));
        node.done();
        return new RunConfig.Twins(count, prefix);
    }
}
