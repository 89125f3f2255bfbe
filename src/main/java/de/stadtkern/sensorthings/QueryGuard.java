package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Rights;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.Request.Options;
import de.stadtkern.sensorthings.query.Sql;
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
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Keeps one expensive question from taking the store away from everybody: each statement of a request has a time limit
/// by the class of the request, only so many heavy ones are answered at once, and one asker gets three quarters of
/// these at most. A request whose caller went away is ended, and so is a heavy one that, after a while, is seen to cost
/// more than any may: asked before, PostgreSQL's estimate would cost every request and say too little of most.
@Component
class QueryGuard {

    private static final Logger log = LoggerFactory.getLogger(QueryGuard.class);
    private static final ScopedValue<RunningRead> RUNNING = ScopedValue.newInstance();
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    /// What is done by then needs no estimate.
    private static final Duration SLOW = Duration.ofSeconds(1);
    /// So long a heavy request waits for its turn.
    private static final long PATIENCE_SECONDS = 3;
    /// So long one waits that is answered in part already: to refuse it would break its answer off.
    private static final long LONG_PATIENCE_SECONDS = 60;

    private final SensorThingsProperties limits;
    private final Rights rights;
    private final DataSource dataSource;
    private final Semaphore heavy;
    private final Map<String, Turns> byAsker = new ConcurrentHashMap<>();
    private final Set<RunningRead> light = ConcurrentHashMap.newKeySet();
    private final Set<RunningRead> costly = ConcurrentHashMap.newKeySet();
    private @Nullable Thread looking;

    QueryGuard(SensorThingsProperties limits, Rights rights, DataSource dataSource) {
        this.limits = limits;
        this.rights = rights;
        this.dataSource = dataSource;
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
            return run(new RunningRead(limits.lightTime()), light, work);
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
                            () -> run(new RunningRead(limits.heavyTime()), costly, work)));
        } finally {
            byAsker.computeIfPresent(asker, (_, turns) -> --turns.requests == 0 ? null : turns);
        }
    }

    private static <T extends @Nullable Object> T run(
            RunningRead read, Set<RunningRead> running, ScopedValue.CallableOp<T, RuntimeException> work) {
        running.add(read);
        try {
            return ScopedValue.where(RUNNING, read).call(work);
        } finally {
            running.remove(read);
            read.end();
        }
    }

    @PostConstruct
    void start() {
        looking = Thread.ofVirtual().name("query-guard").start(this::lookAgainAndAgain);
    }

    @PreDestroy
    void stop() {
        if (looking != null) {
            looking.interrupt();
        }
    }

    private void lookAgainAndAgain() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS);
                light.forEach(QueryGuard::endIfForNobodyOrTooLong);
                costly.forEach(QueryGuard::endIfForNobodyOrTooLong);
                if (limits.largestCost() > 0) {
                    costly.forEach(this::judge);
                }
            }
        } catch (InterruptedException stopped) {
            // The process ends.
        }
    }

    private static void endIfForNobodyOrTooLong(RunningRead read) {
        try {
            read.endIfForNobodyOrTooLong();
        } catch (SQLException | RuntimeException failed) {
            log.warn("A request that may be too long, or for nobody, goes on: {}", failed.toString());
        }
    }

    private void judge(RunningRead read) {
        Sql slow = read.takeIfSlow(SLOW);
        if (slow == null) {
            return;
        }
        Thread.ofVirtual()
                .name("plan-cost")
                .start(() -> CityContext.run(read.city(), () -> {
                    try {
                        double cost = PlanCost.of(dataSource, slow);
                        log.debug("A slow statement costs {}", cost);
                        if (cost > limits.largestCost()) {
                            read.endAsTooCostly(cost);
                        }
                    } catch (SQLException | RuntimeException unknown) {
                        log.debug("A slow statement goes on, its cost is not known", unknown);
                    }
                }));
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
    static void limit(PreparedStatement statement, @Nullable Sql sql) {
        if (RUNNING.isBound()) {
            RUNNING.get().begin(statement, sql);
        }
    }

    /// Why a statement was ended before it was done.
    static RuntimeException ended() {
        RunningRead read = RUNNING.isBound() ? RUNNING.get() : null;
        if (read != null && read.isForNobody()) {
            return Caller.gone();
        }
        if (read != null && read.tooCostly() > 0) {
            return new Problem(
                    Problem.Kind.INVALID,
                    "query-too-costly",
                    "PostgreSQL expects this to cost %.0f, more than a request may; narrow it by phenomenonTime or Datastream in $filter, or ask for a summary by $apply."
                            .formatted(read.tooCostly()),
                    Map.of("option", "$filter"));
        }
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "query-too-long",
                "This takes longer than a request may (%d s); narrow it by $filter, a shorter time or fewer entities."
                        .formatted(read == null ? 0 : read.limit().toSeconds()));
    }
}
