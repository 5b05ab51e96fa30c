package io.qiki.dtmp.launcher;

import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.journal.InputLog;
import io.qiki.dtmp.journal.InputLogHeader;
import io.qiki.dtmp.journal.InputLogReader;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.InputRecord;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.twin.Replay;
import io.qiki.dtmp.twin.ReplayDifference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Function;

/** The input log of a process, if it has one, and the past it goes on from, if it does. */
final class RunLog implements AutoCloseable {
    private final Optional<InputLog> log;
    private final Optional<Replay> past;

    private RunLog(Optional<InputLog> log, Optional<Replay> past) {
        this.log = log;
        this.past = past;
    }

    /**
     * Begins the log of a plan, or replays the one that is there; one that is there is never
     * written over.
     *
     * @param replays makes a replay at its beginning
     * @throws RequestFailed when the log cannot be written or gone on with
     */
    static RunLog open(Optional<LogPlan> plan, Function<InputLogHeader, Replay> replays) {
        if (plan.isEmpty()) {
            return none();
        }
        LogPlan wanted = plan.get();
        try {
            boolean there = Files.exists(wanted.file()) && Files.size(wanted.file()) > 0;
            if (there && wanted.resume()) {
                return resume(wanted, replays);
            } else if (there) {
                throw new RequestFailed(
                        FailureCode.CONFIG_INVALID,
                        "input log "
                                + wanted.file()
                                + " is there already; go on with it by input-log.resume=true, or"
                                + " name another path");
            }
            return new RunLog(
                    Optional.of(InputLog.create(wanted.file(), wanted.header())), Optional.empty());
        } catch (IOException e) {
            throw new RequestFailed(
                    FailureCode.CONFIG_UNREADABLE,
                    "input log " + wanted.file() + " cannot be used: " + e.getMessage());
        }
    }

    /** None. */
    static RunLog none() {
        return new RunLog(Optional.empty(), Optional.empty());
    }

    private static RunLog resume(LogPlan plan, Function<InputLogHeader, Replay> replays)
            throws IOException {
        try (InputLogReader reader = new InputLogReader(plan.file())) {
            InputLogHeader then = reader.header();
            if (then.settings() != plan.header().settings()
                    || then.shards() != plan.header().shards()) {
                throw new RequestFailed(
                        FailureCode.CONFIG_INVALID,
                        "input log "
                                + plan.file()
                                + " is of another configuration; give the same one, or another"
                                + " input-log.path");
            }
            Replay replay = replays.apply(then);
            Optional<ReplayDifference> differs = replay(reader, replay);
            if (differs.isPresent()) {
                throw new RequestFailed(FailureCode.REPLAY_DIFFERS, differs.get().text());
            }
            InputLog log = InputLog.append(plan.file(), then, reader.length());
            return new RunLog(Optional.of(log), Optional.of(replay));
        }
    }

    /** Does a log again; gives the first difference, if there is one. */
    static Optional<ReplayDifference> replay(InputLogReader reader, Replay replay)
            throws IOException {
        Optional<InputRecord> next = reader.next();
        Optional<ReplayDifference> differs = Optional.empty();
        while (next.isPresent() && differs.isEmpty()) {
            differs = replay.apply(next.get());
            next = differs.isPresent() ? next : reader.next();
        }
        return differs;
    }

    /** The log being written, if there is one. */
    Optional<InputLog> log() {
        return log;
    }

    /** The run so far, if this one goes on with it. */
    Optional<Replay> past() {
        return past;
    }

    /** The way in for a writer. */
    InputSink open(String writer) {
        return log.map(one -> one.open(writer)).orElse(InputSink.NONE);
    }

    /** Brings what was recorded to the disk, whoever waits for what. */
    void flush() {
        log.ifPresent(InputLog::flush);
    }

    @Override
    public void close() {
        log.ifPresent(
                one -> {
                    try {
                        one.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
