package de.stadtkern.sources;

import de.stadtkern.city.CityContext;
import de.stadtkern.connect.MessageRefusal;
import de.stadtkern.problem.Problem;
import de.stadtkern.sources.Source.Settings;
import java.io.IOException;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Asks the services that are sources when they are due: stretch by stretch from where it stopped, and only for what is
/// new where the service can tell. After a failure it waits longer each time, up to six hours.
@Component
class Pulls {

    private static final int AT_ONCE = 20;
    private static final Duration LONGEST_RUN = Duration.ofSeconds(60);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    private final JdbcClient jdbc;
    private final SourceStore sources;
    private final Messages messages;
    private final Fetch fetch;
    private final ReentrantLock asking = new ReentrantLock();

    Pulls(JdbcClient jdbc, SourceStore sources, Messages messages, Fetch fetch) {
        this.jdbc = jdbc;
        this.sources = sources;
        this.messages = messages;
        this.fetch = fetch;
    }

    /// @param until where the last stretch ended; null before the first
    private record Due(long source, @Nullable Instant until, String etag, String modified, int failures) {}

    /// One after the other; two processes never ask the same.
    void askDue() {
        asking.lock();
        try {
            askAllDue();
        } finally {
            asking.unlock();
        }
    }

    private void askAllDue() {
        Instant end = Instant.now().plus(LONGEST_RUN);
        for (int asked = 0; asked < AT_ONCE && Instant.now().isBefore(end); asked++) {
            Optional<Due> due = jdbc.sql("""
                update source_run set next_at = now() + interval '5 minutes'
                where source_id = (
                  select r.source_id from source_run r join source s on s.id = r.source_id
                  where s.kind = 'pull' and s.active and r.next_at <= now() order by r.next_at, r.source_id limit 1
                  for update of r skip locked)
                returning *
                """).query(Pulls::due).optional();
            if (due.isEmpty()) {
                return;
            }
            sources.find(due.get().source()).ifPresent(source -> ask(source, due.get()));
        }
    }

    private static Due due(ResultSet row, int number) throws SQLException {
        OffsetDateTime until = row.getObject("asked_until", OffsetDateTime.class);
        return new Due(
                row.getLong("source_id"),
                until == null ? null : until.toInstant(),
                row.getString("etag"),
                row.getString("modified"),
                row.getInt("failures"));
    }

    private void ask(Source source, Due due) {
        try {
            askStretch(source, due);
        } catch (IOException | IllegalArgumentException | Problem failed) {
            fail(source, due, failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void askStretch(Source source, Due due) throws IOException, InterruptedException {
        Settings settings = source.wish().settings();
        ZoneId zone = CityContext.current().zone();
        Instant now = Instant.now();
        Instant begin = due.until() != null
                ? due.until().minus(settings.again())
                : settings.begin() != null
                        ? settings.begin().atStartOfDay(zone).toInstant()
                        : now.minus(settings.window());
        Instant to = settings.hasWindow() && begin.plus(settings.window()).isBefore(now)
                ? begin.plus(settings.window())
                : now;
        if (due.until() != null && !to.isAfter(due.until())) {
            // The stretch that is asked once more is as long as a whole one: it must go on all the same.
            to = due.until().plus(settings.window()).isBefore(now) ? due.until().plus(settings.window()) : now;
        }
        URI address = Fetch.address(settings.address(), begin, to, zone);
        // What was heard about one stretch says nothing about the next.
        boolean same = !settings.hasWindow();
        Fetch.Answer answer = fetch.ask(new Fetch.Question(
                address,
                settings.header(),
                sources.secret(source.id()),
                same ? due.etag() : "",
                same ? due.modified() : ""));
        if (answer.text() != null && !answer.text().isBlank()) {
            Message message = messages.take(source, answer.text());
            if (message.outcome() == Message.Outcome.REFUSED) {
                MessageRefusal first = message.refusals().getFirst();
                throw new Problem(Problem.Kind.INVALID, "message-refused", first.toString());
            }
        }
        succeed(source, answer, to, settings.hasWindow() && to.isBefore(now));
    }

    /// @param more whether the next stretch is asked for at once
    private void succeed(Source source, Fetch.Answer answer, Instant until, boolean more) {
        jdbc.sql("""
            update source_run set asked_until = :until, etag = :etag, modified = :modified, failures = 0, failure = '',
              failed_at = null, next_at = now() + make_interval(secs => :pause) where source_id = :id
            """)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("etag", answer.etag())
                .param("modified", answer.modified())
                .param("pause", more ? 0 : source.wish().settings().every().toSeconds())
                .param("id", source.id())
                .update();
    }

    private void fail(Source source, Due due, String failure) {
        Duration every = source.wish().settings().every();
        Duration pause = every.multipliedBy(1L << Math.min(10, due.failures()));
        jdbc.sql("""
            update source_run set failures = failures + 1, failure = :failure, failed_at = now(),
              next_at = now() + make_interval(secs => :pause) where source_id = :id
            """)
                .param("failure", failure.length() > 500 ? failure.substring(0, 500) : failure)
                .param("pause", (pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause).toSeconds())
                .param("id", source.id())
                .update();
    }

    /// How a source that is asked is going.
    ///
    /// @param until up to when it has been asked
    record State(
            @Nullable Instant until,
            String failure,
            @Nullable Instant failedAt,
            @Nullable Instant nextAt) {}

    State state(long source) {
        return jdbc.sql("select * from source_run where source_id = ?")
                .param(source)
                .query((row, _) -> new State(
                        instant(row, "asked_until"),
                        row.getString("failure"),
                        instant(row, "failed_at"),
                        instant(row, "next_at")))
                .optional()
                .orElse(new State(null, "", null, null));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /// At once instead of later.
    void askNow(long source) {
        jdbc.sql("update source_run set next_at = now() where source_id = ?")
                .param(source)
                .update();
    }

    List<Long> failing() {
        return jdbc.sql("select source_id from source_run where failure <> ''")
                .query((row, _) -> row.getLong(1))
                .list();
    }
}
