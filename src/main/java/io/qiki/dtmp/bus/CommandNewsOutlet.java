package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Tells the owner of the commands what each tick of a shard showed: one message at a time, the next
 * one after the last was taken. Of ticks that pass meanwhile every stage is kept, bounded, and the
 * newest observations. Lives on its owner's context.
 */
public final class CommandNewsOutlet {
    /** Most stages kept while nobody takes them. */
    public static final int MAX_WAITING = 10_000;

    private static final DeliveryOptions OPTIONS =
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(10_000);

    private final Vertx vertx;
    private final int shard;
    private final Deque<CommandNews.Seen> waiting = new ArrayDeque<>();
    private List<CommandNews.Sent> sent = new ArrayList<>();
    private SensedBatch newest = new SensedBatch(SensedBatch.NONE, List.of());
    private boolean fresh;
    private boolean underWay;
    private long dropped;

    /** An outlet of a shard. */
    public CommandNewsOutlet(Vertx vertx, int shard) {
        this.vertx = vertx;
        this.shard = shard;
    }

    /** A tick showed this. */
    public void offer(SensedBatch seen) {
        newest = seen;
        fresh = true;
        for (SensedInput one : seen.sensed()) {
            if (one instanceof SensedInput.Seen sensed) {
                keep(sensed.observation());
            }
        }
        send();
    }

    /** An agent handed these to its vehicle; without a tick to come they wait for it. */
    public void sent(List<CommandNews.Sent> commands) {
        for (CommandNews.Sent one : commands) {
            if (sent.size() < MAX_WAITING) {
                sent.add(one);
            } else {
                dropped++;
            }
        }
    }

    private void keep(Observation observation) {
        for (CommandOutcome outcome : observation.outcomes()) {
            if (waiting.size() == MAX_WAITING) {
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(new CommandNews.Seen(observation.twin(), observation.tick(), outcome));
        }
    }

    private void send() {
        if (underWay || !fresh) {
            return;
        }
        underWay = true;
        fresh = false;
        List<CommandNews.Seen> stages = new ArrayList<>(waiting);
        waiting.clear();
        CommandNews news = new CommandNews(shard, newest, sent, stages, dropped);
        sent = new ArrayList<>();
        vertx.eventBus()
                .request(Addresses.COMMAND_NEWS, news, OPTIONS)
                .onComplete(
                        taken -> {
                            underWay = false;
                            if (taken.succeeded()) {
                                dropped -= news.dropped();
                                send();
                            } else {
                                sent.addAll(0, news.sent());
                                putBack(stages);
                            }
                        });
    }

    /** Nobody took it: it comes before what came meanwhile, with the next tick. */
    private void putBack(List<CommandNews.Seen> stages) {
        for (int k = stages.size() - 1; k >= 0; k--) {
            if (waiting.size() == MAX_WAITING) {
                dropped += k + 1L;
                return;
            }
            waiting.addFirst(stages.get(k));
        }
    }
}
