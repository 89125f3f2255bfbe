package de.stadtkern.site;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.StatementCount;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.sensors.MeasuredTown;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@StadtkernTest
class StartPageTest {

    @Autowired
    Cities cities;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private final Instant now = Instant.now();
    private TestTown town;
    private MeasuredTown measured;

    @BeforeEach
    void town() {
        town = TestTown.create(cities, port);
        measured = new MeasuredTown(context, town);
    }

    @Test
    void aTownWithoutMeasuringPointsSaysHowDataGetIn() {
        assertThat(text("/")).contains("Noch keine Messpunkte", "bin/stadtkern import");
    }

    @Test
    void theLastValueStandsThereWithUnitAndAge() {
        measured.point("Holzmarkt").counts("Passanten", "Personen").value(now.minus(Duration.ofMinutes(5)), 1240);
        assertThat(text("/")).contains("1 Messpunkt Holzmarkt Passanten 1.240 Personen vor 5 Minuten");
    }

    @Test
    void aSeriesWithoutValuesHasNoneAndIsNotZero() {
        measured.point("Saale").measures("Pegel", "Meter", "m", "mean", "{}");
        assertThat(text("/")).contains("Pegel Noch kein Wert").doesNotContain(" 0 m");
    }

    @Test
    void aZeroThatWasMeasuredIsShownAsZero() {
        measured.point("Saale").counts("Boote", "Boote").value(now.minus(Duration.ofHours(2)), 0);
        assertThat(text("/")).contains("Boote 0 Boote vor 2 Stunden");
    }

    @Test
    void aResultThatIsNoNumberIsCalledSo() {
        measured.point("Schranke").measures("Stellung", "", "", "mean", "{}").text(now, "\"offen\"");
        assertThat(text("/")).contains("Der letzte Wert ist keine Zahl");
    }

    @Test
    void oldDataSayTheirDateAndShowTheirLastDays() {
        measured.point("Bahnhof").counts("Passanten", "Personen").hours(Instant.parse("2024-03-05T14:00:00Z"), 200);
        assertThat(text("/"))
                .contains("Passanten Nicht aktuell", "5. März 2024, 14:00 bis 15:00 Uhr")
                .contains("Die letzten 7 Tage mit Daten", "28. Februar 2024 bis 5. März 2024: insgesamt");
    }

    @Test
    void simulatedValuesSayThatTheyAre() {
        measured.point("Markt").simulates("Passanten", "Personen").value(now, 3);
        assertThat(text("/")).contains("Passanten Simuliert", "Es steht kein Sensor dahinter");
    }

    @Test
    void valuesAveragedOnlyBecauseNobodySaidSoAreMarked() {
        measured.point("Markt").measures("Feuchte", "Prozent", "%", "", "{}").value(now.minus(Duration.ofHours(1)), 40);
        assertThat(text("/")).contains("Werte sind hier gemittelt");
    }

    @Test
    void theDataNameTheirOriginAndLicence() {
        measured.point(
                "Markt",
                "",
                "{\"attribution\": \"Stadt <Zürich>\", \"licence\": \"CC BY 4.0\", \"source\":"
                        + " \"https://data.example.org/x\"}");
        assertThat(page("/")).contains("Stadt &lt;Zürich&gt;", "CC BY 4.0", "href=\"https://data.example.org/x\"");
    }

    @Test
    void anAddressThatIsNoWebAddressDoesNotBecomeALink() {
        measured.point("Markt", "", "{\"source\": \"javascript:alert(1)\"}");
        assertThat(page("/")).contains("javascript:alert(1)").doesNotContain("href=\"javascript");
    }

    @Test
    void manyPointsAreShownInPages() {
        for (int number = 101; number <= 125; number++) {
            measured.point("Punkt " + number);
        }
        assertThat(text("/"))
                .contains("25 Messpunkte", "Punkt 120", "Seite 1 von 2")
                .doesNotContain("Punkt 121");
        assertThat(text("/?page=2")).contains("Punkt 121", "Seite 2 von 2").doesNotContain("Punkt 120");
    }

    @Test
    void thePageAsksTheDatabaseAsOftenForManyPointsAsForOne() {
        measured.point("Punkt 1").counts("Passanten", "Personen").hours(now, 30);
        page("/");
        int one = StatementCount.of(town, () -> page("/"));
        for (int number = 2; number <= 20; number++) {
            measured.point("Punkt " + number).counts("Passanten", "Personen").hours(now, 30);
        }
        int many = StatementCount.of(town, () -> page("/"));
        assertThat(one).isBetween(4, 12);
        assertThat(many)
                .as("once more for the usual intervals of all that are new")
                .isEqualTo(one + 1);
        assertThat(StatementCount.of(town, () -> page("/"))).isEqualTo(one);
    }

    @Test
    void theLanguageIsTheOneAskedForThenTheOneRememberedThenTheBrowsers() {
        assertThat(page("/")).contains("<html lang=\"de\">");
        HttpResponse<String> asked = town.get("/?lang=en");
        assertThat(asked.body()).contains("<html lang=\"en\">");
        String cookie = asked.headers().firstValue("Set-Cookie").orElse("");
        assertThat(cookie).contains("lang=en", "HttpOnly", "SameSite=Lax");
        assertThat(town.send(town.request("/").header("Cookie", "lang=en").GET())
                        .body())
                .contains("<html lang=\"en\">");
        assertThat(town.send(town.request("/")
                                .header("Accept-Language", "fr, en;q=0.8, de;q=0.5")
                                .GET())
                        .body())
                .contains("<html lang=\"en\">");
        assertThat(town.get("/?lang=xx").body()).contains("<html lang=\"de\">");
    }

    @Test
    void eachStyleSheetMayBeKeptForEver() {
        String style = page("/").replaceAll("(?s).*href=\"(/assets/[^\"]+\\.css)\".*", "$1");
        HttpResponse<String> answer = town.get(style);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("max-age=31536000, public, immutable");
    }

    private String page(String path) {
        HttpResponse<String> answer = town.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /// What is to be read on the page, without markup.
    private String text(String path) {
        return page(path)
                .replaceAll("(?s)<head>.*?</head>|<svg.*?</svg>|<[^>]+>", " ")
                .replace('\u00a0', ' ')
                .replaceAll("\\s+", " ");
    }
}
