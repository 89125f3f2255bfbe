package de.stadtkern.city;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/// Statements of towns that took long in this process, with the plan PostgreSQL makes for them. Values are never kept:
/// a statement is remembered without them, and what of them stands in its plan is struck out.
public final class SlowQueries {

    private static final Logger log = LoggerFactory.getLogger(SlowQueries.class);
    private static final Pattern TEXT_IN_PLAN = Pattern.compile("'(?:[^']|'')*'");

    private final SlowQueryProperties properties;
    private final Map<Long, Map<String, Query>> towns = new HashMap<>();
    private final Semaphore oneAtATime = new Semaphore(1);

    SlowQueries(SlowQueryProperties properties) {
        this.properties = properties;
    }

    private static final ScopedValue<String> ASKED_BY = ScopedValue.newInstance();

    /// Does the work, and says of its slow statements what they were asked by.
    ///
    /// @param what for operators, such as an address; without anything that belongs to nobody else
    public static <T, X extends Throwable> T askedBy(String what, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(ASKED_BY, what).call(work);
    }

    /// @param sql  with `?` in place of values
    /// @param askedBy the last time; empty if nobody said
    /// @param plan as `explain` says it; empty as long as there is none
    public record Query(String sql, String askedBy, int times, Instant lastAt, long longestMillis, String plan) {
        Query again(String by, Instant at, long millis) {
            return new Query(sql, by, times + 1, at, Math.max(longestMillis, millis), plan);
        }

        Query withPlan(String text) {
            return new Query(sql, askedBy, times, lastAt, longestMillis, text);
        }
    }

    /// Puts the values a statement was called with into another one.
    interface Values {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /// Those of a town since this process began, the longest first.
    public synchronized List<Query> list(City city) {
        return towns.getOrDefault(city.id(), Map.of()).values().stream()
                .sorted(Comparator.comparingLong(Query::longestMillis).reversed())
                .toList();
    }

    boolean isOn() {
        return properties.longerThan().isPositive() && properties.keep() > 0;
    }

    long limitNanos() {
        return properties.longerThan().toNanos();
    }

    /// @param source where a connection of the bound town comes from
    void took(long nanos, String sql, Values values, DataSource source) {
        City city = CityContext.current();
        boolean isNew = remember(city, sql, nanos / 1_000_000);
        if (isNew && oneAtATime.tryAcquire()) {
            Thread.ofVirtual().name("explain-" + city.slug()).start(CityContext.wrap(() -> {
                try {
                    explain(city, sql, values, source);
                } finally {
                    oneAtATime.release();
                }
            }));
        }
    }

    /// @return whether it has no plan yet
    private synchronized boolean remember(City city, String sql, long millis) {
        Map<String, Query> known = towns.computeIfAbsent(city.id(), _ -> new LinkedHashMap<>());
        Query query = known.remove(sql);
        if (query == null && known.size() >= properties.keep()) {
            known.remove(known.keySet().iterator().next());
        }
        String by = ASKED_BY.isBound() ? ASKED_BY.get() : "";
        Query now = query == null
                ? new Query(sql, by, 1, Instant.now(), millis, "")
                : query.again(by, Instant.now(), millis);
        known.put(sql, now);
        return now.plan().isEmpty();
    }

    private void explain(City city, String sql, Values values, DataSource source) {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("explain " + sql)) {
            values.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
        } catch (SQLException | RuntimeException notExplainable) {
            log.debug("No plan for a slow statement", notExplainable);
            return;
        }
        String text = TEXT_IN_PLAN.matcher(plan).replaceAll("'…'").strip();
        synchronized (this) {
            towns.getOrDefault(city.id(), new HashMap<>()).computeIfPresent(sql, (_, query) -> query.withPlan(text));
        }
    }

    @EventListener
    synchronized void forget(CityRemoved event) {
        towns.remove(event.city().id());
    }
}
