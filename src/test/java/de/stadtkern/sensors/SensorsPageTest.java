package de.stadtkern.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@StadtkernTest
class SensorsPageTest {

    @Autowired
    Cities cities;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private static final String WIND = """
        {"name": "Wind", "description": "",
         "multiObservationDataTypes": [
           "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
           "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"],
         "unitOfMeasurements": [
           {"name": "m/s", "symbol": "m/s", "definition": "https://example.org/m-s"},
           {"name": "Grad", "symbol": "°", "definition": "https://example.org/grad"}],
         "Sensor": {"name": "Mast", "description": "", "encodingType": "text/plain", "metadata": ""},
         "ObservedProperties": [
           {"name": "Tempo", "definition": "https://example.org/tempo", "description": ""},
           {"name": "Richtung", "definition": "https://example.org/richtung", "description": ""}]}
        """;

    private TestTown town;

    @BeforeEach
    void threePoints() {
        Instant now = Instant.now();
        town = TestTown.create(cities, port);
        new MeasuredTown(context, town)
                .point("Bahnhofstraße")
                .at(11.58, 50.92)
                .counts("Fußgänger", "Personen")
                .value(now.minus(Duration.ofMinutes(5)), 12)
                .point("Ärztehaus")
                .at(11.70, 50.92)
                .simulates("Fußgänger am Ärztehaus", "Personen")
                .hour("2024-03-05T10:00:00Z", 1_240)
                .point("Saale")
                .measures("Pegel", "Meter", "m", "mean", "{}");
    }

    @Test
    void theListShowsWhatEachPointMeasuresAndHowOldItIs() {
        assertThat(text("/sensors"))
                .contains("3 Messpunkte", "Bahnhofstraße Fußgänger 12 Personen vor 5 Minuten Aktuell")
                .contains("Ärztehaus Fußgänger am Ärztehaus 1.240 Personen vor 2 Jahren Nicht aktuell, Simuliert")
                .contains("Saale Pegel – m – Noch kein Wert")
                .contains("1 Messpunkt fehlt auf der Karte");
    }

    @Test
    void whoeverLooksForANameFindsItWithoutUmlautsAndCapitals() {
        assertThat(names("/sensors?q=bahnhofstrasse")).isEqualTo("Bahnhofstraße");
        assertThat(names("/sensors?q=aerzte+fuss")).isEqualTo("Ärztehaus");
        assertThat(text("/sensors?q=nirgends")).contains("Nichts gefunden", "Alle zeigen");
        assertThat(names("/sensors?what=Pegel")).isEqualTo("Saale");
    }

    @Test
    void theTableIsSortedBothWaysAndWhatIsMissingStandsAtTheEnd() {
        assertThat(names("/sensors?sort=point")).isEqualTo("Ärztehaus Bahnhofstraße Saale");
        assertThat(names("/sensors?sort=value")).isEqualTo("Bahnhofstraße Ärztehaus Saale");
        assertThat(names("/sensors?sort=-value")).isEqualTo("Ärztehaus Bahnhofstraße Saale");
        assertThat(page("/sensors?sort=-value")).contains("aria-sort=\"descending\"");
        assertThat(town.get("/sensors?sort=nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void theListIsTakenHomeAsItIsFiltered() {
        assertThat(town.get("/sensors.csv?q=saale&sort=point").body())
                .isEqualTo("point,series,value,unit,time,state\nSaale,Pegel,,m,,no-value\n");
        assertThat(town.get("/sensors.csv?q=aerzte").body())
                .as("for programs in no language")
                .contains("Ärztehaus,Fußgänger am Ärztehaus,1240,Personen,2024-03-05T11:00:00Z,silent simulated");
        assertThat(town.get("/sensors.excel.csv?q=aerzte").body())
                .contains(
                        "Ärztehaus;Fußgänger am Ärztehaus;1240;Personen;05.03.2024 12:00:00;Nicht aktuell, Simuliert");
        assertThat(town.get("/sensors.xlsx")
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .contains("spreadsheetml");
    }

    @Test
    void theMapGetsTheSamePointsAsTheList() {
        assertThat(town.get("/sensors.geojson?q=bahnhof").body())
                .contains("[11.58,50.92]", "/sensors/1-bahnhofstrasse")
                .doesNotContain("Ärztehaus");
    }

    @Test
    void aDistrictLeavesThePointsInsideIt() {
        assertThat(page("/sensors")).doesNotContain("Ortsteil");
        town.in(() -> JdbcClient.create(context.getBean(javax.sql.DataSource.class))
                .sql("insert into town_areas (name, areas, shown) values ('x', ?::jsonb, true)")
                .param("""
                    {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Mitte"},
                     "geometry": {"type": "Polygon", "coordinates": [[[11.5, 50.9], [11.6, 50.9], [11.6, 51.0], [11.5, 51.0], [11.5, 50.9]]]}}]}
                    """)
                .update());
        assertThat(names("/sensors?area=Mitte")).isEqualTo("Bahnhofstraße");
        assertThat(town.get("/map/areas.geojson").body()).contains("Mitte");
    }

    @Test
    void aPointHasAPageWithItsPlaceAndItsDatastreams() {
        assertThat(town.get("/sensors/1").statusCode()).isEqualTo(301);
        assertThat(text("/sensors/1-bahnhofstrasse"))
                .contains("Bahnhofstraße", "Fußgänger", "12 Personen")
                .contains("50.92000° Nord, 11.58000° Ost", "Quelle und Lizenz sind nicht angegeben");
        assertThat(text("/sensors/3-saale")).contains("Für diesen Messpunkt ist kein Ort angegeben", "Noch kein Wert");
        assertThat(town.get("/sensors/1/place.geojson").body()).contains("[11.58,50.92]");
        assertThat(town.get("/sensors/77").statusCode()).isEqualTo(404);
    }

    @Test
    void aDatastreamOfSeveralValuesShowsItsAgeAndItsSilenceToo() {
        assertThat(town.post("/sta/v1.1/Things(3)/MultiDatastreams", WIND).statusCode())
                .isEqualTo(201);
        assertThat(text("/sensors/3-saale")).contains("Wind : ", "noch nichts beobachtet");
        observeWind(Instant.now().minus(Duration.ofDays(3)));
        assertThat(text("/sensors/3-saale"))
                .containsPattern("Wind : Tempo 4 m/s, Richtung 250 ° – vor 3 Tagen · .* Uhr Nicht aktuell");
        observeWind(Instant.now().minus(Duration.ofMinutes(5)));
        assertThat(text("/sensors/3-saale")).containsPattern("Tempo 4 m/s, Richtung 250 ° – vor 5 Minuten · .* Uhr Wo");
    }

    private void observeWind(Instant time) {
        long id = town.in(() -> JdbcClient.create(context.getBean(javax.sql.DataSource.class))
                .sql("select id from datastream where multi_types is not null")
                .query(Long.class)
                .single());
        assertThat(town.post(
                                "/sta/v1.1/MultiDatastreams(%d)/Observations".formatted(id),
                                "{\"phenomenonTime\": \"%s\", \"result\": [4, 250]}".formatted(time))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void manyPointsAreShownInPages() {
        MeasuredTown many = new MeasuredTown(context, town);
        for (int number = 101; number <= 160; number++) {
            many.point("Punkt " + number);
        }
        assertThat(text("/sensors?q=punkt"))
                .contains("60 Messpunkte", "Punkt 150", "Seite 1 von 2")
                .doesNotContain("Punkt 151");
        assertThat(names("/sensors?q=punkt&page=2")).startsWith("Punkt 151").endsWith("Punkt 160");
    }

    private String page(String path) {
        HttpResponse<String> answer = town.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /// The first cells of the rows.
    private String names(String path) {
        StringBuilder names = new StringBuilder();
        var row = java.util.regex.Pattern.compile("<tr[^>]*><td[^>]*>(.*?)</td>");
        row.matcher(page(path))
                .results()
                .forEach(found -> names.append(names.isEmpty() ? "" : " ")
                        .append(found.group(1).replaceAll("<[^>]+>", "")));
        return names.toString();
    }

    private String text(String path) {
        return page(path)
                .replaceAll("(?s)<head>.*?</head>|<svg.*?</svg>|<[^>]+>", " ")
                .replace('\u00a0', ' ')
                .replaceAll("\\s+", " ");
    }
}
