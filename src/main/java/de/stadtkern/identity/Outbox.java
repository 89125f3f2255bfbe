package de.stadtkern.identity;

import de.stadtkern.city.Outgoing;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Outgoing mail of a town. What is put here leaves if the transaction around it commits: within seconds, and again
/// after a failure, with growing pauses for a day.
@Service
public class Outbox implements Outgoing {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final Duration LONGEST_RUN = Duration.ofSeconds(30);
    private static final int AT_ONCE = 100;
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(8),
            Duration.ofHours(13));

    private static final Map<String, String> COLUMNS =
            Map.of("at", "created_at", "recipient", "recipient", "subject", "subject", "sent", "sent_at");
    private static final String FOUND = "where position(lower(:text) in lower(concat_ws(' ', recipient, subject))) > 0";

    private final JdbcClient jdbc;
    private final Rights rights;
    private final MailProperties properties;
    private final Postman postman;

    Outbox(JdbcClient jdbc, Rights rights, MailProperties properties, Postman postman) {
        this.jdbc = jdbc;
        this.rights = rights;
        this.properties = properties;
        this.postman = postman;
    }

    /// @param body   what would be sent; empty once it is sent or given up
    /// @param nextAt when it is tried (again), null if not
    public record Mail(
            long id,
            String recipient,
            String subject,
            String body,
            Instant createdAt,
            int attempts,
            @Nullable Instant nextAt,
            @Nullable Instant sentAt,
            String failure) {}

    /// Whether there is a mail server at all.
    public boolean isOn() {
        return properties.on();
    }

    public void put(String recipient, String subject, String body) {
        jdbc.sql("insert into mail (recipient, subject, body) values (:recipient, :subject, :body)")
                .param("recipient", recipient)
                .param("subject", subject.replaceAll("\\R", " "))
                .param("body", body)
                .update();
    }

    public int count(String text) {
        rights.require(Role.OPERATOR, Area.TOWN);
        return jdbc.sql("select count(*) from mail " + FOUND)
                .param("text", text)
                .query(Integer.class)
                .single();
    }

    /// @param text in recipient or subject, empty for all
    /// @param from how many of them to leave out
    /// @param most of them to give
    public List<Mail> list(String text, RowOrder order, int from, int most) {
        rights.require(Role.OPERATOR, Area.TOWN);
        return jdbc.sql("select * from mail %s order by %s limit :most offset :from"
                        .formatted(FOUND, order.sql(COLUMNS)))
                .param("text", text)
                .param("most", most)
                .param("from", from)
                .query(Outbox::row)
                .list();
    }

    /// @param waiting still to be sent
    /// @param failing of the last week, those that could not be sent so far or were given up
    public record Figures(long waiting, long failing) {}

    public Figures figures() {
        rights.require(Role.OPERATOR, Area.TOWN);
        return jdbc.sql("""
            select count(*) filter (where next_at is not null) as waiting,
              count(*) filter (where failure <> '') as failing
            from mail where sent_at is null and created_at > now() - interval '7 days'
            """)
                .query((row, _) -> new Figures(row.getLong("waiting"), row.getLong("failing")))
                .single();
    }

    /// Tries one that failed once more, at once.
    public void retry(long id) {
        rights.require(Role.OPERATOR, Area.TOWN);
        jdbc.sql("update mail set next_at = now() where id = :id and sent_at is null and body <> ''")
                .param("id", id)
                .update();
    }

    /// Sends what is due, one after the other; two processes never send the same.
    void sendDue() {
        Instant end = Instant.now().plus(LONGEST_RUN);
        for (int sent = 0; isOn() && !postman.isServerAway() && Instant.now().isBefore(end) && sent < AT_ONCE; sent++) {
            List<Mail> due = jdbc.sql("""
                update mail set attempts = attempts + 1, next_at = now() + interval '10 minutes'
                where id = (select id from mail where next_at <= now() order by next_at, id limit 1
                            for update skip locked)
                returning *
                """).query(Outbox::row).list();
            if (due.isEmpty()) {
                return;
            }
            send(due.getFirst());
        }
    }

    private void send(Mail mail) {
        try {
            postman.send(mail.recipient(), mail.subject(), mail.body());
        } catch (RuntimeException failed) {
            failed(mail, failed);
            return;
        }
        jdbc.sql("update mail set sent_at = now(), next_at = null, body = '', failure = '' where id = :id")
                .param("id", mail.id())
                .update();
    }

    private void failed(Mail mail, RuntimeException failure) {
        boolean last = mail.attempts() > PAUSES.size();
        log.warn("Mail {} was not sent, attempt {}: {}", mail.id(), mail.attempts(), failure.getMessage());
        jdbc.sql("""
            update mail set failure = :failure, next_at = now() + make_interval(secs => :pause::double precision)
            where id = :id
            """)
                .param("failure", String.valueOf(failure.getMessage()))
                .param("pause", last ? null : PAUSES.get(mail.attempts() - 1).toSeconds(), Types.BIGINT)
                .param("id", mail.id())
                .update();
    }

    @Override
    public String stop(JdbcClient copy) {
        int stopped = copy.sql("""
            update mail set next_at = null, failure = 'stopped in this copy of the town' where next_at is not null
            """).update();
        return stopped == 0 ? "" : "mails stopped: " + stopped;
    }

    /// Bodies carry links that are good for days at most; the rest is a trace of who was sent what.
    void deleteOlder(Duration age) {
        jdbc.sql("update mail set body = '', next_at = null where body <> '' and created_at < now() - interval"
                        + " '7 days'")
                .update();
        jdbc.sql("delete from mail where created_at < now() - make_interval(secs => :age)")
                .param("age", age.toSeconds())
                .update();
    }

    private static Mail row(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Mail(
                row.getLong("id"),
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("body"),
                row.getTimestamp("created_at").toInstant(),
                row.getInt("attempts"),
                AccountStore.instant(row.getTimestamp("next_at")),
                AccountStore.instant(row.getTimestamp("sent_at")),
                row.getString("failure"));
    }
}
