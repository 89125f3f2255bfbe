package de.stadtkern.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.Browsers;
import de.stadtkern.Look;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.sensors.MeasuredTown;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The operator's page in a browser, with pictures in `target/screens`.
@StadtkernTest
class OperationInBrowserTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private TestTown town;

    @BeforeEach
    void aTown() {
        town = TestTown.create(cities, port);
    }

    record Visit(String state, Look look) {
        @Override
        public String toString() {
            return "operation-%s-%s".formatted(state, look);
        }
    }

    static Stream<Visit> visits() {
        return Stream.of(
                new Visit("well", new Look("de", 1280, ColorScheme.LIGHT)),
                new Visit("well", new Look("de", 320, ColorScheme.DARK)),
                new Visit("troubled", new Look("de", 320, ColorScheme.LIGHT)),
                new Visit("troubled", new Look("en", 1280, ColorScheme.DARK)));
    }

    @ParameterizedTest
    @MethodSource("visits")
    void everybodyCanUseThePage(Visit visit) {
        if (visit.state().equals("troubled")) {
            trouble();
        }
        Page page = window(visit.look());
        page.navigate(town.address("/operation"));
        browsers.look(page, visit.toString());
    }

    /// Whatever can be wrong at once.
    private void trouble() {
        Instant now = Instant.now();
        MeasuredTown measured = new MeasuredTown(context, town);
        measured.point("Zählstelle an der alten Brücke über den Fluss").counts("Menschen", "Menschen");
        measured.value(now.minus(Duration.ofDays(3)), 4).value(Instant.parse("1970-01-01T00:00:10Z"), 4);
        measured.point("Markt").measures("Temperatur", "Grad Celsius", "°C", "mean", "{}");
        measured.value(now.minus(Duration.ofDays(30)), 17.5);
        long id = town.city().id();
        execute(
                "insert into stadtkern.backup_run (town_id, reason, ended_at, failure) values (?, 'nightly', now(),"
                        + " 'There is too little room for an archive; 4096 MB should be free.')",
                id);
        execute(
                "insert into stadtkern.backup_run (town_id, reason, started_at, ended_at, file, bytes) values (?,"
                        + " 'nightly', now() - interval '23 s', now(), 'jena-nightly-20261122.zip', 48300000)",
                id);
        execute(
                "insert into stadtkern.backup_run (town_id, reason, progress, progress_rows)"
                        + " values (?, 'asked', 'observation', 1400000)",
                id);
        execute(
                "insert into stadtkern.job_failure values ('mail', ?, now(), 'Connection to mail.example.org refused')",
                town.city().slug());
        execute(
                "update stadtkern.scheduled_tasks set consecutive_failures = 3, last_failure = now(),"
                        + " execution_time = now() + interval '1 hour' where task_name = 'mail' and task_instance = ?",
                town.city().slug());
        execute(
                "insert into event_publication (id, listener_id, event_type, serialized_event, publication_date)"
                        + " values (gen_random_uuid(), 'city.Listener.on(city.SomethingVeryImportantHappened)',"
                        + " 'city.SomethingVeryImportantHappened', '{}', now() - ?::interval)",
                "5 minutes");
        execute(
                "insert into import_job (file_name, file_hash, file_size, stored_size, created_by, task, state,"
                        + " ended_at, problem) values ('zaehlung.csv', '', 1, 1, ?, 'import', 'failed', now(), 'The"
                        + " database was away.')",
                "system");
        execute(
                "insert into watch_hook (watch_id, address, secret, body, attempts, next_at, failure)"
                        + " values (1, ?, 's', '{}', 6, null, 'HTTP 500')",
                "https://melder.example.org/haken");
        town.in(() -> context.getBean(JdbcClient.class)
                .sql("select pg_sleep(0.6), count(*) from account where login = ?")
                .param("erika@example.org")
                .query((row, _) -> row.getLong(2))
                .single());
    }

    private void execute(String sql, Object value) {
        town.in(() -> context.getBean(JdbcClient.class).sql(sql).param(value).update());
    }

    @Test
    void anArchiveIsAskedForByKeyboardAndWithoutScripts() {
        BrowserContext plain = browsers.browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Browsers.logIn(plain, town, session());
        Page page = plain.newPage();
        page.navigate(town.address("/operation"));
        page.locator("form[action='/operation/backup'] button").focus();
        page.keyboard().press("Enter");
        page.waitForURL(town.address("/operation"));
        assertThat(page.locator(".notice").textContent()).contains("Die Sicherung läuft.");
    }

    /// The archive is ready some moments later, and the page that is open says so by itself.
    @Test
    void anOpenPageLooksAgainWhileAnArchiveIsWritten() {
        execute(
                "insert into stadtkern.backup_run (town_id, reason) values (?, 'asked')",
                town.city().id());
        Page page = window(new Look("de", 1280, ColorScheme.LIGHT));
        page.navigate(town.address("/operation"));
        assertThat(page.locator("#backup").count()).isEqualTo(1);
        execute(
                "update stadtkern.backup_run set ended_at = now(), file = 'a.zip', bytes = 5000 where town_id = ?",
                town.city().id());
        page.waitForSelector("form[action='/operation/backup']");
        assertThat(page.locator("main").textContent()).contains("von Hand, 4,88 kB");
    }

    private Page window(Look look) {
        return browsers.window(town, look, session());
    }

    private String session() {
        return new PeopleScenario(context, town)
                .loggedIn("olga@example.org", Grants.of(Area.TOWN, Role.OPERATOR))
                .session();
    }
}
