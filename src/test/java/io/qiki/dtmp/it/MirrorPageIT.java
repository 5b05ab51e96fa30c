package io.qiki.dtmp.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.testkit.DashboardPage;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.NatsPeer;
import io.qiki.dtmp.testkit.NatsServer;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.Reports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of a dashboard process: it waits for twins, shows them, and says when they fall silent.
 */
@Timeout(120)
class MirrorPageIT {
    private static final int[] LAPTOP = {1280, 800};
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path dir;

    @Test
    void shouldShowTwinsThatComeLaterAndSayWhenTheyFallSilent() throws Exception {
        try (Playwright playwright = DashboardPage.playwright();
                Browser browser = DashboardPage.launch(playwright);
                NatsServer server = NatsServer.start(dir);
                NatsPeer core = NatsPeer.connect(server, "qiki-1").withStreams();
                LiveProcess dashboard = LiveProcess.start(Plans.dashboard(server.url()));
                DashboardPage page = open(browser, dashboard)) {
            // Given: a page that nobody has told of a twin
            assertThat(page.at("twin")).hasText("—");
            await().atMost(PATIENCE)
                    .until(
                            () -> {
                                core.status(true, true, RunState.RUNNING, Reports.TWIN);
                                return dashboard.probe().get("/api/v1/twins/qiki-1").status()
                                        == 200;
                            });
            // When: it is told of one
            core.state(Reports.at(7).state());
            core.report(Reports.at(7), true, true);

            // Then
            assertThat(page.at("twin")).hasText("qiki-1");
            assertThat(page.at("tick")).hasText("7");
            assertThat(page.at("agent-state")).hasText(Pattern.compile("ACTIVE.*CRUISE"));
            assertThat(page.at("banner")).hasText(Pattern.compile("RUNNING, but no tick has come"));

            // When: the vehicle goes on without an agent
            core.report(unattended(8), true, false);

            // Then: the old state is not shown as if it were current
            assertThat(page.at("tick")).hasText("8");
            assertThat(page.at("agent-state")).hasText(Pattern.compile("BOOTING"));
            org.assertj.core.api.Assertions.assertThat(page.faults()).isEmpty();
        }
    }

    private static DashboardPage open(Browser browser, LiveProcess dashboard) {
        return DashboardPage.open(browser, dashboard.topology().httpPort(), LAPTOP, "");
    }

    private static TwinReport unattended(long tick) {
        TwinReport report = Reports.at(tick);
        return new TwinReport(
                report.observation(),
                new StoredState(Reports.TWIN, 0, 0, 0, FsmSnapshot.coldStart()),
                report.decision(),
                report.bios(),
                report.tracks(),
                report.trust(),
                report.outlook(),
                report.phaseMicros());
    }
}
