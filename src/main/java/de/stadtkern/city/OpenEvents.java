package de.stadtkern.city;

import de.stadtkern.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.stereotype.Component;

/// Events of the bound town whose listener has not finished although it had time to: [EventResubmission] hands them
/// out again every minute, and [#tryNow] at once.
@Component
public class OpenEvents {

    private static final int SHOWN = 20;
    private static final String OPEN = "completion_date is null and publication_date < now() - interval '2 minutes'";

    private final JdbcClient jdbc;
    private final IncompleteEventPublications incomplete;

    OpenEvents(JdbcClient jdbc, IncompleteEventPublications incomplete) {
        this.jdbc = jdbc;
        this.incomplete = incomplete;
    }

    /// @param type     what happened
    /// @param listener who has not dealt with it, as class and method
    /// @param attempts how often it was handed out again
    public record Event(UUID id, String type, String listener, Instant publishedAt, int attempts) {}

    public int count() {
        return jdbc.sql("select count(*) from event_publication where " + OPEN)
                .query(Integer.class)
                .single();
    }

    /// The oldest of them.
    public List<Event> list() {
        return jdbc.sql("""
            select id, event_type, listener_id, publication_date, coalesce(completion_attempts, 0) as attempts
            from event_publication where %s order by publication_date, id limit %d
            """.formatted(OPEN, SHOWN))
                .query((row, _) -> new Event(
                        row.getObject("id", UUID.class),
                        last(row.getString("event_type"), 1),
                        last(row.getString("listener_id").replaceAll("\\(.*", ""), 2),
                        row.getTimestamp("publication_date").toInstant(),
                        row.getInt("attempts")))
                .list();
    }

    /// The last words of a qualified name.
    private static String last(String name, int words) {
        List<String> all = List.of(name.split("[.$]"));
        return String.join(".", all.subList(Math.max(0, all.size() - words), all.size()));
    }

    /// Hands it out to its listener at once, who deals with it in a thread of their own; one that was dealt with
    /// meanwhile is no mistake.
    public void tryNow(String event) {
        if (jdbc.sql("select id from event_publication where id::text = ?")
                .param(event)
                .query((row, _) -> row.getString(1))
                .list()
                .isEmpty()) {
            throw new Problem(Problem.Kind.MISSING, "event-unknown", "There is no event '%.60s'.".formatted(event));
        }
        incomplete.resubmitIncompletePublications(
                publication -> publication.getIdentifier().toString().equals(event));
    }
}
