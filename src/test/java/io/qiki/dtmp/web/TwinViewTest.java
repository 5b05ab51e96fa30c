package io.qiki.dtmp.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.bus.TwinRoster;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.testkit.Reports;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TwinViewTest {
    private final TwinView view = new TwinView(Reports.TWIN);

    @Test
    void shouldKnowTheNewestStateWhoeverTellsIt() {
        view.accept(state(1, 1));
        assertThat(view.state().orElseThrow().version()).isEqualTo(1);

        view.accept(Reports.at(5), 0);
        assertThat(view.state().orElseThrow().version()).isEqualTo(2);

        view.accept(state(1, 3));
        view.accept(Reports.at(6), 0);
        assertThat(view.state().orElseThrow().version()).isEqualTo(3);
        assertThat(view.lives()).isZero();
    }

    @Test
    void shouldFollowAStoreThatGoesBackAndSaySo() {
        view.accept(state(4, 57));

        view.accept(new StoredState(Reports.TWIN, 0, 0, 0, FsmSnapshot.coldStart()));

        assertThat(view.state().orElseThrow().epoch()).isZero();
        assertThat(view.lives()).isEqualTo(1);
        view.accept(state(5, 58));
        assertThat(view.lives()).isEqualTo(1);
        view.accept(state(6, 1));
        assertThat(view.lives()).isEqualTo(2);
        assertThat(view.state().orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void shouldListADecisionThatIsToldTwiceOnce() {
        view.accept(Reports.at(5), 0);
        view.accept(Reports.at(5), 1);
        view.accept(Reports.at(6), 2);

        assertThat(view.decisions(10)).extracting(d -> d.decision().tick()).containsExactly(6L, 5L);
    }

    @Test
    void shouldTakeTwinsThatComeLaterAndLetGoOfThoseThatGo() {
        LiveView live =
                new LiveView(List.of(), new Shards(1), new RunStatus(RunState.STOPPED, 1, 0, 0, 0));
        live.accept(new TwinRoster(List.of(Reports.TWIN)));
        live.accept(new TickReport(0, List.of(Reports.at(5))), 0);

        live.accept(new TwinRoster(List.of(new TwinId("a"), Reports.TWIN)));

        assertThat(live.twins())
                .extracting(one -> one.twin().value())
                .containsExactly("a", "qiki-1");
        assertThat(live.twin("qiki-1").orElseThrow().report()).isPresent();

        live.accept(new TwinRoster(List.of(new TwinId("a"))));
        assertThat(live.twin("qiki-1")).isEmpty();
    }

    private static StoredState state(long epoch, long version) {
        return new StoredState(Reports.TWIN, epoch, version, 1, Reports.cruising());
    }
}
