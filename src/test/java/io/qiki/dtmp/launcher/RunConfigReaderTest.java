package io.qiki.dtmp.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qiki.dtmp.config.ConfigException;
import io.qiki.dtmp.config.ConfigFault;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.TwinId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class RunConfigReaderTest {
    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Path BROKEN = Path.of("src/test/resources/config/broken");

    private final RunConfigReader reader = new RunConfigReader(HOME);

    @Test
    void shouldGiveEverythingADefault(@TempDir Path dir) throws Exception {
        Path empty = Files.writeString(dir.resolve("empty.json"), "{}");

        RunConfig read = reader.read(empty, List.of());

        assertThat(read).isEqualTo(reader.read(HOME.resolve("conf/demo.json"), List.of()));
        assertThat(read.twins().ids()).containsExactly(new TwinId("qiki-1"));
        assertThat(read.world().stepsPerTick()).isEqualTo(5);
    }

    @Test
    void shouldOverrideByPath() throws ConfigException {
        RunConfig read =
                reader.read(
                        HOME.resolve("conf/demo.json"),
                        List.of("twins.count=3", "http.host=::1", "tick.period=200ms"));

        assertThat(read.twins().count()).isEqualTo(3);
        assertThat(read.web().host()).isEqualTo("::1");
        assertThat(read.world().stepsPerTick()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "01-head, seed epoch instances",
        "02-http, http.host http.port grpc.port htpp",
        "03-tick, tick.speed sim.step tick.period",
        "04-units, tick.period sim.step tick.sped",
        "05-twins, store.history twins.count twins.id-prefix",
        "06-files, vehicle scene mission",
        "07-faults, faults[0].type faults[0].target faults[1].type faults[1].until-tick faults[2]",
        "08-links, web.names[1] nats.url agent.provider",
        "09-numbers, seed instances tick twins.count",
        "10-parts, mass.dry-kg power.battery.capacity-wh power.bus.warn-amps thermal.nodes[0].id"
                + " critical-sensors sun-w-per-m2 objects[0].type transit-mps goals[0].goal"
                + " goals[0].position-world-m goals[0].tolerance-m goals[1].second"
    })
    void shouldReportEveryFaultAtOnce(String name, String paths) {
        ConfigException wrong = refused(BROKEN.resolve(name + ".json"));

        assertThat(wrong.code()).isEqualTo(FailureCode.CONFIG_INVALID);
        assertThat(wrong.faults())
                .extracting(fault -> fault.path().replaceFirst("^.*: ", ""))
                .containsExactlyInAnyOrder(paths.split(" "));
    }

    @Test
    void shouldNameValueRangeAndNearestKey() {
        assertThat(refused(BROKEN.resolve("02-http.json")).faults())
                .contains(
                        new ConfigFault("http.port", "70000", "a whole number from 0 to 65535"),
                        new ConfigFault(
                                "htpp",
                                "an unknown key",
                                "only known keys; the nearest known is \"http\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+10000-01-01T00:00:00Z",
                "0000-12-31T23:59:59Z",
                "-1000000000-01-01T00:00:00Z",
                "tomorrow"
            })
    void shouldRefuseAnEpochThatNoDateOnTheWireCanTell(String epoch, @TempDir Path dir)
            throws IOException {
        Path file = Files.writeString(dir.resolve("a.json"), "{\"epoch\":\"" + epoch + "\"}");

        assertThat(refused(file).faults())
                .containsExactly(
                        new ConfigFault(
                                "epoch",
                                '"' + epoch + '"',
                                "a date from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
    void shouldTakeTheFirstAndTheLastEpoch(String epoch, @TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("a.json"), "{\"epoch\":\"" + epoch + "\"}");

        assertThat(reader.read(file, List.of()).epoch()).isEqualTo(Instant.parse(epoch));
    }

    @Test
    void shouldSayInOneSentenceThatAFileCannotBeUsed(@TempDir Path dir) throws IOException {
        Path latin = Files.write(dir.resolve("latin.json"), new byte[] {'{', (byte) 0xE9, '}'});
        Path large = Files.writeString(dir.resolve("large.json"), " ".repeat(1 << 21));
        Path list = Files.writeString(dir.resolve("list.json"), "[]");

        assertThat(refused(dir.resolve("none.json"))).hasMessageContaining("does not exist");
        assertThat(refused(dir)).hasMessageContaining("is not a file");
        assertThat(refused(latin)).hasMessageContaining("is not UTF-8");
        assertThat(refused(large)).hasMessageContaining("2097152 bytes, more than 1048576");
        assertThat(refused(list)).hasMessageContaining("must be an object");
        assertThat(refused(list).code()).isEqualTo(FailureCode.CONFIG_UNREADABLE);
    }

    @Test
    void shouldReadPastAByteOrderMark(@TempDir Path dir) throws Exception {
        Path marked = Files.writeString(dir.resolve("marked.json"), "\uFEFF{\"seed\":7}");

        assertThat(reader.read(marked, List.of()).world().seed()).isEqualTo(7);
    }

    @Test
    void shouldReportEveryWrongOverrideWithTheOthers() {
        List<String> overrides =
                List.of("=3", "seed.x=1", "seed", "instantaneous.x=3", "http.port=x");

        ConfigException wrong = refused(HOME.resolve("conf/demo.json"), overrides);

        assertThat(wrong.faults())
                .extracting(ConfigFault::toString)
                .containsExactly(
                        "--set: found \"=3\", wanted key.path=value",
                        "--set: found \"seed.x=1\", wanted a path to a value; it goes through"
                                + " seed, which is 1",
                        "--set: found \"seed\", wanted key.path=value",
                        "http.port: found \"x\", wanted a whole number from 0 to 65535",
                        "instantaneous: found an unknown key, wanted only known keys; the nearest"
                                + " known is \"instances\"");
    }

    @Test
    void shouldReportWhatConstructorsRefuseBesideOtherFaults(@TempDir Path dir) throws Exception {
        String good = Files.readString(HOME.resolve("conf/vehicles/qiki-dodeca-01.json"));
        String bad =
                good.replaceFirst("\"direction-body\": *\\[[^]]*]", "\"direction-body\":[0.5,0,0]")
                        .replaceFirst("\"recover-v\": *[0-9.]+", "\"recover-v\":5")
                        .replaceFirst("\"dry-kg\": *[0-9.]+", "\"dry-kg\":-1")
                        .replaceFirst(
                                "\"critical-sensors\": *\\[",
                                "\"critical-sensors\":[\"sensor_docking\",");
        Path vehicle = Files.writeString(dir.resolve("vehicle.json"), bad);

        ConfigException wrong =
                refused(HOME.resolve("conf/demo.json"), List.of("vehicle=" + vehicle));

        assertThat(wrong.faults())
                .extracting(fault -> fault.toString().replaceFirst("^.*?: ", ""))
                .containsExactly(
                        "mass.dry-kg: found -1, wanted a number from 0.001 to 10000000 kg",
                        "propulsion.thrusters[0].direction-body: found a list of 3, wanted three"
                                + " numbers from -1.01 to 1.01 of length 0.99 to 1.01",
                        "power.bus: recovery bus voltage must be 22..10000 V, was 5",
                        ".: critical sensor sensor_docking must be among the sensors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "faults[0].target | [{'type':'sensor.off','target':'sensor_docking'}]",
                "faults[1].id     | [{'type':'sensor.off','target':'nav'},"
                        + "{'type':'sensor.off','target':'nav'}]",
                "faults[1].id     | [{'type':'sensor.off','target':'nav','id':'x'},"
                        + "{'type':'sensor.off','target':'imu_main','id':'x'}]",
                "faults           | [{},{},{},{},{},{},{},{},{}]"
            })
    void shouldRefuseFaultsThatAVehicleDoesNotTake(String path, String faults) {
        List<String> overrides = List.of("faults=" + faults.replace('\'', '"'));

        ConfigException wrong = refused(HOME.resolve("conf/demo.json"), overrides);

        assertThat(wrong.faults()).extracting(ConfigFault::path).containsExactly(path);
    }

    @Test
    void shouldReportAPathThatNoFileCanHave() {
        String nul = "\"a\\u0000b\"";
        List<String> overrides =
                List.of("scene=" + nul, "vehicle=" + nul, "input-log.path=" + nul, "seed=x");

        ConfigException wrong = refused(HOME.resolve("conf/demo.json"), overrides);

        assertThat(wrong.code()).isEqualTo(FailureCode.CONFIG_INVALID);
        assertThat(wrong.faults())
                .extracting(ConfigFault::path)
                .containsExactlyInAnyOrder("scene", "vehicle", "input-log.path", "seed");
        assertThat(wrong.faults()).extracting(ConfigFault::found).contains("\"a?b\"");
    }

    @Test
    void shouldReadTwinsThatLiveInOtherProcesses() throws Exception {
        RunConfig read = reader.read(HOME.resolve("conf/split/dashboard.json"), List.of());

        assertThat(read.twins().here()).isFalse();
        assertThat(read.twins().ids()).isEmpty();
        assertThat(read.plan(Optional.empty()).role()).isEqualTo(Role.DASHBOARD);
    }

    @Test
    void shouldRefuseWhatMeansNothingWithTwinsOfOtherProcesses() {
        List<String> overrides =
                List.of(
                        "twins.source=\"nats\"",
                        "input-log.path=\"a.jsonl\"",
                        "faults=[{\"type\":\"sensor.off\",\"target\":\"nav\"}]");

        ConfigException wrong = refused(HOME.resolve("conf/demo.json"), overrides);

        assertThat(wrong.faults())
                .extracting(ConfigFault::path)
                .containsExactlyInAnyOrder(
                        "twins.count", "twins.id-prefix", "nats.url", "input-log.path", "faults");
    }

    @Test
    void shouldLetThePartsOfASplitRunAgree() throws Exception {
        RunConfig simulator = reader.read(HOME.resolve("conf/split/simulator.json"), List.of());
        RunConfig agent = reader.read(HOME.resolve("conf/split/agent.json"), List.of());
        RunConfig dashboard = reader.read(HOME.resolve("conf/split/dashboard.json"), List.of());

        assertThat(agent.settings()).isEqualTo(simulator.settings());
        assertThat(dashboard.settings()).isEqualTo(simulator.settings());
        assertThat(agent.twins()).isEqualTo(simulator.twins());
        assertThat(List.of(simulator, agent, dashboard))
                .extracting(one -> one.web().port())
                .doesNotHaveDuplicates();
    }

    private ConfigException refused(Path file, List<String> overrides) {
        return catchThrowableOfType(ConfigException.class, () -> reader.read(file, overrides));
    }

    private ConfigException refused(Path file) {
        return catchThrowableOfType(ConfigException.class, () -> reader.read(file, List.of()));
    }
}
