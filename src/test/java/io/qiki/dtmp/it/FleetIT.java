package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.testkit.CliProcess;
import io.qiki.dtmp.testkit.WebHarness;
import io.qiki.dtmp.testkit.WebProbe;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fleet configuration as a process of its own. */
@Timeout(120)
class FleetIT {
    private static final int TWINS = 1_000;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        WebHarness.get(vertx.close());
    }

    @Test
    void shouldFlyAThousandTwinsFromItsConfiguration() throws Exception {
        try (CliProcess fleet =
                CliProcess.java("run", "conf/fleet.json", "--port", "0", "--grpc-port", "0")) {
            // When every twin flies
            String dashboard = fleet.await(line -> line.startsWith("dashboard "));
            String summary =
                    fleet.await(
                            line ->
                                    line.startsWith("fleet twins " + TWINS)
                                            && line.contains("ACTIVE " + TWINS));

            // Then one line speaks for all, and the interface gives each, page by page, once
            assertThat(summary).contains(" slips ");
            int port = Integer.parseInt(dashboard.replaceAll(".*:(\\d+)/$", "$1"));
            WebProbe probe = new WebProbe(vertx, port);
            List<String> ids = new ArrayList<>();
            Set<Integer> shards = new TreeSet<>();
            Optional<String> next = Optional.of("");
            while (next.isPresent()) {
                JsonObject page = probe.get("/api/v1/twins?limit=300" + next.get()).json();
                for (Object one : page.getJsonArray("twins")) {
                    ids.add(((JsonObject) one).getString("id"));
                    shards.add(((JsonObject) one).getInteger("shard"));
                }
                next = Optional.ofNullable(page.getString("next")).map(id -> "&after=" + id);
            }
            assertThat(ids).hasSize(TWINS).doesNotHaveDuplicates();
            assertThat(shards).containsExactly(0, 1);
        }
    }
}
