package de.stadtkern.site;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.NewCity;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.sensors.MeasuredTown;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.util.HtmlUtils;

/// Search and what the law wants on every site.
@StadtkernTest
class SiteTest {

    @Autowired
    Cities cities;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private TestTown town;

    @BeforeEach
    void town() {
        town = TestTown.create(cities, port);
        new MeasuredTown(context, town)
                .point("Bahnhofstraße", "Zwischen Bahnhof und Löbdergraben", "{}")
                .counts("Passanten", "Personen")
                .point("Löbdergraben")
                .counts("Fahrräder", "Fahrräder")
                .hour("2026-03-01T10:00:00Z", 7);
    }

    @Test
    void theSearchFindsPointsSeriesAndPages() {
        assertThat(text("/search?q=löbdergraben"))
                .contains("3 Treffer Messpunkt Löbdergraben", "Messpunkt Bahnhofstraße", "Messreihe Fahrräder");
        assertThat(text("/search?q=Cookies")).contains("1 Treffer Seite Datenschutz");
        assertThat(text("/search?q=Startseite")).contains("1 Treffer Seite Was gerade gemessen wird");
        assertThat(text("/search?q=Datenexplorer")).contains("1 Treffer Seite Datenexplorer");
    }

    @Test
    void theSearchFindsWhatObservesSeveralPropertiesAtOnce() {
        String at = "\"encodingType\": \"x\", \"metadata\": \"x\"";
        HttpResponse<String> made = town.post("/sta/v1.1/Things(1)/MultiDatastreams", """
            {"name": "Wetterlage", "description": "", "observationType": "x",
             "multiObservationDataTypes": ["x", "x"],
             "unitOfMeasurements": [
               {"name": "Grad", "symbol": "°C", "definition": "x"}, {"name": "Prozent", "symbol": "%%", "definition": "x"}],
             "ObservedProperties": [
               {"name": "Lufttemperatur", "definition": "x", "description": ""},
               {"name": "Luftfeuchte", "definition": "x", "description": ""}],
             "Sensor": {"name": "Fühler", "description": "", %s}}
            """.formatted(at));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(text("/search?q=wetterlage"))
                .contains("1 Treffer Messreihe Wetterlage Bahnhofstraße: Lufttemperatur, Luftfeuchte");
        assertThat(text("/search?q=luftfeuchte")).contains("Messreihe Wetterlage");
        assertThat(town.get("/search?q=wetterlage").body()).contains("href=\"/sensors/1-bahnhofstrasse\"");
    }

    @Test
    void everyPageLeadsToTheSourceCodeOfWhatMadeIt() throws IOException, InterruptedException {
        assertThat(town.get("/").body()).contains("href=\"/source\"");
        assertThat(town.get("/source").body()).contains("EUPL-1.2", "href=\"/source.tar.gz\"");
        HttpResponse<InputStream> archive = HttpClient.newHttpClient()
                .send(town.request("/source.tar.gz").build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(archive.headers().firstValue("Content-Disposition").orElse(""))
                .matches("attachment; filename=\"stadtkern-.+-source.tar.gz\"");
        Set<String> files = new TreeSet<>();
        try (var entries = new TarArchiveInputStream(new GZIPInputStream(archive.body()))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                files.add(entry.getName().replaceFirst("^stadtkern-[^/]+/", ""));
            }
        }
        assertThat(files)
                .contains(
                        "pom.xml",
                        "LICENSE",
                        "bin/stadtkern",
                        "build/FrontEnd.java",
                        "frontend/package-lock.json",
                        "frontend/src/map.ts",
                        "src/main/jte/site/source.jte",
                        "src/main/java/de/stadtkern/site/SourceCodeController.java",
                        "src/test/java/de/stadtkern/site/SiteTest.java")
                .noneMatch(file -> file.matches(".*(node_modules|\\.git/|/target/|^data/).*"));
    }

    @Test
    void whoWantsToUseTheDataIsLedToAPageAndProgramsToTheInterface() {
        String page = town.get("/explorer").body();
        assertThat(page.substring(page.indexOf("<nav class=\"nav\""), page.indexOf("<main")))
                .contains("<a href=\"/explorer\" aria-current=\"page\">Daten nutzen</a>")
                .doesNotContain("/sta/");
        assertThat(page.substring(page.indexOf("<footer"))).contains("href=\"/sta/v1.1\"");
    }

    @Test
    void theSearchForgivesUmlautsAndOneWrongLetter() {
        assertThat(text("/search?q=LOEBDERGRABEN")).contains("Messpunkt Löbdergraben");
        assertThat(text("/search?q=lobdergraben")).contains("Messpunkt Löbdergraben");
        assertThat(text("/search?q=Bahnofstrasse")).contains("Messpunkt Bahnhofstraße");
        assertThat(text("/search?q=Bahnhfostrasse")).contains("Messpunkt Bahnhofstraße");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(text("/search?q=Einhorn")).contains("Zu „Einhorn“ ist nichts zu finden");
        assertThat(town.get("/search?q=%3Cscript%3E").body()).doesNotContain("<script>");
        assertThat(town.get("/search").statusCode()).isEqualTo(200);
    }

    @Test
    void whatTheTownHasNotSaidIsCalledMissing() {
        assertThat(text("/imprint")).contains("Betreiber Diese Angabe fehlt noch.");
        assertThat(text("/privacy")).contains("Erklärung der Stadt Diese Angabe fehlt noch.");
        assertThat(text("/accessibility")).contains("hat es noch nicht gegeben", "Diese Angabe fehlt noch.");
    }

    @Test
    void whatTheTownHasSaidStandsThere() {
        TestTown said = TestTown.of(
                cities.create(NewCity.named("gesagt-" + Long.toString(System.nanoTime(), 36), "Gesagt")
                        .withLegal(Map.of(
                                "operator", "Stadt Gesagt",
                                "address", "Am Markt 1\n00000 Gesagt",
                                "mail", "post@gesagt.example",
                                "privacy", "https://gesagt.example/datenschutz"))),
                port);
        assertThat(said.get("/imprint").body())
                .contains("Stadt Gesagt", "Am Markt 1</p>", "href=\"mailto:post@gesagt.example\"")
                .doesNotContain("fehlt noch");
        assertThat(said.get("/privacy").body()).contains("href=\"https://gesagt.example/datenschutz\"");
    }

    @Test
    void aBarrierIsReportedToTheTownByMail() {
        TestTown said = TestTown.of(
                cities.create(NewCity.named("gemeldet-" + Long.toString(System.nanoTime(), 36), "Gemeldet")
                        .withLegal(Map.of("mail", "post@gemeldet.example"))),
                port);
        PeopleScenario people = new PeopleScenario(context, said);
        PeopleScenario.Browser somebody = people.somebody();
        assertThat(town.get("/accessibility").body()).doesNotContain("<textarea");
        assertThat(report(somebody, "", "").body()).contains("Bitte schreiben Sie, was Sie nicht nutzen können");
        assertThat(report(somebody, "Die Karte", "x").body())
                .contains("Das ist keine E-Mail-Adresse", "value=\"x\"", ">Die Karte</textarea>");
        assertThat(people.text("select count(*) from mail")).isEqualTo("0");
        assertThat(report(somebody, "Die Karte", "a@example.org").statusCode()).isEqualTo(303);
        assertThat(people.text("select recipient || ' ' || body from mail"))
                .contains("post@gemeldet.example Die Karte", "Antwort an: a@example.org");
        people.execute("insert into barrier_report (at) select now() from generate_series(1, 29)");
        assertThat(report(somebody, "Zu viel", "").body()).contains("in einer Stunde");
        assertThat(people.text("select count(*) from mail")).isEqualTo("1");
    }

    private static HttpResponse<String> report(PeopleScenario.Browser somebody, String text, String mail) {
        return somebody.fill("/accessibility", "/accessibility", "text", text, "mail", mail);
    }

    @Test
    void pagesWithATextInEasyLanguageOfferIt() {
        for (String path : new String[] {"/", "/sensors", "/privacy", "/accessibility"}) {
            assertThat(town.get(path).body()).as(path).contains("href=\"?easy=1\"");
            assertThat(town.get(path + "?easy=1").body()).as(path).contains("class=\"easy ", "Alltagssprache");
        }
        assertThat(town.get("/imprint").body()).doesNotContain("easy=1");
    }

    @Test
    void theTownHasItsOwnIconAndManifest() {
        assertThat(town.get("/favicon.svg").body()).contains("fill=\"#171a2b\"");
        assertThat(town.get("/manifest.webmanifest").body())
                .contains("\"name\":\"" + town.city().name() + "\"");
    }

    @Test
    void whoeverSendsAPageToOthersSendsItsTextAndAddressAlong() {
        String home = "http://%s.localhost".formatted(town.city().slug());
        assertThat(openGraph("/")).contains("site_name " + town.city().name(), "url " + home + "/", "type website");
        assertThat(openGraph("/sensors/1-bahnhofstrasse"))
                .contains(
                        "title Bahnhofstraße",
                        "description Zwischen Bahnhof und Löbdergraben",
                        "url " + home + "/sensors/1-bahnhofstrasse");
        assertThat(openGraph("/sensors/2-loebdergraben").toString())
                .as("a Thing without a description says what it measured")
                .containsPattern("description Fahrräder: 23. Februar 2026 bis 1. März 2026: insgesamt 7.Fahrräder");
        assertThat(openGraph("/datastreams/2-fahrraeder?from=2026-03-01&to=2026-03-01")
                        .toString())
                .contains("title Fahrräder, Löbdergraben")
                .containsPattern("description .*1. März 2026: insgesamt 7.Fahrräder")
                .contains("url " + home + "/datastreams/2-fahrraeder?from=2026-03-01&to=2026-03-01");
    }

    private List<String> openGraph(String path) {
        return Pattern.compile("property=\"og:([a-z_]+)\" content=\"([^\"]*)\"")
                .matcher(town.get(path).body())
                .results()
                .map(found -> found.group(1) + " " + HtmlUtils.htmlUnescape(found.group(2)))
                .toList();
    }

    private String text(String path) {
        HttpResponse<String> answer = town.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body()
                .replaceAll("(?s)<head>.*?</head>|<svg.*?</svg>|<[^>]+>", " ")
                .replaceAll("\\s+", " ");
    }
}
