package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Rights;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.Request.Options;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Keeps one expensive question from taking the store away from everybody: each statement of a request has a time limit
/// by the class of the request, only so many heavy ones are answered at once, and one asker gets three quarters of
/// these at most. A request whose caller went away is ended.
@Component
class QueryGuard {

    private static final Logger log = LoggerFactory.getLogger(QueryGuard.class);
    private static final ScopedValue<RunningRead> RUNNING = ScopedValue.newInstance();
    private static final Duration LOOK_AFTER_CALLERS = Duration.ofMillis(500);
    /// So long a heavy request waits for its turn.
    private static final long PATIENCE_SECONDS = 3;
    /// So long one waits that is answered in part already: to refuse it would break its answer off.
    private static final long LONG_PATIENCE_SECONDS = 60;

    private final SensorThingsProperties limits;
    private final Rights rights;
    private final Semaphore heavy;
    private final Map<String, Turns> byAsker = new ConcurrentHashMap<>();
    private final Set<RunningRead> running = ConcurrentHashMap.newKeySet();
    private @Nullable Thread looking;

    QueryGuard(SensorThingsProperties limits, Rights rights) {
        this.limits = limits;
        this.rights = rights;
        this.heavy = new Semaphore(limits.heavyAtOnce(), true);
    }

    /// What one asker has at once; there while they have something.
    private static final class Turns {
        final Semaphore free;
        int requests;

        Turns(int atOnce) {
            free = new Semaphore(atOnce, true);
        }
    }

    /// Reads an answer or the beginning of one. What was read is sent outside of this: whoever takes it slowly keeps no
    /// turn.
    <T extends @Nullable Object> T read(Request request, ScopedValue.CallableOp<T, RuntimeException> work) {
        return read(request, PATIENCE_SECONDS, work);
    }

    /// Reads a further part.
    <T extends @Nullable Object> T readOn(Request request, ScopedValue.CallableOp<T, RuntimeException> work) {
        return read(request, LONG_PATIENCE_SECONDS, work);
    }

    private <T extends @Nullable Object> T read(
            Request request, long patienceSeconds, ScopedValue.CallableOp<T, RuntimeException> work) {
        if (!isHeavy(request)) {
            return run(new RunningRead(limits.lightTime(), false), work);
        }
        String asker = CityContext.current().slug() + " " + rights.asker();
        Turns own = Objects.requireNonNull(byAsker.compute(asker, (_, there) -> {
            Turns turns = there == null ? new Turns(share()) : there;
            turns.requests++;
            return turns;
        }));
        try {
            return inTurn(
                    own.free,
                    patienceSeconds,
                    this::tooManyOfOne,
                    () -> inTurn(
                            heavy,
                            patienceSeconds,
                            this::tooMany,
                            () -> run(new RunningRead(limits.heavyTime(), true), work)));
        } finally {
            byAsker.computeIfPresent(asker, (_, turns) -> --turns.requests == 0 ? null : turns);
        }
    }

    private <T extends @Nullable Object> T run(RunningRead read, ScopedValue.CallableOp<T, RuntimeException> work) {
        if (read.hasCaller()) {
            running.add(read);
        }
        try {
            return ScopedValue.where(RUNNING, read).call(work);
        } finally {
            running.remove(read);
            read.end();
        }
    }

    @PostConstruct
    void start() {
        looking = Thread.ofVirtual().name("callers").start(this::lookAfterCallers);
    }

    @PreDestroy
    void stop() {
        if (looking != null) {
            looking.interrupt();
        }
    }

    private void lookAfterCallers() {
        try {
            while (true) {
                Thread.sleep(LOOK_AFTER_CALLERS);
                for (RunningRead read : running) {
                    try {
                        read.endIfForNobody();
                    } catch (SQLException | RuntimeException failed) {
                        log.warn("A request whose caller may have gone goes on: {}", failed.toString());
                    }
                }
            }
        } catch (InterruptedException stopped) {
            // The process ends.
        }
    }

    /// One asker leaves a quarter of the turns to others.
    private int share() {
        return Math.max(1, limits.heavyAtOnce() * 3 / 4);
    }

    private static <T extends @Nullable Object> T inTurn(
            Semaphore turns, long patienceSeconds, Supplier<Problem> none, Supplier<T> work) {
        boolean mine = false;
        try {
            mine = turns.tryAcquire(patienceSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        if (!mine) {
            throw none.get();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private Problem tooMany() {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "queries-waiting",
                "%d requests with $filter, $expand, $orderby or $apply are being answered already; please try again."
                        .formatted(limits.heavyAtOnce()));
    }

    private Problem tooManyOfOne() {
        return new Problem(
                Problem.Kind.TOO_MANY,
                "queries-of-one",
                "%d of your requests with $filter, $expand, $orderby or $apply are being answered already; others want to ask too."
                        .formatted(share()));
    }

    /// What the store may have to look at many rows for.
    static boolean isHeavy(Request request) {
        return switch (request) {
            case Request.Applied _, Request.Downsampled _ -> true;
            case Request.EntitySet(var path, var options) -> isHeavy(path.type(), options);
            case Request.Entity(var _, var options) -> !options.expand().isEmpty();
            case Request.References(var path, var options) -> isHeavy(path.type(), options);
            case Request.Count(var _, var options) -> options.filter() != null;
            case Request.PropertyOf _ -> false;
        };
    }

    private static boolean isHeavy(EntityType type, Options options) {
        return options.filter() != null
                || !options.expand().isEmpty()
                || options.format() == Request.Format.CSV
                || type == EntityType.OBSERVATION && !options.orderBy().isEmpty();
    }

    /// Gives a statement of this request its limit.
    static void limit(PreparedStatement statement) throws SQLException {
        if (RUNNING.isBound()) {
            RUNNING.get().begin(statement);
        }
    }

    /// Why a statement was ended before it was done.
    static RuntimeException ended() {
        if (RUNNING.isBound() && RUNNING.get().isForNobody()) {
            return Caller.gone();
        }
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "query-too-long",
                "This takes longer than a request may (%d s); narrow it by $filter, a shorter time or fewer entities."
                        .formatted(RUNNING.isBound() ? RUNNING.get().limit().toSeconds() : 0));
    }
}
