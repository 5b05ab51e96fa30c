package io.qiki.dtmp.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class WebValuesTest {
    private static final long MS = 1_000_000;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldMakeAProblemOfEveryFailure(FailureCode code) {
        JsonObject document = Problem.document(new Failure(code, "a sentence"));

        assertThat(document.getInteger("status")).isBetween(400, 599);
        assertThat(document.getString("code")).isEqualTo(code.text());
        assertThat(document.getString("detail")).isEqualTo("a sentence");
        assertThat(document.getString("advice")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qiki.web.fleet",
                "qiki.web.twin.qiki-1.telemetry",
                "qiki.web.twin.qiki-1.state",
                "qiki.web.twin.qiki-1.decision",
                "qiki.web.twin.qiki-1.command",
                "qiki.web.twin.qiki-1.event"
            })
    void shouldKnowTheTopicsOfTheContract(String address) {
        assertThat(BrowserTopic.parse(address)).map(BrowserTopic::address).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qiki.web.twin.qiki-1.",
                "qiki.web.twin..telemetry.x",
                "qiki.web.twin.telemetry",
                "qiki.web.twin.qiki-1.secrets",
                "qiki.web.snapshot",
                "qiki.tick.cmd.control",
                "qiki.store.cmd.commit",
                ""
            })
    void shouldKnowNothingElse(String address) {
        assertThat(BrowserTopic.parse(address)).isEmpty();
    }

    @Test
    void shouldCoalesceUpdatesBelowTheRateAndKeepTheLast() {
        // Given
        Coalescer rate = new Coalescer(100 * MS);

        // When / Then
        assertThat(rate.offer(0)).isZero();
        assertThat(rate.offer(30 * MS)).isEqualTo(70 * MS);
        assertThat(rate.offer(60 * MS)).isNegative();
        rate.fire(100 * MS);
        assertThat(rate.offer(101 * MS)).isEqualTo(99 * MS);
        rate.fire(200 * MS);
        assertThat(rate.offer(300 * MS)).isZero();
    }

    @Test
    void shouldKeepTheNewestTelemetryAndEveryEventForASlowBrowser() {
        // Given
        Outbox outbox = new Outbox();
        BrowserTopic telemetry = BrowserTopic.of("qiki-1", BrowserTopic.Kind.TELEMETRY);
        BrowserTopic event = BrowserTopic.of("qiki-1", BrowserTopic.Kind.EVENT);

        // When
        assertThat(outbox.put(telemetry, "t1")).isFalse();
        assertThat(outbox.put(event, "e1")).isFalse();
        assertThat(outbox.put(telemetry, "t2")).isTrue();
        assertThat(outbox.put(event, "e2")).isFalse();

        // Then
        assertThat(outbox.poll()).contains("e1");
        assertThat(outbox.poll()).contains("e2");
        assertThat(outbox.poll()).contains("t2");
        assertThat(outbox.poll()).isEmpty();
        assertThat(outbox.dropped()).isEqualTo(1);
    }

    @Test
    void shouldDropTheOldestEventBeyondItsBound() {
        Outbox outbox = new Outbox();
        BrowserTopic event = BrowserTopic.of("qiki-1", BrowserTopic.Kind.EVENT);

        for (int i = 0; i <= Outbox.MAX_EVENTS; i++) {
            outbox.put(event, "e" + i);
        }

        assertThat(outbox.poll()).contains("e1");
        assertThat(outbox.dropped()).isEqualTo(1);
    }

    @Test
    void shouldAllowTheImportMapOfThePageAndNoOtherScript() {
        // Given
        String page = "<script type=\"importmap\">{}</script><script>alert(1)</script>";

        // When
        String policy = PageRoutes.policy(page);

        // Then: the hash of {} only
        assertThat(policy)
                .contains(
                        "script-src 'self'"
                                + " 'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=';")
                .doesNotContain("unsafe");
        assertThat(policy.split("sha256-", -1)).hasSize(2);
    }
}
