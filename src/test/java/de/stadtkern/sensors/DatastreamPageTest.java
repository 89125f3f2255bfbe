package de.stadtkern.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@StadtkernTest
class DatastreamPageTest {

    @Autowired
    Cities cities;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private TestTown town;
    private MeasuredTown measured;

    @BeforeEach
    void aCounterWithAWeekInMarch() {
        town = TestTown.create(cities, port);
        measured = new MeasuredTown(context, town)
                .point("Bahnhofstraße", "", "{\"licence\": \"CC BY 4.0\", \"attribution\": \"Stadt <X>\"}")
                .counts("Fußgänger je Stunde", "Personen");
        measured.hour("2026-03-01T23:00:00Z", 5).hour("2026-03-02T00:00:00Z", 7).hour("2026-03-03T09:00:00Z", 1_240.5);
    }

    @Test
    void thePageHasAReadableAddressAndOldOnesLeadThere() {
        assertThat(town.get(here()).statusCode()).isEqualTo(200);
        assertThat(movedTo("/datastreams/1?from=2026-03-02")).isEqualTo(here() + "?from=2026-03-02");
        assertThat(movedTo("/datastreams/1-alter-name")).isEqualTo(here());
        assertThat(town.get("/datastreams/77").statusCode()).isEqualTo(404);
        assertThat(town.get("/datastreams/x").statusCode()).isEqualTo(404);
        assertThat(town.get("/datastreams/99999999999999999999").statusCode()).isEqualTo(404);
    }

    @Test
    void aReaderWhoAsksForNothingSeesTheLastDaysThereAre() {
        assertThat(text(here()))
                .contains("Fußgänger je Stunde", "25. Februar 2026 bis 3. März 2026, nach: Stunden")
                .contains("insgesamt 1.252,5 Personen, am meisten am Dienstag, 3. März zwischen 10:00 und 11:00 Uhr");
    }

    @Test
    void aLongPeriodIsPutTogetherByItself() {
        assertThat(text(here() + "?from=2026-02-01&to=2026-03-31")).contains("nach: Tage", "Montag, 2. März 2026 12");
        assertThat(text(here() + "?from=2024-01-01&to=2026-03-31")).contains("nach: Wochen", "Woche ab 2. März 2026");
        assertThat(text(here() + "?from=2010-01-01&to=2026-03-31")).contains("nach: Monate", "März 2026 1.252,5");
        assertThat(text(here() + "?from=2026-03-01&to=2026-03-31&by=month")).contains("März 2026 1.252,5");
        assertThat(text(here() + "?from=2026-03-02&to=2026-03-03&by=raw"))
                .contains("nach: Einzelwerte", "2. März 2026, 00:00 Uhr 5");
    }

    @Test
    void wrongInputStaysInItsFieldWithAMessage() {
        assertThat(page(here() + "?from=31.12.2026&to=2026-03-02"))
                .contains("value=\"31.12.2026\"", "value=\"2026-03-02\"")
                .containsPattern("id=\"from\"[^>]+aria-invalid=\"true\"")
                .contains("Bitte geben Sie ein Datum");
        assertThat(text(here() + "?from=2026-03-05&to=2026-03-02")).contains("Der letzte Tag liegt vor dem ersten");
        assertThat(text(here() + "?from=2020-01-01&to=2026-03-02&by=hour")).contains("gezeigt ist er gröber");
        assertThat(text(here() + "?by=nonsense")).contains("Diese Zusammenfassung gibt es nicht");
    }

    @Test
    void aPeriodWithoutValuesSaysSoAndShowsNoZero() {
        assertThat(text(here() + "?from=2025-01-01&to=2025-01-07"))
                .contains("In diesem Zeitraum ist nichts gemessen worden")
                .doesNotContain("insgesamt 0");
        assertThat(town.get("/datastreams/1/chart.svg?from=2025-01-01&to=2025-01-07")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void severalDatastreamsShareOneChart() {
        measured.point("Markt").counts("Fußgänger je Stunde", "Personen").hour("2026-03-02T00:00:00Z", 3);
        assertThat(text(here() + "?from=2026-03-02&to=2026-03-03&by=day&with=2"))
                .contains("Bahnhofstraße, Fußgänger je Stunde:", "Markt, Fußgänger je Stunde: 2. März 2026")
                .contains("Montag, 2. März 2026 12 3");
        assertThat(text(here())).contains("Weitere Messreihe ins selbe Diagramm");
    }

    @Test
    void theFileForProgramsHasExactNumbersAndTimesInUtc() {
        HttpResponse<String> file = town.get("/datastreams/1/values.csv?from=2026-03-02&to=2026-03-03&by=hour");
        assertThat(file.body()).isEqualTo("""
            datastream,name,start,value,unit,count,min,max
            1,Fußgänger je Stunde,2026-03-01T23:00:00Z,5,Personen,1,5,5
            1,Fußgänger je Stunde,2026-03-02T00:00:00Z,7,Personen,1,7,7
            1,Fußgänger je Stunde,2026-03-03T09:00:00Z,1240.5,Personen,1,1240.5,1240.5
            """);
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"1-fussgaenger-je-stunde-2026-03-02-2026-03-03.csv\"");
    }

    @Test
    void theFileForAGermanExcelHasSemicolonsCommasAndTheTownsTime() {
        assertThat(town.get("/datastreams/1/values.excel.csv?from=2026-03-02&to=2026-03-03&by=raw")
                        .body())
                .isEqualTo("\ufeff" + """
                    Messreihe Nr.;Messreihe;Beginn;Ende;Wert;Einheit
                    1;Fußgänger je Stunde;02.03.2026 00:00:00;02.03.2026 01:00:00;5;Personen
                    1;Fußgänger je Stunde;02.03.2026 01:00:00;02.03.2026 02:00:00;7;Personen
                    1;Fußgänger je Stunde;03.03.2026 10:00:00;03.03.2026 11:00:00;1240,5;Personen
                    """.replace("\n", "\r\n"));
    }

    @Test
    void aNameThatBeginsLikeAFormulaIsNoneInExcel() {
        measured.point("X").counts("=1+1", "Personen").hour("2026-03-02T00:00:00Z", 3);
        assertThat(town.get("/datastreams/2/values.excel.csv?by=day").body()).contains(";'=1+1;");
    }

    @Test
    void theWorkbookHoldsTheSameRows() throws Exception {
        byte[] workbook = bytes("/datastreams/1/values.xlsx?from=2026-03-01&to=2026-03-31&by=month");
        String sheet = entry(workbook, "xl/worksheets/sheet1.xml");
        assertThat(sheet).contains("<v>1252.5</v>", "<v>46082.0</v>");
        assertThat(entry(workbook, "xl/sharedStrings.xml"))
                .contains("Anzahl Einzelwerte", "Fu&#xdf;g&#xe4;nger je Stunde");
    }

    @Test
    void theJsonSaysNullWhereNothingIs() {
        assertThat(town.get("/datastreams/1/values.json?from=2026-03-02&to=2026-03-02&by=day")
                        .body())
                .isEqualTo(
                        "[{\"datastream\":1,\"name\":\"Fußgänger je Stunde\",\"start\":\"2026-03-02\",\"value\":12.0,"
                                + "\"unit\":\"Personen\",\"count\":2,\"min\":5.0,\"max\":7.0}]");
    }

    @Test
    void aFileOfNonsenseIsRefused() {
        assertThat(town.get("/datastreams/1/values.csv?from=yesterday").statusCode())
                .isEqualTo(400);
    }

    @Test
    void thePictureCarriesTitleSourceLicenceAndDate() {
        HttpResponse<String> picture = town.get("/datastreams/1/chart.svg?from=2026-03-02&to=2026-03-03");
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/svg+xml;charset=UTF-8");
        assertThat(picture.body())
                .startsWith("<svg xmlns=")
                .contains("Bahnhofstraße, Fußgänger je Stunde", "2. März 2026 bis 3. März 2026")
                .contains("Stadt &lt;X&gt;; CC BY 4.0", "Stand: ")
                .contains("?from=2026-03-02&amp;to=2026-03-03");
    }

    @Test
    void onlyWhatIsMadeForItMayBeShownInsideOtherPages() {
        HttpResponse<String> embedded = town.get("/embed/datastreams/1?from=2026-03-02&to=2026-03-03");
        assertThat(embedded.statusCode()).isEqualTo(200);
        assertThat(embedded.headers().firstValue("X-Frame-Options")).isEmpty();
        assertThat(embedded.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors *", "default-src 'self'");
        assertThat(embedded.body()).contains("CC BY 4.0", "target=\"_blank\"").doesNotContain("<header");
        HttpResponse<String> missing =
                town.send(town.request("/embed/datastreams/4711").header("Accept", "text/html"));
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body())
                .as("what is missing has no frame of its own inside another page either")
                .contains("Diese Seite gibt es nicht", "target=\"_blank\"")
                .doesNotContain("<header");
        HttpResponse<String> page = town.get(here());
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'none'");
    }

    @Test
    void aHiddenDatastreamHasNoPageNoPictureAndNoFile() {
        town.in(() -> JdbcClient.create(context.getBean(javax.sql.DataSource.class))
                .sql("update datastream set hidden = true")
                .update());
        for (String path : new String[] {
            here(),
            "/embed/datastreams/1",
            "/datastreams/1/chart.svg",
            "/datastreams/1/values.csv",
            "/datastreams/1/live"
        }) {
            assertThat(town.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private static String here() {
        return "/datastreams/1-fussgaenger-je-stunde";
    }

    private String movedTo(String path) {
        HttpResponse<String> answer = town.get(path);
        assertThat(answer.statusCode()).isEqualTo(301);
        return URI.create(answer.headers().firstValue("Location").orElseThrow())
                .toString()
                .replaceAll("^http://[^/]+", "");
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

    private byte[] bytes(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(town.request(path).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        }
    }

    private static String entry(byte[] workbook, String name) throws IOException {
        Path file = Files.write(Files.createTempFile("workbook", ".xlsx"), workbook);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            Files.delete(file);
        }
    }
}
