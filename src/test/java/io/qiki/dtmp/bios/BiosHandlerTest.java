package io.qiki.dtmp.bios;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.DeviceSpec;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.ProbeAnswer.Result;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BiosHandlerTest {
    private static final long ANSWER_STEPS = 100;
    private final VehicleProfile profile = VehicleProfile.qikiDodeca01();
    private final BiosHandler test = new BiosHandler(profile, ANSWER_STEPS);

    private List<ProbeAnswer> healthy() {
        List<ProbeAnswer> answers = new ArrayList<>();
        for (DeviceSpec device : profile.devices()) {
            answers.add(new ProbeAnswer(device.id(), Result.ANSWERED, 27, 0));
        }
        return answers;
    }

    private BiosReport with(String device, ProbeAnswer answer) {
        List<ProbeAnswer> answers = healthy();
        answers.replaceAll(one -> one.device().equals(device) ? answer : one);
        return test.run(5, answers, test.none());
    }

    private static DeviceStatus row(BiosReport report, String device) {
        return report.devices().stream()
                .filter(one -> one.device().equals(device))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldPassAHealthyVehicle() {
        BiosReport report = test.run(5, healthy(), test.none());
        assertThat(report.allSystemsGo()).isTrue();
        assertThat(report.healthScore()).isEqualTo(1);
        assertThat(report.tick()).isEqualTo(5);
        assertThat(report.devices()).hasSize(profile.devices().size());
        assertThat(report.devices()).allMatch(one -> one.message().isEmpty());
    }

    @Test
    void shouldNotPassWithoutAnyAnswer() {
        assertThat(test.none().allSystemsGo()).isFalse();
        assertThat(test.run(3, List.of(), test.none())).isEqualTo(test.none());
    }

    @Test
    void shouldNameASilentDevice() {
        BiosReport report = with("imu_main", new ProbeAnswer("imu_main", Result.SILENT, 0, 7));
        assertThat(report.allSystemsGo()).isFalse();
        assertThat(row(report, "imu_main").status()).isEqualTo(DeviceStatus.Status.ERROR);
        assertThat(row(report, "imu_main").code().beep()).isEqualTo(0x03);
    }

    @Test
    void shouldNameADeviceThatIsOff() {
        BiosReport report = with("nbl", new ProbeAnswer("nbl", Result.OFF, 0, 7));
        assertThat(report.allSystemsGo()).isTrue();
        assertThat(row(report, "nbl").status()).isEqualTo(DeviceStatus.Status.NOT_FOUND);
        assertThat(row(report, "nbl").code().beep()).isEqualTo(0x01);
        assertThat(report.healthScore()).isLessThan(1);
    }

    @Test
    void shouldNameADeviceThatWasNotProbed() {
        List<ProbeAnswer> answers = healthy();
        answers.removeIf(one -> one.device().equals("pdu"));
        BiosReport report = test.run(5, answers, test.none());
        assertThat(report.allSystemsGo()).isFalse();
        assertThat(row(report, "pdu").message()).isEqualTo("pdu is expected and was not probed");
    }

    @Test
    void shouldNameAnOldAnswer() {
        ProbeAnswer old = new ProbeAnswer("nav", Result.ANSWERED, 27, ANSWER_STEPS + 1);
        assertThat(row(with("nav", old), "nav").code().beep()).isEqualTo(0x03);
        ProbeAnswer fresh = new ProbeAnswer("nav", Result.ANSWERED, 27, ANSWER_STEPS);
        assertThat(with("nav", fresh).allSystemsGo()).isTrue();
    }

    @Test
    void shouldNameAnAnswerOutOfRange() {
        BiosReport report = with("battery", new ProbeAnswer("battery", Result.ANSWERED, 21.9, 0));
        assertThat(row(report, "battery").status()).isEqualTo(DeviceStatus.Status.WARNING);
        assertThat(row(report, "battery").code().beep()).isEqualTo(0x02);
        assertThat(report.allSystemsGo()).isFalse();
    }

    @Test
    void shouldNotDependOnTheOrderOfTheAnswers() {
        List<ProbeAnswer> answers = healthy();
        answers.set(3, new ProbeAnswer(answers.get(3).device(), Result.SILENT, 0, 1));
        BiosReport inOrder = test.run(5, answers, test.none());
        Collections.reverse(answers);
        assertThat(test.run(5, answers, test.none())).isEqualTo(inOrder);
    }

    @Test
    void shouldGiveTheSameReportWithAndWithoutAPredecessor() {
        List<ProbeAnswer> answers = healthy();
        answers.set(3, new ProbeAnswer(answers.get(3).device(), Result.OFF, 0, 1));
        BiosReport first = test.run(5, answers, test.none());
        assertThat(test.run(6, answers, first)).isEqualTo(test.run(6, answers, test.none()));
        assertThat(test.run(6, healthy(), first)).isEqualTo(test.run(6, healthy(), test.none()));
    }
}
