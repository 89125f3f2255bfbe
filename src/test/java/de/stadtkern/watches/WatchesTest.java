package de.stadtkern.watches;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.OuterNetwork;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A limit, a silence and a deviation are told once when they begin and once when they are over.
@StadtkernTest
class WatchesTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private WatchScenario town;

    @BeforeEach
    void aDatastream() {
        town = new WatchScenario(context, TestTown.create(cities, port), "mean");
    }

    @Test
    void aLimitIsToldOnceAndOnceWhenItIsOver() {
        town.value("2026-05-01T10:00:00Z", 20);
        assertThat(town.watch("above", "30")).isEqualTo("303 /watches/1");
        town.value("2026-05-01T10:10:00Z", 31.5).value("2026-05-01T10:20:00Z", 33);
        assertThat(town.mails("Wache")).isEqualTo("Wache");
        assertThat(town.lastMail()).contains("Zähler, D: 31,5 liegt über 30.", "Begonnen: 1. Mai 2026, 12:10 Uhr");
        assertThat(town.open()).isEqualTo("Zähler, D: 31,5 liegt über 30.");
        town.value("2026-05-01T10:30:00Z", 29);
        assertThat(town.mails("Wache | Vorbei: Wache")).isEqualTo("Wache | Vorbei: Wache");
        assertThat(town.open()).isEqualTo("Alles ruhig");
        assertThat(town.editor.open("/watches/past").body()).contains("31,5 liegt über 30");
        assertThat(town.editor.open("/watches/past.csv?q=LIEGT&kind=limit").body())
                .matches("began,ended,said,watch,series,acknowledged,note\n"
                        + "2026-05-01T10:10:00Z,20[^,]*Z,\"Zähler, D: 31,5 liegt über 30.\",Wache,\"Zähler, D\",,\n");
        assertThat(town.editor.open("/watches/past?kind=silence").body()).contains("Nichts gefunden", "Alle zeigen");
    }

    @Test
    void aLimitThatIsCrossedAlreadyIsToldAtOnce() {
        town.value("2026-05-01T10:00:00Z", 40);
        town.watch("above", "30");
        assertThat(town.mails("Wache")).isEqualTo("Wache");
    }

    @Test
    void aShortPeakBetweenTwoLooksIsNotMissed() {
        town.value("2026-05-01T10:00:00Z", 1);
        town.watch("below", "0");
        town.value("2026-05-01T10:10:00Z", -5).value("2026-05-01T10:20:00Z", 1);
        assertThat(town.until(
                        "1", "select count(*)::text from watch_incident where value = -5 and ended_at is not null"))
                .isEqualTo("1");
    }

    @Test
    void aLimitMustLastAndComesBackByItsMargin() {
        town.value("2026-05-01T10:00:00Z", 20);
        town.watch("above", "30", "lasting", "PT30M", "margin", "2");
        town.value("2026-05-01T10:10:00Z", 31).value("2026-05-01T10:20:00Z", 29);
        town.value("2026-05-01T10:30:00Z", 31).value("2026-05-01T10:50:00Z", 31);
        assertThat(town.until(
                        "0 2026-05-01T10:30:00+00:00",
                        "select (select count(*) from watch_incident) || ' ' || to_char(outside_since at time"
                                + " zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"') from watch"))
                .isEqualTo("0 2026-05-01T10:30:00+00:00");
        town.value("2026-05-01T11:00:00Z", 31);
        assertThat(town.mails("Wache")).isEqualTo("Wache");
        town.value("2026-05-01T11:10:00Z", 29).value("2026-05-01T11:20:00Z", 28);
        assertThat(town.until(
                        "2026-05-01 11:20:00",
                        "select to_char(seen_until at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') from watch"))
                .isEqualTo("2026-05-01 11:20:00");
        assertThat(town.mails("Wache | Vorbei: Wache")).isEqualTo("Wache | Vorbei: Wache");
    }

    @Test
    void aSilenceIsToldAfterASetTimeOrUsualIntervals() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (int minutes = 100; minutes >= 40; minutes -= 10) {
            town.value(now.minus(Duration.ofMinutes(minutes)).toString(), 1);
        }
        town.watch("kind", "silence", "silence", "3", "name", "Drei Abstände");
        town.watch("kind", "silence", "silence", "PT1H", "name", "Eine Stunde");
        assertThat(town.mails("Drei Abstände")).isEqualTo("Drei Abstände");
        town.value(now.toString(), 1);
        assertThat(town.mails("Drei Abstände | Vorbei: Drei Abstände"))
                .isEqualTo("Drei Abstände | Vorbei: Drei Abstände");
    }

    @Test
    void anHourThatIsUnusualForItsWeekdayIsTold() {
        Instant hour = Instant.now()
                .minus(Duration.ofMinutes(5))
                .truncatedTo(ChronoUnit.HOURS)
                .minus(Duration.ofHours(1));
        for (int weeks = 1; weeks <= 8; weeks++) {
            Instant before = hour.atZone(ZONE).minusWeeks(weeks).toInstant();
            town.value(before.plusSeconds(60).toString(), 100 + weeks);
        }
        town.value(hour.plusSeconds(60).toString(), 400);
        town.watch("kind", "deviation");
        assertThat(town.mails("Wache")).isEqualTo("Wache");
        assertThat(town.lastMail()).contains("Zähler, D: 400, üblich sind 104,5.");
    }

    @Test
    void anHourLikeTheOthersIsNotTold() {
        Instant hour = Instant.now()
                .minus(Duration.ofMinutes(5))
                .truncatedTo(ChronoUnit.HOURS)
                .minus(Duration.ofHours(1));
        for (int weeks = 1; weeks <= 8; weeks++) {
            town.value(
                    hour.atZone(ZONE)
                            .minusWeeks(weeks)
                            .toInstant()
                            .plusSeconds(60)
                            .toString(),
                    100);
        }
        town.value(hour.plusSeconds(60).toString(), 104);
        town.watch("kind", "deviation");
        assertThat(town.until("true", "select (seen_hour is not null)::text from watch"))
                .isEqualTo("true");
        assertThat(town.mails("")).isEmpty();
    }

    @Test
    void nothingIsSentInQuietHoursAndWhatStillGoesOnIsToldAfterwards() {
        LocalTime now = LocalTime.now(ZONE);
        town.value("2026-05-01T10:00:00Z", 40);
        town.watch(
                "above", "30",
                "quiet-from", now.minusHours(2).truncatedTo(ChronoUnit.MINUTES).toString(),
                "quiet-to", now.plusHours(2).truncatedTo(ChronoUnit.MINUTES).toString());
        assertThat(town.until("1", "select count(*)::text from watch_incident")).isEqualTo("1");
        assertThat(town.mails("")).isEmpty();
        town.people.execute("update watch_incident set tell_at = now()");
        assertThat(town.mails("Wache")).isEqualTo("Wache");
    }

    @Test
    void anIncidentIsAcknowledgedWithANote() {
        town.value("2026-05-01T10:00:00Z", 40);
        town.watch("above", "30");
        town.mails("Wache");
        town.editor.fill("/watches", "/watches/incidents/1/acknowledge", "note-1", "Techniker ist bestellt");
        assertThat(town.editor.open("/watches").body()).contains("Gesehen von Frau ole", "Techniker ist bestellt");
    }

    @Test
    void aPauseEndsWhatIsOpenAndTellsNothingOfWhatHappenedMeanwhile() {
        town.value("2026-05-01T10:00:00Z", 20);
        town.watch("above", "30");
        town.editor.fill("/watches", "/watches/1/pause");
        town.value("2026-05-01T10:10:00Z", 40).value("2026-05-01T10:20:00Z", 20);
        town.editor.fill("/watches", "/watches/1/go-on");
        assertThat(town.until(
                        "2026-05-01 10:20:00",
                        "select to_char(seen_until at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') from watch"))
                .isEqualTo("2026-05-01 10:20:00");
        assertThat(town.mails("")).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidAtItsField() {
        assertThat(town.watch()).startsWith("422 above: Geben Sie mindestens eine");
        assertThat(town.watch("above", "viel")).startsWith("422 above: Das ist keine Zahl.");
        assertThat(town.watch("above", "1", "mails", "nobody")).startsWith("422 mails: ");
        assertThat(town.watch("above", "1", "hook", "ftp://x")).startsWith("422 hook: ");
        assertThat(town.watch("above", "1", "below", "2")).startsWith("422 below: ");
        assertThat(town.editor.open("/watches/new?datastream=4711").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDeletedWatchComesBackByUndo() {
        town.watch("above", "30", "hook", "https://example.org/hook");
        assertThat(town.editor.where(town.editor.fill("/watches/1", "/watches/1/delete")))
                .isEqualTo("303 /watches");
        String change = town.people.text("select max(id)::text from change");
        town.editor.fill("/watches", "/changes/" + change + "/undo");
        assertThat(town.editor.open("/watches/1").body()).contains("value=\"30\"", "https://example.org/hook");
        assertThat(town.people.text(
                        "select string_agg(coalesce(before::text, '') || coalesce(after::text, ''), '') from change"))
                .doesNotContain(town.people.text("select hook_secret from watch"));
    }

    @Test
    void aWebHookIsSignedAndOneIntoTheOwnNetworkIsRefused() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.add(exchange.getRequestHeaders().getFirst("Stadtkern-Signature") + " " + body);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String hook =
                    "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort());
            town.value("2026-05-01T10:00:00Z", 40);
            town.watch("above", "30", "hook", hook);
            town.mails("Wache");
            town.town().in(() -> {
                town.bean(HookQueue.class).sendDue();
                return true;
            });
            assertThat(town.people.text("select failure from watch_hook")).contains("inside the own network");
            assertThat(heard).isEmpty();
            town.people.execute("update watch_hook set next_at = now()");
            town.town().in(() -> {
                new HookQueue(town.bean(JdbcClient.class), new WatchProperties(true)).sendDue();
                return true;
            });
        } finally {
            server.stop(0);
        }
        assertThat(heard).hasSize(1);
        String signature = heard.getFirst().substring(0, heard.getFirst().indexOf(' '));
        String body = heard.getFirst().substring(signature.length() + 1);
        String seconds = signature.substring(2, signature.indexOf(','));
        String secret = town.people.text("select hook_secret from watch");
        assertThat(signature).endsWith(",v1=" + HookQueue.signature(secret, seconds + "." + body));
        assertThat(body).contains("\"event\":\"opened\"", "\"value\":40.0");
    }

    @Test
    void addressesInsideAreKnown() throws IOException {
        for (String inside : List.of(
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "::1",
                "fd00::1",
                "fe80::1")) {
            assertThat(OuterNetwork.isInside(InetAddress.getByName(inside)))
                    .as(inside)
                    .isTrue();
        }
        assertThat(OuterNetwork.isInside(InetAddress.getByName("93.184.216.34")))
                .isFalse();
        assertThat(OuterNetwork.isInside(InetAddress.getByName("2606:2800:220:1::1")))
                .isFalse();
    }

    @Test
    void theFeedShowsWhatIsMeantForEverybody() {
        town.value("2026-05-01T10:00:00Z", 40);
        town.watch("above", "30", "name", "Geheim");
        town.watch("above", "30", "name", "Öffentlich", "feed", "on");
        town.until("2", "select count(*)::text from watch_incident where told");
        assertThat(town.town().get("/watches.atom").body())
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">")
                .contains("<title>Öffentlich</title>")
                .doesNotContain("Geheim");
    }

    @Test
    void aTestMessageTakesTheSameWays() {
        town.watch("above", "30");
        town.editor.fill("/watches/1", "/watches/1/test");
        assertThat(town.mails("Test: Wache")).isEqualTo("Test: Wache");
    }

    @Test
    void aDeletedDatastreamTakesItsWatchesAndWhatWasGoingOnAlong() {
        town.value("2026-05-01T10:00:00Z", 40);
        town.watch("above", "30");
        town.until("1", "select count(*)::text from watch_incident where ended_at is null");
        town.town().delete("/sta/v1.1/Datastreams(%d)".formatted(town.datastream));
        assertThat(town.until("0", "select count(*)::text from watch")).isEqualTo("0");
        assertThat(town.until("0", "select count(*)::text from watch_incident where ended_at is null"))
                .isEqualTo("0");
        assertThat(town.editor.open("/watches").statusCode()).isEqualTo(200);
    }

    @Test
    void aPauseTakenBackJudgesAnew() {
        town.value("2026-05-01T10:00:00Z", 40);
        town.watch("above", "30");
        town.until("1", "select count(*)::text from watch_incident where ended_at is null");
        town.editor.fill("/watches/1", "/watches/1/pause");
        town.editor.fill("/watches/1", "/watches/1/go-on");
        assertThat(town.until("1", "select count(*)::text from watch_incident where ended_at is null"))
                .isEqualTo("1");
        String change = town.people.text("select max(id)::text from change");
        town.editor.fill("/watches", "/changes/" + change + "/undo");
        assertThat(town.people.text("select paused::text from watch")).isEqualTo("true");
        assertThat(town.people.text("select count(*)::text from watch_incident where ended_at is null"))
                .as("nothing goes on in what is paused")
                .isEqualTo("0");
    }

    @Test
    void anotherTownSeesNothingAndViewersMayNot() {
        town.watch("above", "30");
        var elsewhere = new WatchScenario(context, TestTown.create(cities, port), "mean");
        assertThat(elsewhere.editor.open("/watches/1").statusCode()).isEqualTo(404);
        var viewer = town.people.loggedIn("vera@example.org", Grants.of(Area.PLATFORM, Role.VIEWER));
        assertThat(viewer.open("/watches").statusCode()).isEqualTo(403);
    }

    @Test
    void theButtonStandsOnTheDatastreamsPageForThoseWhoMay() {
        String page = "/datastreams/%d-d".formatted(town.datastream);
        assertThat(town.editor.open(page).body()).contains("/watches/new?datastream=" + town.datastream);
        assertThat(town.town().get(page).body()).doesNotContain("/watches/new");
    }

    @Test
    void tenThousandWatchesAreLookedAtInAMoment() {
        town.value("2026-05-01T10:00:00Z", 1);
        town.watch("above", "30");
        town.people.execute("""
            insert into watch (name, datastream_id, kind, above, seen_until)
            select 'W' || i, datastream_id, kind, above, '2026-05-01T10:00:00Z' from watch, generate_series(1, 9999) i
            """);
        town.look();
        long start = System.nanoTime();
        town.look();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
}
