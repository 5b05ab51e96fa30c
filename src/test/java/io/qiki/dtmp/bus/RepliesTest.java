package io.qiki.dtmp.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(10)
class RepliesTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldBringEveryFailureOverTheBusAndBack(FailureCode code) {
        Failure failure = new Failure(code, "it did not work");

        Failure back = Replies.failureOf(Replies.toReply(failure), FailureCode.SIM_UNAVAILABLE);

        assertThat(back).isEqualTo(failure);
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT", "NO_HANDLERS"})
    void shouldNameWhoIsAwayWhenNobodyAnswers(ReplyFailure kind) {
        ReplyException silence = new ReplyException(kind, "No handlers for qiki.store.qry.state");

        Failure failure = Replies.failureOf(silence, FailureCode.STORE_UNAVAILABLE);

        assertThat(failure.code()).isEqualTo(FailureCode.STORE_UNAVAILABLE);
        assertThat(failure.sentence())
                .startsWith("the store does not answer")
                .doesNotContain("qiki.", "andlers");
    }

    @Test
    void shouldCallAnUnexpectedExceptionInternal() {
        assertThat(Replies.failureOf(new IllegalStateException(), FailureCode.NOT_FOUND).code())
                .isEqualTo(FailureCode.INTERNAL);
    }

    @Test
    void shouldCallABadArgumentSo() {
        assertThat(
                        Replies.failureOf(
                                new IllegalArgumentException("speed was -1"), FailureCode.INTERNAL))
                .isEqualTo(new Failure(FailureCode.BAD_ARGUMENT, "speed was -1"));
    }
}
