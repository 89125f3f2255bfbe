package de.stadtkern.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.NewCity;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.TownWithAdmin;
import de.stadtkern.sensors.MeasuredTown;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever sends a form with several mistakes hears of all of them at once, each at its field, and has lost nothing.
@StadtkernTest
class AllErrorsAtOnceTest extends TownWithAdmin {

    private static final Pattern UPLOAD = Pattern.compile("action=\"(/[^\"]+\\?_form=[^\"]+)\"");

    @BeforeEach
    void aPlaceThatIsMeasured() {
        new MeasuredTown(context, town)
                .point("Markt")
                .at(11.5872, 50.9253)
                .counts("Passanten", "Personen")
                .hours(Instant.parse("2026-05-01T10:00:00Z"), 3);
    }

    private String refused(String page, String... namesAndValues) {
        return admin.refused(page, page, namesAndValues);
    }

    private void makeACounter() {
        String page = "/counters/new?thing=1";
        assertThat(admin.where(
                        admin.fill(page, page, "name", "Markt", "slug", "markt", "role-1", "total", "shown", "on")))
                .isEqualTo("303 /counters/1");
    }

    @Test
    void inviting() {
        assertThat(refused("/people/new", "name", "", "mail", "keine Adresse", "language", "fr"))
                .isEqualTo("name mail language");
        assertThat(refused("/people/new", "name", "", "mail", "admin@example.org", "language", "de"))
                .as("what others have is found beside what is missing")
                .isEqualTo("name mail");
    }

    @Test
    void theFirstLogin() {
        var empty = new PeopleScenario(context, TestTown.create(cities, port));
        var first = empty.somebody();
        first.login("admin", empty.firstPassword());
        assertThat(first.refused("/first", "/first", "name", "", "mail", "x", "password", "kurz", "repeated", "anders"))
                .isEqualTo("name mail password repeated");
    }

    @Test
    void onesOwnAccountAndPassword() {
        assertThat(refused("/account", "name", " ", "mail", "neu@example.org", "current", "falsch", "language", "de"))
                .isEqualTo("name current");
        assertThat(refused("/account/password", "current", "falsch", "password", "kurz", "repeated", "anders"))
                .isEqualTo("current password repeated");
    }

    @Test
    void whoHasAnAddressIsNotToldToWhomDoesNotKnowThePassword() {
        people.person("ole@example.org", Grants.NONE);
        assertThat(refused("/account", "name", "", "mail", "ole@example.org", "current", "falsch", "language", "de"))
                .isEqualTo("name current");
    }

    @Test
    void keysAndProviders() {
        assertThat(refused("/keys", "name", "", "area", "platform", "role", "admin", "days", "0", "datastream", "x"))
                .isEqualTo("name role datastream days");
        assertThat(refused("/keys", "name", "Zähler", "area", "town", "role", "viewer", "days", "bald"))
                .isEqualTo("role days");
        assertThat(refused("/providers/0", "name", "", "issuer", "rathaus", "client", "", "words", "alle dürfen alles"))
                .isEqualTo("name issuer client words");
    }

    @Test
    void theTownAndOtherTowns() {
        TestTown other = TestTown.create(cities, port);
        String taken = "taken-" + other.city().slug() + ".example";
        cities.change(other.city(), NewCity.of(other.city()).withHosts(java.util.List.of(taken)));
        assertThat(refused(
                        "/town",
                        "name",
                        "",
                        "ars",
                        "12",
                        "hosts",
                        taken,
                        "colour",
                        "blau",
                        "mail",
                        "keine Adresse",
                        "operator",
                        "Amt für Probe"))
                .isEqualTo("name ars hosts colour language-de mail");
    }

    @Test
    void anotherTown() {
        PeopleScenario first = new PeopleScenario(context, TestTown.of(cities.defaultCity(), port));
        String page = "/towns";
        assertThat(first.loggedIn(town.city().slug() + "@example.org", Grants.of(Area.TOWN, Role.ADMIN))
                        .refused(
                                page,
                                page,
                                "name",
                                "",
                                "slug",
                                town.city().slug(),
                                "ars",
                                "12",
                                "hosts",
                                "https://daten.example",
                                "colour",
                                "#000000",
                                "zone",
                                "Mars/Olympus"))
                .isEqualTo("name slug ars hosts zone language-de");
    }

    @Test
    void aWatch() {
        String page = "/watches/new?datastream=1";
        assertThat(refused(
                        page,
                        "name",
                        "",
                        "kind",
                        "limit",
                        "above",
                        "viel",
                        "below",
                        "3",
                        "lasting",
                        "PT0S",
                        "margin",
                        "wenig",
                        "mails",
                        "ole",
                        "quiet-from",
                        "abends",
                        "hook",
                        "ftp://x"))
                .isEqualTo("name above margin mails quiet-from hook");
        assertThat(refused(page, "name", "", "lasting", "PT0S", "quiet-from", "22:00"))
                .as("of what nobody chose nothing more is said")
                .isEqualTo("name kind-limit quiet-to");
    }

    @Test
    void aSource() {
        String pull = "/sources/new/pull";
        assertThat(refused(
                        pull, "name", "", "slug", "Groß", "address", "ftp://x", "every", "PT1M", "window", "PT24H",
                        "again", "PT0S", "begin", "bald", "header", "X Y", "yaml", "name: ["))
                .isEqualTo("name slug address begin header yaml");
        String broker = "/sources/new/mqtt";
        assertThat(refused(broker, "name", "Werk", "address", "http://x", "topic", "a#", "yaml", "nichts"))
                .isEqualTo("address topic yaml");
        assertThat(refused(broker, "do", "try", "yaml", "nichts", "sample", "")).isEqualTo("yaml sample");
    }

    @Test
    void aDataSet() {
        String page = "/data-sets/new";
        assertThat(refused(page, "name", "", "description", "x".repeat(2_001), "openness", ""))
                .isEqualTo("name description openness-public");
    }

    @Test
    void aSensorAndADatastream() {
        String sensor = "/sensors/1/edit";
        assertThat(refused(sensor, "name", "", "latitude", "nördlich", "longitude", "200", "licence", "x".repeat(501)))
                .isEqualTo("name latitude longitude licence");
        String datastream = "/datastreams/1/edit";
        assertThat(refused(datastream, "name", "", "unit-symbol", "m".repeat(31), "retention", "0", "duplicates", "x"))
                .isEqualTo("name unit-symbol retention duplicates");
    }

    @Test
    void aDraftOfAnImport() {
        Matcher upload = UPLOAD.matcher(admin.open("/imports").body());
        assertThat(upload.find()).isTrue();
        String page = admin.where(admin.upload(
                        upload.group(1), "file", "mai.csv", "Zeit;Anzahl\n01.05.2026 10:00;112\n".getBytes(UTF_8)))
                .substring(4);
        Map<String, String> form = admin.fields(admin.open(page).body());
        form.putAll(Map.of("place", "new", "name", "", "latitude", "nördlich", "longitude", "200", "time", ""));
        form.putAll(Map.of("use-1", "Anzahl", "v1-name", "", "v1-unit", "", "skip", "viele", "do", "save"));
        String[] values = form.entrySet().stream()
                .filter(field -> !field.getKey().equals("_form"))
                .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
                .toArray(String[]::new);
        assertThat(admin.refused(page, page + "/mapping", values))
                .isEqualTo("skip time name latitude longitude v1-name v1-unit duplicates-ignore mapping-name");
    }

    @Test
    void aCounter() {
        String page = "/counters/new?thing=1";
        assertThat(refused(page, "name", "", "slug", "Am Markt", "since", "neulich", "contact", "x".repeat(201)))
                .isEqualTo("name slug role-1 since contact");
        makeACounter();
        String other = "/counters/new?thing=2";
        people.execute("insert into thing (name, description) values ('Zweiter', '')");
        assertThat(refused(other, "name", "Anger", "slug", "markt", "since", "neulich"))
                .as("what cannot be read beside what another counter has")
                .isEqualTo("name slug since");
    }

    @Test
    void aPeriodOfACounter() {
        makeACounter();
        assertThat(admin.refused("/counters/1", "/counters/1/periods", "from", "", "to", "bald", "to-time", "abends"))
                .isEqualTo("kind-blocked from to to-time reason");
        assertThat(admin.refused(
                        "/counters/1",
                        "/counters/1/periods",
                        "kind",
                        "note",
                        "from",
                        "2026-05-01",
                        "from-time",
                        "früh",
                        "to",
                        "2026-04-01"))
                .isEqualTo("from-time to reason");
    }

    @Test
    void aReferenceCountAndACalibration() {
        makeACounter();
        assertThat(admin.refused(
                        "/counters/1",
                        "/counters/1/references",
                        "count-key",
                        "12345678",
                        "count-day",
                        "gestern",
                        "count-from",
                        "",
                        "count-to",
                        "10:00",
                        "count-total",
                        "viele",
                        "counted-by",
                        ""))
                .isEqualTo("count-day count-from count-total counted-by");
        assertThat(admin.refused(
                        "/counters/1",
                        "/counters/1/calibrations",
                        "valid-from",
                        "bald",
                        "valid-to",
                        "2026-05-01",
                        "valid-to-time",
                        "10:30",
                        "factor",
                        "20",
                        "uncertainty",
                        "viel",
                        "why",
                        ""))
                .isEqualTo("valid-from valid-to-time factor uncertainty why");
    }

    @Test
    void openingHours() {
        makeACounter();
        String page = "/counters/1/opening";
        assertThat(refused(page, "from", "", "until", "bald", "monday", "immer", "friday", "18-8"))
                .isEqualTo("from until monday friday");
        assertThat(admin.refused(page, page + "/day", "day", "bald", "times", "immer", "day-reason", "x".repeat(501)))
                .isEqualTo("day times day-reason");
    }

    @Test
    void theBasketOfTheIndex() {
        makeACounter();
        assertThat(refused("/counters/basket", "from", "Mai", "to", "2026-13")).isEqualTo("counter-1 from to");
    }

    @Test
    void questions() {
        makeACounter();
        assertThat(admin.open("/explorer?set=Observations&property-1=x&value-2=1&top=viele&from=bald")
                        .body())
                .contains("href=\"#property-1\"", "href=\"#value-1\"", "href=\"#property-2\"", "href=\"#from\"");
        assertThat(admin.open("/footfall/compare?from=bald&open=30&with=chosen").body())
                .contains("href=\"#from\"", "href=\"#open\"", "href=\"#then\"");
    }

    @Test
    void aReportOfABarrier() {
        cities.change(town.city(), NewCity.of(town.city()).withLegal(Map.of("mail", "post@example.org")));
        assertThat(refused("/accessibility", "text", "", "mail", "keine Adresse"))
                .isEqualTo("text mail");
    }
}
