package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.net.http.HttpResponse;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Further towns are made by page, by admins of the default town and nobody else.
@StadtkernTest
class TownsTest {

    private static final Pattern PASSWORD = Pattern.compile("<code data-copy=[^>]*>([A-Za-z0-9_-]{20})</code>");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private String slug;
    private TestTown other;
    private PeopleScenario people;
    private PeopleScenario.Browser admin;

    @BeforeEach
    void anAdminOfTheDefaultTown() {
        slug = "neu-" + Long.toString(System.nanoTime(), 36);
        other = TestTown.create(cities, port);
        people = new PeopleScenario(context, TestTown.of(cities.defaultCity(), port));
        admin = people.loggedIn(slug + "@example.org", Grants.of(Area.TOWN, Role.ADMIN));
    }

    @Test
    void aNewTownAnswersAtOnceAndItsFirstAdminLogsInWithWhatIsSaidOnce() {
        var answer = make("ars", "160530000000", "zone", "Europe/Lisbon", "colour", "#0b5394", "language-en", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        City city = cities.getBySlug(slug);
        assertThat(city.name() + city.ars() + city.colour() + city.languages() + city.zone() + city.hosts())
                .isEqualTo("Neudorf160530000000#0b5394[de]" + ZoneId.of("Europe/Lisbon") + "[]");
        assertThat(answer.body())
                .contains("Angelegt: Neudorf.", "href=\"http://" + slug + ".localhost/login\"")
                .doesNotContain(":80/");
        Matcher password = PASSWORD.matcher(answer.body());
        assertThat(password.find()).isTrue();
        assertThat(admin.open("/towns?q=" + slug).body())
                .as("it is said once")
                .contains("Neudorf")
                .doesNotContain(password.group(1), "Angelegt");
        var first = new PeopleScenario(context, TestTown.of(city, port)).somebody();
        assertThat(first.login("admin", password.group(1))).isEqualTo("303 /first");
    }

    @Test
    void itStandsInTheRecordOfTheDefaultTownAndIsNotTakenBackFromThere() {
        make("why", "Beitritt zum Verbund");
        assertThat(admin.open("/changes").body()).contains("Neudorf", "Beitritt zum Verbund", "Frau " + slug);
        assertThat(people.text("select kind || ' ' || subject from change order by id desc limit 1"))
                .isEqualTo("new-town " + slug);
        String change = people.text("select max(id) from change");
        assertThat(admin.fill("/account", "/changes/" + change + "/undo").statusCode())
                .isEqualTo(409);
        assertThat(cities.findBySlug(slug)).isPresent();
    }

    @Test
    void everyTownIsListedWithItsOwnAddress() {
        String host = "daten-" + slug + ".example";
        make("hosts", host);
        assertThat(admin.open("/towns?q=" + host).body())
                .contains("href=\"https://" + host + "/\"", "1 Stadt<", "aria-current=\"page\">Städte");
        assertThat(admin.open("/towns?q=" + other.city().slug()).body())
                .contains("href=\"http://" + other.city().slug() + ".localhost/\"");
        assertThat(admin.open("/towns?q=diese+hier").body()).contains("1 Stadt<");
        assertThat(cities.byHost(host).slug()).isEqualTo(slug);
    }

    @Test
    void whatCannotBeIsSaidAtItsFieldAndWhatWasTypedStays() {
        String taken = "daten-" + slug + ".example";
        make("hosts", taken);
        String first = slug;
        slug += "-2";
        assertThat(wrong("hosts", "https://daten.stadt.de")).startsWith("422 hosts: Eine Adresse darin ist kein");
        assertThat(wrong("hosts", "daten.stadt.de:8443")).startsWith("422 hosts: Eine Adresse darin ist kein");
        assertThat(wrong("hosts", taken))
                .isEqualTo("422 hosts: Eine dieser Adressen gehört schon einer anderen Stadt.");
        assertThat(wrong("slug", first)).isEqualTo("422 slug: Diesen Kurznamen hat schon eine Stadt.");
        assertThat(wrong("slug", "Neu Dorf")).startsWith("422 slug: Ein Kurzname hat");
        assertThat(wrong("slug", "")).startsWith("422 slug: Ein Kurzname hat");
        assertThat(wrong("name", " ")).startsWith("422 name: ");
        assertThat(wrong("ars", "1605")).startsWith("422 ars: ");
        assertThat(wrong("zone", "Mars/Olympus")).startsWith("422 zone: Diese Zeitzone gibt es nicht.");
        assertThat(wrong("colour", "blau")).startsWith("422 colour: ");
        assertThat(make("language-de", "", "language-en", "").body()).contains("mindestens eine Sprache");
        assertThat(make("ars", "1605", "why", "Beitritt").body())
                .contains("value=\"Neudorf\"", "value=\"" + slug + "\"", "value=\"1605\"", "value=\"Beitritt\"");
        assertThat(cities.findBySlug(slug)).isEmpty();
    }

    @Test
    void nobodyElseMakesTownsAndOtherTownsHaveNoSuchPage() {
        var editor = people.loggedIn("e" + admin.login, Grants.of(Area.TOWN, Role.EDITOR));
        assertThat(editor.open("/towns").statusCode()).isEqualTo(403);
        assertThat(editor.fill("/account", "/towns", "slug", slug, "name", "Neudorf")
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.somebody().open("/towns").statusCode()).isEqualTo(303);

        var elsewhere = new PeopleScenario(context, other);
        var otherAdmin = elsewhere.loggedIn("admin@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        assertThat(otherAdmin.open("/town").body()).doesNotContain("href=\"/towns\"");
        assertThat(otherAdmin.open("/towns").statusCode()).isEqualTo(404);
        assertThat(otherAdmin
                        .fill("/account", "/towns", "slug", slug, "name", "Neudorf")
                        .statusCode())
                .isEqualTo(404);
        var otherEditor = elsewhere.loggedIn("ole@example.org", Grants.of(Area.TOWN, Role.EDITOR));
        assertThat(otherEditor.open("/towns").statusCode()).isEqualTo(403);
        assertThat(cities.findBySlug(slug)).isEmpty();
    }

    private String wrong(String field, String value) {
        return admin.where(make(field, value));
    }

    private HttpResponse<String> make(String... namesAndValues) {
        Map<String, String> values = new HashMap<>(admin.form("/towns"));
        values.putAll(Map.of("name", "Neudorf", "slug", slug, "language-de", "on", "language-en", "on"));
        for (int at = 0; at < namesAndValues.length; at += 2) {
            values.put(namesAndValues[at], namesAndValues[at + 1]);
        }
        return admin.send("/towns", values);
    }
}
