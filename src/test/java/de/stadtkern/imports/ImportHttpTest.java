package de.stadtkern.imports;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.connect.ImportScenario;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@StadtkernTest
class ImportHttpTest {

    private static final String LINES = "Ort;Zeit;Anzahl\nA;2024-05-01T10:00;1\nA;gestern;2\n";

    @Autowired
    Cities cities;

    @Autowired
    MeasuringPoints points;

    @LocalServerPort
    int port;

    private TestTown town;

    @BeforeEach
    void aTown() {
        town = TestTown.create(cities, port);
    }

    @Test
    void anUploadIsImportedInTheBackgroundAndItsRefusalsCanBeFetched() throws InterruptedException {
        String address = upload(LINES, ImportScenario.MAPPING, "");
        String status = waitForEnd(address);
        assertThat(status)
                .contains("\"state\":\"done\"", "\"written\":1", "\"refused\":1", "is no time as in iso")
                .contains(address + "/refused");
        assertThat(town.get(address + "/refused").body())
                .isEqualTo("\ufeffline;column;value;reason\r\n3;Zeit;gestern;is no time as in iso\r\n");
        assertThat(town.in(points::list)).hasSize(1);
    }

    @Test
    void aDryRunStoresNothingAndShowsHowTheFileIsUnderstood() throws InterruptedException {
        assertThat(waitForEnd(upload(LINES, ImportScenario.MAPPING, "true")))
                .contains(
                        "\"state\":\"done\"",
                        "\"written\":0",
                        "Zählstelle A, Anzahl: 2024-05-01T10:00:00Z  1 Personen");
        assertThat(town.in(points::list)).isEmpty();
    }

    @Test
    void anotherTownSeesNothingOfAnImport() {
        String address = upload(LINES, ImportScenario.MAPPING, "");
        TestTown other = TestTown.create(cities, port);
        assertThat(other.get(address).statusCode()).isEqualTo(404);
        assertThat(other.delete(address).statusCode()).isEqualTo(404);
    }

    @Test
    void aFileOfAnotherKindFailsWithAReason() throws InterruptedException {
        assertThat(waitForEnd(upload("%PDF-1.7", ImportScenario.MAPPING, "")))
                .contains("\"state\":\"failed\"", "is a PDF");
    }

    @Test
    void aWrongMappingIsRefusedAtOnce() {
        assertThat(send(form(LINES, "time: {}", "")).body())
                .contains("urn:stadtkern:problem:mapping-invalid", "\"field\":\"time.column\"");
        assertThat(town.post("/api/v1/imports", "{}").statusCode()).isEqualTo(415);
        assertThat(send("--x\r\nbroken").statusCode()).isEqualTo(400);
    }

    @Test
    void anExportOverHttpIsTheSameFileForEveryone() throws InterruptedException {
        waitForEnd(upload("Ort;Zeit;Anzahl\nA;2024-05-01T10:00;1\nA;2024-05-02T10:00;2\n", ImportScenario.MAPPING, ""));
        var point = town.in(points::list).getFirst();
        String thing = "/api/v1/things/" + point.thingId();
        String datastream = "/api/v1/datastreams/" + point.series().getFirst().datastreamId();
        assertThat(town.get(thing + "/observations.csv").body())
                .isEqualTo(town.get(datastream + "/observations.csv").body())
                .endsWith("Anzahl,2024-05-01T10:00:00Z,,,1,,,,,\nAnzahl,2024-05-02T10:00:00Z,,,2,,,,,\n");
        assertThat(town.get(datastream + "/observations.json?from=2024-05-02").body())
                .endsWith("\"observations\":[{\"phenomenonTime\":\"2024-05-02T10:00:00Z\",\"result\":2}]}]}");
        assertThat(town.get(thing + "/mapping.yaml").body()).contains("name: \"Zählstelle A\"");
        assertThat(town.get(datastream + "/observations.csv?from=gestern").statusCode())
                .isEqualTo(400);
        assertThat(town.get("/api/v1/things/99/observations.csv").statusCode()).isEqualTo(404);
        assertThat(town.get("/api/v1/things/x/observations.json").statusCode()).isEqualTo(404);
    }

    private String upload(String file, String mapping, String dryRun) {
        HttpResponse<String> answer = send(form(file, mapping, dryRun));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> send(String body) {
        return town.send(town.request("/api/v1/imports")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String form(String file, String mapping, String dryRun) {
        return part("file\"; filename=\"werte.csv", file) + part("mapping", mapping) + part("dryRun", dryRun)
                + "--x--\r\n";
    }

    private static String part(String name, String content) {
        return "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
    }

    private String waitForEnd(String address) throws InterruptedException {
        Pattern ended = Pattern.compile("\"state\":\"(done|failed|cancelled)\"");
        for (int look = 0; look < 200; look++) {
            String status = town.get(address).body();
            Matcher found = ended.matcher(status);
            if (found.find()) {
                return status;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("The import has not ended");
    }
}
