package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Telemetry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to the state store over the bus. Answers come on the context of the agents. */
final class CommitClient implements CommitPort {
    private static final Logger LOG = LoggerFactory.getLogger(CommitClient.class);
    private static final String HEALTH = "store";

    private final StateStoreClient store;
    private final Telemetry telemetry;
    private final LongConsumer failures;
    private boolean silent;
    private long unanswered;

    CommitClient(StateStoreClient store, Telemetry telemetry) {
        this.store = store;
        this.telemetry = telemetry;
        this.failures = telemetry.metrics().counter(MetricNames.AGENT_COMMIT_FAILURES);
    }

    /** How many questions the store has not answered. */
    long unanswered() {
        return unanswered;
    }

    @Override
    public void acquire(
            TwinId twin, String writer, long floor, Consumer<Optional<StoredState>> answer) {
        store.acquire(twin, writer, floor)
                .map(Optional::of)
                .otherwise(this::onFailedAcquire)
                .onSuccess(answer::accept);
    }

    @Override
    public void commit(List<StateCommit> batch, Consumer<List<StateAck>> answer) {
        store.commit(batch)
                .onSuccess(this::onAnswered)
                .otherwise(this::onFailedCommit)
                .onSuccess(answer::accept);
    }

    private void onAnswered(List<StateAck> acks) {
        telemetry.health().up(HEALTH);
        if (silent) {
            LOG.info("the store answers again");
        }
        silent = false;
        for (StateAck ack : acks) {
            if (!ack.accepted()) {
                failures.accept(1);
                LOG.warn("commit of {}: {}", ack.twin(), ack.code().text());
            }
        }
    }

    private Optional<StoredState> onFailedAcquire(Throwable cause) {
        onFailure(cause);
        return Optional.empty();
    }

    private List<StateAck> onFailedCommit(Throwable cause) {
        onFailure(cause);
        return List.of();
    }

    private void onFailure(Throwable cause) {
        unanswered++;
        failures.accept(1);
        telemetry.health().down(HEALTH, String.valueOf(cause.getMessage()));
        if (!silent) {
            LOG.warn("the store did not answer: {}", cause.getMessage());
        }
        silent = true;
    }
}
