package de.stadtkern.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Calendars that are sources, read from a server beside or brought as a file.
@StadtkernTest
class CalendarSourceTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private final List<String> answered = new CopyOnWriteArrayList<>();
    private volatile String calendar = "";
    private HttpServer server;
    private KnowledgeScenario town;
    private PeopleScenario.Browser editor;

    @BeforeEach
    void aServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        town = new KnowledgeScenario(context, TestTown.create(cities, port));
        editor = town.people.loggedIn("edda@example.org", Grants.of(Area.CHAT, Role.EDITOR));
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String etag = "\"%s\"".formatted(Integer.toHexString(calendar.hashCode()));
        boolean isKnown = etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        exchange.getResponseHeaders().set("Content-Type", "text/calendar; charset=utf-8");
        exchange.getResponseHeaders().set("ETag", etag);
        int status = calendar.isEmpty() ? 404 : isKnown ? 304 : 200;
        answered.add(String.valueOf(status));
        byte[] bytes = calendar.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, status == 200 ? bytes.length : -1);
        if (status == 200) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private void create(String name, String address) {
        assertThat(editor.where(editor.fill(
                        "/knowledge/new/calendar",
                        "/knowledge/new/calendar",
                        "name",
                        name,
                        "audience",
                        "public",
                        "language",
                        "de",
                        "address",
                        address)))
                .isEqualTo("303 /knowledge/" + name.toLowerCase(java.util.Locale.ROOT));
    }

    private void read() {
        town.people.execute("update knowledge_page set due_at = now()");
        town.town.in(() -> {
            town.bean(CalendarReading.class).readDue();
            return true;
        });
    }

    private String address() {
        return "http://localhost:%d/kalender.ics".formatted(server.getAddress().getPort());
    }

    private static String file(String... events) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + String.join("", events) + "END:VCALENDAR\r\n";
    }

    private static String event(String uid, String title, String... lines) {
        return "BEGIN:VEVENT\r\nUID:%s\r\nSUMMARY:%s\r\n%s\r\nEND:VEVENT\r\n"
                .formatted(uid, title, String.join("\r\n", lines));
    }

    /// Of tomorrow, whenever the test runs.
    private static String tomorrow(String uid, String title, String... lines) {
        return event(
                uid,
                title,
                "DTSTART;TZID=Europe/Berlin:%sT150000"
                        .formatted(LocalDate.now(ZONE).plusDays(1).toString().replace("-", "")),
                String.join("\r\n", lines));
    }

    private String on() {
        Instant now = Instant.now();
        return town.town.in(() -> town.bean(Events.class).between(now, now.plus(java.time.Duration.ofDays(30))).stream()
                .map(one -> one.event().title())
                .collect(Collectors.joining(", ")));
    }

    @Test
    void whatIsOnIsFoundAndKnownUntilItIsGone() {
        calendar = file(
                tomorrow("1", "Puppentheater", "LOCATION:Volksbad", "DESCRIPTION:Der Kasper kommt."),
                tomorrow("2", "Orgelkonzert", "URL:https://example.org/orgel"));
        create("Kalender", address());
        read();
        assertThat(on()).isEqualTo("Orgelkonzert, Puppentheater");
        assertThat(town.found("Kasper")).isEqualTo("1: Puppentheater");
        assertThat(town.found("Volksbad")).isEqualTo("1: Puppentheater");
        assertThat(town.search("Orgelkonzert", "").hits().getFirst().address()).isEqualTo("https://example.org/orgel");
        calendar = file(tomorrow("2", "Orgelkonzert"));
        read();
        assertThat(on()).isEqualTo("Orgelkonzert");
        assertThat(town.found("Kasper")).isEqualTo("0: ");
        calendar = "";
        read();
        assertThat(on()).isEmpty();
        assertThat(editor.open("/knowledge/kalender").body()).contains("HTTP 404");
    }

    @Test
    void whatHasNotChangedIsNotSentAgainForAWeek() {
        calendar = file(tomorrow("1", "Puppentheater"));
        create("Kalender", address());
        read();
        read();
        town.people.execute("update knowledge_page set read_at = now() - interval '8 days'");
        read();
        assertThat(answered).containsExactly("200", "304", "200");
        assertThat(on()).isEqualTo("Puppentheater");
    }

    @Test
    void whatIsWithdrawnIsOnNoMore() {
        calendar = file(tomorrow("1", "Puppentheater"), tomorrow("2", "Orgelkonzert"));
        create("Kalender", address());
        read();
        String id = town.people.text("select id from knowledge_document where key = '1'");
        editor.fill("/knowledge/kalender", "/knowledge/kalender/texts/%s/withdraw".formatted(id));
        read();
        assertThat(on()).isEqualTo("Orgelkonzert");
        editor.fill("/knowledge/kalender", "/knowledge/kalender/withdraw");
        assertThat(on()).isEmpty();
        editor.fill("/knowledge/kalender", "/knowledge/kalender/show");
        assertThat(on()).isEqualTo("Orgelkonzert");
        editor.change("/knowledge/kalender/edit", "audience", "staff");
        assertThat(on()).isEmpty();
    }

    @Test
    void aFileCanBeBroughtInsteadOfAnAddress() {
        create("Termine", "");
        assertThat(upload(file(tomorrow("1", "Puppentheater"))).statusCode()).isEqualTo(303);
        assertThat(on()).isEqualTo("Puppentheater");
        HttpResponse<String> wrong = upload("Das ist kein Kalender");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("this is no iCalendar file");
        assertThat(on()).isEqualTo("Puppentheater");
    }

    private HttpResponse<String> upload(String file) {
        String token = editor.tokens("/knowledge/termine").getFirst();
        return editor.upload(
                "/knowledge/termine/upload?_form=" + token,
                Map.of(),
                "file",
                "x.ics",
                file.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNoCalendarLeavesTheOneBefore() {
        calendar = file(tomorrow("1", "Puppentheater"));
        create("Kalender", address());
        read();
        calendar = "<html><body>Wartung</body></html>";
        read();
        assertThat(on()).isEqualTo("Puppentheater");
        assertThat(editor.open("/knowledge/kalender").body()).contains("this is no iCalendar file");
    }

    private static List<String> times(String... events) {
        return CalendarFile.read(file(events), ZONE, NOW).events().stream()
                .map(event -> "%s %s"
                        .formatted(event.title(), event.start().atZone(ZONE).toLocalDateTime()))
                .toList();
    }

    /// A zone with a name of its own, as some programs write it.
    private static String zone() {
        return """
            BEGIN:VTIMEZONE
            TZID:Mitteleuropa
            BEGIN:STANDARD
            DTSTART:19701025T030000
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:19700329T020000
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            END:DAYLIGHT
            END:VTIMEZONE
            """.replace("\n", "\r\n");
    }

    @Test
    void timesAreThoseOfTheirZone() {
        assertThat(times(
                        zone(),
                        event("1", "own", "DTSTART;TZID=Mitteleuropa:20261205T180000"),
                        event("2", "named", "DTSTART;TZID=America/New_York:20261205T120000"),
                        event("3", "utc", "DTSTART:20261205T170000Z"),
                        event("4", "here", "DTSTART:20261205T180000"),
                        event("5", "windows", "DTSTART;TZID=W. Europe Standard Time:20261205T180000")))
                .containsExactly(
                        "own 2026-12-05T18:00",
                        "named 2026-12-05T18:00",
                        "utc 2026-12-05T18:00",
                        "here 2026-12-05T18:00",
                        "windows 2026-12-05T18:00");
        CalendarFile other = CalendarFile.read(
                file(event("1", "fern", "DTSTART;TZID=Tokyo Standard Time:20261205T180000")), ZONE, NOW);
        assertThat(other.events()).isEmpty();
        assertThat(other.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .isEqualTo("'fern' is in an unknown time zone 'Tokyo Standard Time'"));
    }

    /// At six in the evening before the clock change and after it.
    @Test
    void whatIsRepeatedKeepsItsHourAndItsExceptions() {
        List<String> times = times(
                zone(),
                event(
                        "1",
                        "Chor",
                        "DTSTART;TZID=Mitteleuropa:20261001T180000",
                        "RRULE:FREQ=WEEKLY;UNTIL=20270408T160000Z",
                        "EXDATE;TZID=Mitteleuropa:20261210T180000"),
                event(
                        "1",
                        "Chor im Freien",
                        "RECURRENCE-ID;TZID=Mitteleuropa:20261217T180000",
                        "DTSTART;TZID=Mitteleuropa:20261218T190000"),
                event(
                        "1",
                        "Chor",
                        "RECURRENCE-ID;TZID=Mitteleuropa:20261224T180000",
                        "DTSTART;TZID=Mitteleuropa:20261224T180000",
                        "STATUS:CANCELLED"));
        assertThat(times.subList(0, 3))
                .containsExactly("Chor 2026-12-03T18:00", "Chor im Freien 2026-12-18T19:00", "Chor 2026-12-31T18:00");
        assertThat(times)
                .endsWith("Chor 2027-04-01T18:00", "Chor 2027-04-08T18:00")
                .hasSize(17);
    }

    @Test
    void wholeDaysAreDaysOfTheTown() {
        CalendarFile read = CalendarFile.read(
                file(
                        event(
                                "1",
                                "Markt",
                                "DTSTART;VALUE=DATE:20261128",
                                "DTEND;VALUE=DATE:20261201",
                                "RRULE:FREQ=DAILY;INTERVAL=7;COUNT=2"),
                        event("2", "Fest", "DTSTART;VALUE=DATE:20270328")),
                ZONE,
                NOW);
        assertThat(read.events())
                .extracting(event -> "%s %s %s %s"
                        .formatted(
                                event.title(),
                                event.isAllDay(),
                                event.start().atZone(ZONE).toLocalDateTime(),
                                event.end().atZone(ZONE).toLocalDateTime()))
                .containsExactly(
                        "Markt true 2026-11-28T00:00 2026-12-01T00:00",
                        "Markt true 2026-12-05T00:00 2026-12-08T00:00",
                        "Fest true 2027-03-28T00:00 2027-03-29T00:00");
    }

    @Test
    void whatIsCancelledPrivatePastOrFarAwayIsLeftOut() {
        assertThat(times(
                        event("1", "abgesagt", "DTSTART:20261205T180000", "STATUS:CANCELLED"),
                        event("2", "privat", "DTSTART:20261205T180000", "CLASS:PRIVATE"),
                        event("3", "vorbei", "DTSTART:20261101T180000"),
                        event("4", "fern", "DTSTART:20280205T180000"),
                        event("5", "jährlich", "DTSTART:20200105T180000", "RRULE:FREQ=YEARLY")))
                .containsExactly("jährlich 2027-01-05T18:00");
    }

    @Test
    void whatIsTooMuchOrBrokenIsSaid() {
        CalendarFile read = CalendarFile.read(
                file(
                        event("1", "immerzu", "DTSTART:20261201T180000", "RRULE:FREQ=SECONDLY"),
                        event("2", "ohne Tag", "LOCATION:hier"),
                        event("3", "", "DTSTART:20261205T180000"),
                        event(
                                "4",
                                "oft",
                                "DTSTART:20261201T000000",
                                "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13"),
                        event("5", "fein", "DTSTART:20261202T183000")),
                ZONE,
                NOW);
        assertThat(read.events()).hasSize(CalendarFile.MOST);
        assertThat(read.events()).extracting(Event::title).contains("fein");
        assertThat(read.findings())
                .extracting(DocumentLine.Finding::message)
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).startsWith("'immerzu' is repeated more often than daily"),
                        message -> assertThat(message).isEqualTo("'ohne Tag' has no day that can be read"),
                        message -> assertThat(message).isEqualTo("an event on 2026-12-05 has no title"),
                        message -> assertThat(message).contains("are left out: a calendar has at most 5000"));
    }

    @Test
    void htmlInADescriptionBecomesText() {
        CalendarFile read = CalendarFile.read(
                file(event("1", "Lesung", "DTSTART:20261205T180000", "DESCRIPTION:<p>Eintritt <b>frei</b></p>")),
                ZONE,
                NOW);
        assertThat(read.events().getFirst().text()).isEqualTo("Eintritt frei");
    }
}
