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
        return test.run(5, answers, test.none(), false);
    }

    private static DeviceStatus row(BiosReport report, String device) {
        return report.devices().stream()
                .filter(one -> one.device().equals(device))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldPassAHealthyVehicle() {
        BiosReport report = test.run(5, healthy(), test.none(), false);
        assertThat(report.allSystemsGo()).isTrue();
        assertThat(report.healthScore()).isEqualTo(1);
        assertThat(report.tick()).isEqualTo(5);
        assertThat(report.devices()).hasSize(profile.devices().size());
        assertThat(report.devices()).allMatch(one -> one.message().isEmpty());
    }

    @Test
    void shouldNotPassWithoutAnyAnswer() {
        assertThat(test.none().allSystemsGo()).isFalse();
        assertThat(test.run(3, List.of(), test.none(), false)).isEqualTo(test.none());
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
        BiosReport report = test.run(5, answers, test.none(), false);
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
        BiosReport inOrder = test.run(5, answers, test.none(), false);
        Collections.reverse(answers);
        assertThat(test.run(5, answers, test.none(), false)).isEqualTo(inOrder);
    }

    @Test
    void shouldGiveTheSameReportWithAndWithoutAPredecessor() {
        List<ProbeAnswer> answers = healthy();
        answers.set(3, new ProbeAnswer(answers.get(3).device(), Result.OFF, 0, 1));
        BiosReport first = test.run(5, answers, test.none(), false);
        assertThat(test.run(6, answers, first, false))
                .isEqualTo(test.run(6, answers, test.none(), false));
        assertThat(test.run(6, healthy(), first, false))
                .isEqualTo(test.run(6, healthy(), test.none(), false));
    }

    @Test
    void shouldCallACriticalDeviceThatIsDeadAtStartABootFailure() {
        for (Result dead : List.of(Result.SILENT, Result.OFF)) {
            List<ProbeAnswer> answers = healthy();
            answers.replaceAll(
                    one ->
                            one.device().equals("imu_main") || one.device().equals("nbl")
                                    ? new ProbeAnswer(one.device(), dead, 0, 1)
                                    : one);

            BiosReport starting = test.run(5, answers, test.none(), true);
            BiosReport later = test.run(6, answers, starting, false);

            assertThat(row(starting, "imu_main").status()).isEqualTo(DeviceStatus.Status.ERROR);
            assertThat(row(starting, "imu_main").code().beep()).isEqualTo(0xF0);
            assertThat(row(starting, "imu_main").message()).contains("needs it to start");
            assertThat(row(starting, "nbl").code().beep()).isNotEqualTo(0xF0);
            assertThat(row(later, "imu_main").code().beep()).isIn(0x01, 0x03);
        }
        List<ProbeAnswer> absent = healthy();
        absent.removeIf(one -> one.device().equals("nav"));
        assertThat(row(test.run(5, absent, test.none(), true), "nav").code().beep())
                .isEqualTo(0xF0);
    }

    @Test
    void shouldNotCallAnUnsteadyDeviceABootFailure() {
        List<ProbeAnswer> answers = healthy();
        answers.replaceAll(
                one ->
                        one.device().equals("battery")
                                ? new ProbeAnswer("battery", Result.ANSWERED, 21.9, 0)
                                : one);
        assertThat(row(test.run(5, answers, test.none(), true), "battery").code().beep())
                .isEqualTo(0x02);
    }

    @Test
    void shouldFindNoContradictionInWhatAVehicleMayAnswer() {
        List<ProbeAnswer> answers = healthy();
        assertThat(test.contradiction(answers)).isEmpty();
        Collections.reverse(answers);
        assertThat(test.contradiction(answers)).isEmpty();
        answers.remove(2);
        answers.set(1, new ProbeAnswer(answers.get(1).device(), Result.OFF, 0, 1));
        assertThat(test.contradiction(answers)).isEmpty();
        assertThat(test.contradiction(List.of())).isEmpty();
    }

    @Test
    void shouldNameWhatContradictsItselfOrTheProfile() {
        List<ProbeAnswer> twice = healthy();
        twice.set(1, twice.get(0));
        assertThat(test.contradiction(twice)).contains(twice.get(0).device() + " answered twice");
        List<ProbeAnswer> unknown = healthy();
        unknown.add(new ProbeAnswer("warp_core", Result.ANSWERED, 1, 0));
        assertThat(test.contradiction(unknown))
                .contains("warp_core is no device of the vehicle profile");
    }
}
