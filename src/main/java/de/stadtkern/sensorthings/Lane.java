package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.installation.LogContext;
import de.stadtkern.problem.Problem;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gathers the small writes of one town: a thread takes everything that waits, writes it as one batch in one
/// transaction, and answers each caller after the commit (group commit). Nothing waits on purpose;
/// batches grow because callers queue while the batch before them commits.
final class Lane implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final int ROWS_PER_BATCH = 1_000;
    static final int WAITING = 10_000;

    private final City city;
    private final WriterConnections connections;
    private final BatchWriter writer;
    private final Runnable written;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;
    private volatile boolean closed;

    private record Waiting(List<NewObservation> rows, Duplicates rule, CompletableFuture<long[]> answer) {}

    Lane(City city, WriterConnections connections, BatchWriter writer, Runnable written) {
        this.city = city;
        this.connections = connections;
        this.writer = writer;
        this.written = written;
        thread = Thread.ofPlatform().name("writer-" + city.slug()).daemon().start(this::run);
    }

    /// Blocks until the commit. Refuses with 503 while so many wait that no memory should be spent on more.
    long[] write(List<NewObservation> rows, Duplicates rule) {
        Waiting waiting = new Waiting(rows, rule, new CompletableFuture<>());
        // Whoever comes while the lane closes may have come too late to be seen.
        if (closed || !queue.offer(waiting) || closed && queue.remove(waiting)) {
            throw busy();
        }
        try {
            return waiting.answer.join();
        } catch (java.util.concurrent.CompletionException failed) {
            if (failed.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw new WriteFailed(failed.getCause() == null ? failed : failed.getCause());
        }
    }

    private static Problem busy() {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "writer-busy",
                "Too many Observations wait to be written; please try again in a moment.");
    }

    int waiting() {
        return queue.size();
    }

    private void run() {
        // The thread belongs to one town for good.
        LogContext.town(city.slug());
        List<Waiting> taken = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                Waiting first = queue.take();
                taken.add(first);
                int rows = first.rows.size();
                for (Waiting next = queue.peek();
                        next != null && rows + next.rows.size() <= ROWS_PER_BATCH;
                        next = queue.peek()) {
                    taken.add(queue.remove());
                    rows += next.rows.size();
                }
                write(taken);
            } catch (InterruptedException ended) {
                break;
            } catch (Throwable fatal) {
                // No memory, say. The next write may find some; nobody must wait for ever.
                log.error("The writer of '{}' failed", city.slug(), fatal);
                fail(taken, new WriteFailed(fatal));
            } finally {
                taken.clear();
            }
        }
        queue.drainTo(taken);
        fail(taken, busy());
    }

    /// Those who have their answer already keep it.
    private static void fail(List<Waiting> callers, RuntimeException why) {
        callers.forEach(waiting -> waiting.answer.completeExceptionally(why));
    }

    private void write(List<Waiting> taken) {
        for (Duplicates rule : Duplicates.values()) {
            List<Waiting> group =
                    taken.stream().filter(waiting -> waiting.rule == rule).toList();
            if (!group.isEmpty()) {
                writeTogether(group, rule);
            }
        }
        written.run();
    }

    /// One bad row would spoil the whole batch: if the data are the reason, each caller's rows are tried alone.
    private void writeTogether(List<Waiting> group, Duplicates rule) {
        try {
            List<NewObservation> rows = group.size() == 1
                    ? group.getFirst().rows
                    : group.stream().flatMap(waiting -> waiting.rows.stream()).toList();
            long[] ids = writeOnce(rows, rule);
            int from = 0;
            for (Waiting waiting : group) {
                int to = from + waiting.rows.size();
                waiting.answer.complete(group.size() == 1 ? ids : Arrays.copyOfRange(ids, from, to));
                from = to;
            }
        } catch (SQLException | RuntimeException failed) {
            if (areTheDataTheReason(failed) && group.size() > 1) {
                group.forEach(waiting -> writeTogether(List.of(waiting), rule));
            } else {
                fail(group, WriteFailed.orProblem(failed));
            }
        }
    }

    private long[] writeOnce(List<NewObservation> rows, Duplicates rule) throws SQLException {
        WriterConnection connection = connections.borrow(city);
        boolean isWhole = false;
        try {
            long[] ids = writer.write(city, connection, rows, rule);
            isWhole = true;
            return ids;
        } catch (SQLException | RuntimeException failed) {
            isWhole = areTheDataTheReason(failed);
            throw failed;
        } finally {
            if (isWhole) {
                connections.giveBack(city, connection);
            } else {
                connections.discard(city, connection);
            }
        }
    }

    private static boolean areTheDataTheReason(Exception failed) {
        return failed instanceof Problem || WriteFailed.isAboutTheData(failed);
    }

    /// Writes what still waits, then ends.
    @Override
    public void close() {
        closed = true;
        if (queue.isEmpty()) {
            thread.interrupt();
        }
        try {
            thread.join(3_000);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
