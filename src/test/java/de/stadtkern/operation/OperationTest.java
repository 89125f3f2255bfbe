package de.stadtkern.operation;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.BackupRuns;
import de.stadtkern.city.Cities;
import de.stadtkern.city.SlowQueries;
import de.stadtkern.city.TownJobs;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.sensors.MeasuredTown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// What an operator sees and does.
@StadtkernTest
class OperationTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @Autowired
    FailingJob job;

    @Autowired
    FailingListener listener;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TownJobs jobs;

    @Autowired
    BackupRuns backups;

    @Autowired
    SlowQueries slow;

    @LocalServerPort
    int port;

    private TestTown town;
    private PeopleScenario.Browser operator;

    @BeforeEach
    void aTownWithAnOperator() {
        town = TestTown.create(cities, port);
        operator = new PeopleScenario(context, town).loggedIn("olga@example.org", Grants.of(Area.TOWN, Role.OPERATOR));
    }

    @Test
    void aTownThatIsWellSaysSo() {
        assertThat(page())
                .contains("Sie antwortet.", "Alle Messreihen haben aktuelle Werte", "Es gibt noch keine.")
                .doesNotContain("Störung", "fehlgeschlagen");
    }

    @Test
    void aSourceThatHasFallenSilentIsNamed() {
        Instant now = Instant.now();
        new MeasuredTown(context, town)
                .point("Alte Brücke")
                .counts("Menschen", "Menschen")
                .value(now.minus(Duration.ofDays(3)), 4);
        new MeasuredTown(context, town).point("Markt").counts("Räder", "Räder").value(now, 4);
        assertThat(page()).contains("Bei 1 Messreihe ", "Alte Brücke: Menschen").doesNotContain("Markt: Räder");
    }

    @Test
    void aValueOfAnotherCenturyIsNoticed() {
        new MeasuredTown(context, town)
                .point("Alte Brücke")
                .counts("Menschen", "Menschen")
                .value(Instant.parse("1970-01-01T00:00:10Z"), 4);
        assertThat(page()).contains("1 Messwert liegt vor 1990", "Störung");
    }

    @Test
    void anArchiveIsMadeWhenSomebodyAsksForIt() {
        assertThat(operator.where(operator.fill("/operation", "/operation/backup")))
                .isEqualTo("303 /operation");
        soon(() -> backups.list(town.city()).getFirst().endedAt() != null);
        assertThat(backups.list(town.city()))
                .singleElement()
                .satisfies(run -> assertThat(run.wentWell()).isTrue());
        assertThat(page()).contains("von Hand", town.city().slug() + "-asked-");
    }

    @Test
    void onlyOneArchiveIsWrittenAtATime() {
        jdbc("insert into stadtkern.backup_run (town_id, reason, progress, progress_rows)"
                + " values (?, 'nightly', 'observation', 1400000)");
        assertThat(operator.fill("/account", "/operation/backup").statusCode()).isEqualTo(409);
        assertThat(page())
                .contains("Sicherung läuft seit", "Tabelle observation: 1.400.000 Zeilen")
                .doesNotContain("Jetzt sichern");
    }

    @Test
    void anArchiveNobodyHearsOfWasBrokenOff() {
        jdbc("insert into stadtkern.backup_run (town_id, reason, heard_at) values (?, 'asked', now() - interval '1"
                + " hour')");
        assertThat(page()).contains("Abgebrochen: Der Prozess endete vorher.", "Jetzt sichern");
    }

    @Test
    void aJobThatFailsIsSeenWithItsReasonAndTriedAgain() {
        soon(() -> jobs.list(town.city()).stream()
                .anyMatch(state -> state.name().equals(FailingJob.NAME) && state.succeededAt() != null));
        job.failFor(town.city(), "the tape is full");
        tryNow();
        soon(() -> page().contains(": the tape is full"));
        job.workFor(town.city());
        tryNow();
        soon(() -> !page().contains("the tape is full"));
    }

    @Test
    void anEventNobodyDealtWithIsNamedAndTriedAgainAtOnce() {
        listener.failFor(town.city());
        town.in(() -> transaction.execute(_ -> {
            context.publishEvent(new FailingListener.SomethingHappened("the fair"));
            return true;
        }));
        soon(() -> openEvents() == 1);
        assertThat(page()).contains("Alle sind verarbeitet.").doesNotContain("SomethingHappened");
        town.in(() -> context.getBean(JdbcClient.class)
                .sql("update event_publication set publication_date = now() - interval '1 hour'")
                .update());
        assertThat(page())
                .contains("Noch nicht verarbeitet: 1.", "SomethingHappened", "FailingListener.on")
                .doesNotContain("Alle sind verarbeitet.");
        String event = town.in(() -> context.getBean(JdbcClient.class)
                .sql("select id::text from event_publication")
                .query(String.class)
                .single());
        var editor = new PeopleScenario(context, town).loggedIn("ole@example.org", Grants.of(Area.TOWN, Role.EDITOR));
        assertThat(editor.fill("/account", "/operation/events/" + event).statusCode())
                .isEqualTo(403);
        listener.workFor(town.city());
        assertThat(operator.where(operator.fill("/operation", "/operation/events/" + event)))
                .isEqualTo("303 /operation");
        soon(() -> openEvents() == 0);
        assertThat(page()).contains("Alle sind verarbeitet.").doesNotContain("SomethingHappened");
        for (String unknown : List.of("4711", "5f0c2b1e-0000-4000-8000-000000000000")) {
            assertThat(operator.fill("/account", "/operation/events/" + unknown).statusCode())
                    .isEqualTo(404);
        }
    }

    private int openEvents() {
        return town.in(() -> context.getBean(JdbcClient.class)
                .sql("select count(*) from event_publication where completion_date is null")
                .query(Integer.class)
                .single());
    }

    @Test
    void anImportThatFailedIsNamed() {
        execute("""
            insert into import_job (file_name, file_hash, file_size, stored_size, created_by, task, state, ended_at, problem)
            values ('zaehlung.csv', '', 1, 0, 'system', 'import', 'failed', now(), 'The file has no header.')
            """);
        assertThat(page()).contains("zaehlung.csv", "The file has no header.").doesNotContain("/operation/imports/");
    }

    @Test
    void anImportThatFailedOnItsWayGoesOnWhenAsked() {
        execute("""
            insert into import_job (file_name, file_hash, file_size, stored_size, created_by, task, state, ended_at, problem)
            values ('zaehlung.csv', '', 1, 1, 'system', 'import', 'failed', now(), 'The database was away.')
            """);
        assertThat(operator.where(operator.fill("/operation", "/operation/imports/1")))
                .isEqualTo("303 /operation");
        assertThat(operator.fill("/account", "/operation/imports/4711").statusCode())
                .isEqualTo(404);
        soon(() -> !page().contains("The database was away."));
    }

    @Test
    void aWebHookThatDidNotArriveIsNamedAndSentAgainWhenAsked() {
        execute("""
            insert into watch_hook (watch_id, address, secret, body, attempts, next_at, failure)
            values (1, 'https://nirgends.invalid/geheim', 's', '{}', 6, null, 'HTTP 500')
            """);
        assertThat(page())
                .contains("nirgends.invalid", "HTTP 500", "aufgegeben")
                .doesNotContain("geheim");
        assertThat(operator.where(operator.fill("/operation", "/operation/hooks/1")))
                .isEqualTo("303 /operation");
        soon(() -> text("select attempts::text from watch_hook").equals("7"));
        assertThat(operator.fill("/account", "/operation/hooks/4711").statusCode())
                .isEqualTo(404);
        execute("update watch_hook set sent_at = now()");
        assertThat(page()).contains("Keiner ist liegen geblieben.");
    }

    private void execute(String sql) {
        town.in(() -> context.getBean(JdbcClient.class).sql(sql).update());
    }

    private String text(String sql) {
        return town.in(() ->
                context.getBean(JdbcClient.class).sql(sql).query(String.class).single());
    }

    @Test
    void aSlowStatementIsShownWithItsPlanAndWithoutItsValues() {
        town.in(() -> context.getBean(JdbcClient.class)
                .sql("select pg_sleep(0.6), count(*) from account where login = ?")
                .param("erika@example.org")
                .query((row, _) -> row.getLong(2))
                .single());
        soon(() ->
                slow.list(town.city()).stream().anyMatch(query -> !query.plan().isEmpty()));
        assertThat(page())
                .contains("where login = ?", "Cond: (login = '…'::text)")
                .doesNotContain("erika@example.org");
        assertThat(slow.list(TestTown.create(cities, port).city())).isEmpty();
    }

    private void tryNow() {
        assertThat(operator.where(operator.fill("/account", "/operation/jobs/" + FailingJob.NAME)))
                .isEqualTo("303 /operation");
    }

    private String page() {
        return operator.open("/operation").body();
    }

    private void jdbc(String sql) {
        town.in(() -> context.getBean(JdbcClient.class)
                .sql(sql)
                .param(town.city().id())
                .update());
    }

    private static void soon(BooleanSupplier so) {
        for (int tries = 0; !so.getAsBoolean(); tries++) {
            assertThat(tries).as("tries of a tenth of a second").isLessThan(200);
            try {
                Thread.sleep(100);
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        }
    }
}
