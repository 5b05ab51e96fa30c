package io.qiki.dtmp.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.VehicleProfile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The files of the default run say the same as the numbers in the model, to the last bit. */
@Timeout(10)
class PartFilesTest {
    @Test
    void shouldReadTheDefaultVehicle() throws ConfigException {
        VehicleProfile read =
                ConfigReader.read(
                        Path.of("conf/vehicles/qiki-dodeca-01.json"),
                        List.of(),
                        VehicleReader::read);

        assertThat(read).usingRecursiveComparison().isEqualTo(VehicleProfile.qikiDodeca01());
        assertThat(read).isEqualTo(VehicleProfile.qikiDodeca01());
    }

    @Test
    void shouldReadTheDefaultScene() throws ConfigException {
        Scene read =
                ConfigReader.read(
                        Path.of("conf/scenes/station.json"), List.of(), SceneReader::read);

        assertThat(read).isEqualTo(Scene.station());
    }

    @Test
    void shouldReadTheDefaultMission() throws ConfigException {
        Mission read =
                ConfigReader.read(
                        Path.of("conf/missions/default.json"), List.of(), MissionReader::read);

        assertThat(read).isEqualTo(Mission.standard());
    }
}
