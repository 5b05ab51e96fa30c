package io.qiki.dtmp.nats;

import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What was asked under an id and what it came to: a repetition gets the first answer and does
 * nothing again. Bounded: the oldest goes. Used by one thread.
 *
 * @param <A> an answer
 */
final class Repeats<A> {
    static final int MOST = 4_096;

    private final Map<String, Asked<A>> asked =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Asked<A>> eldest) {
                    return size() > MOST;
                }
            };

    private record Asked<A>(String what, Future<A> answer) {}

    /**
     * Does what is asked, unless it was asked before. What fails is forgotten.
     *
     * @param what everything that makes two requests the same
     * @param keep whether an answer stands; one that does not is forgotten, so that what could not
     *     be done for now may be tried again under the same id
     */
    Future<A> once(String id, String what, Supplier<Future<A>> act, Predicate<A> keep) {
        Asked<A> before = asked.get(id);
        if (before == null) {
            Future<A> answer = act.get();
            asked.put(id, new Asked<>(what, answer));
            answer.onComplete(
                    done -> {
                        if (done.failed() || !keep.test(done.result())) {
                            asked.remove(id);
                        }
                    });
            return answer;
        }
        return before.what().equals(what)
                ? before.answer()
                : Future.failedFuture(
                        new RequestFailed(
                                FailureCode.ID_REUSED,
                                "message_id "
                                        + id
                                        + " was used for another command; use a new one"));
    }
}
