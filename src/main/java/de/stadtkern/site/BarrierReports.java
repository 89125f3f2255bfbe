package de.stadtkern.site;

import de.stadtkern.city.City;
import de.stadtkern.identity.Outbox;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/// What people report about barriers goes to the town by mail. Here only the moment is kept, so that nobody can flood
/// the town's letter box.
@Service
class BarrierReports {

    private static final int LONGEST = 4_000;
    private static final int MOST_AN_HOUR = 30;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final TransactionTemplate transaction;

    BarrierReports(JdbcClient jdbc, Outbox outbox, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    /// @param to   the town's mail address
    /// @param mail of whoever reports and wants an answer, may be empty
    void send(City town, String to, String text, String mail) {
        Flaws flaws = new Flaws();
        if (text.isBlank()) {
            flaws.add(Problem.field("text", "report-empty", "Say what cannot be used, and on which page."));
        }
        if (text.length() > LONGEST) {
            flaws.add(Problem.field("text", "report-long", "A report has at most 4,000 letters."));
        }
        if (!mail.isEmpty() && (mail.length() > 200 || !mail.matches("[^@\\s]+@[^@\\s]+"))) {
            flaws.add(Problem.field("mail", "mail-invalid", "'%.50s' is no mail address.".formatted(mail)));
        }
        flaws.end();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from barrier_report where at < now() - interval '1 hour'")
                    .update();
            jdbc.sql("insert into barrier_report default values").update();
            long recent = jdbc.sql("select count(*) from barrier_report")
                    .query(Long.class)
                    .single();
            if (recent > MOST_AN_HOUR) {
                throw Problem.field("text", "reports-many", "Too many reports have come; try again in an hour.");
            }
            outbox.put(
                    to,
                    "%s: Barriere gemeldet".formatted(town.name()),
                    "%s%n%nAntwort an: %s%n".formatted(text.strip(), mail.isEmpty() ? "–" : mail));
        });
    }
}
