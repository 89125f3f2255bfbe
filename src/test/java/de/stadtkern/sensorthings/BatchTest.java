package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static de.stadtkern.sensorthings.SensorThingsScenario.parse;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// Many requests in one.
@StadtkernTest
@Requirement("batch-request/batch-request")
class BatchTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private long datastream;

    @BeforeEach
    void aDatastream() {
        sta = new SensorThingsScenario(context, port);
        datastream = sta.datastream("Markt");
    }

    private HttpResponse<String> batch(String type, String body) {
        return sta.town.send(sta.town
                .request("/sta/v1.1/$batch")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
    }

    /// `1 200, 2 404`
    private static String statuses(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> statuses = new ArrayList<>();
        for (JsonNode one : parse(answer.body()).get("responses")) {
            statuses.add(one.get("id").asString() + " " + one.get("status").asInt());
        }
        return String.join(", ", statuses);
    }

    private String json(String requests) {
        return statuses(batch("application/json", "{\"requests\":[%s]}".formatted(requests)));
    }

    @Test
    void eachRequestIsAnsweredForItself() {
        HttpResponse<String> answer = batch("application/json", """
            {"requests":[{"id":"a","method":"get","url":"Things?$select=name"},
              {"id":"b","method":"get","url":"/sta/v1.1/Things(4711)"},
              {"id":"c","method":"post","url":"Datastreams(%d)/Observations","body":{"result":7}},
              {"id":"d","method":"get","url":"Things(1)/name/$value"},
              {"id":"e","method":"delete","url":"Things"}]}
            """.formatted(datastream));
        assertThat(statuses(answer)).isEqualTo("a 200, b 404, c 201, d 200, e 405");
        JsonNode responses = parse(answer.body()).get("responses");
        assertThat(responses.get(0).get("body").toString()).isEqualTo("{\"value\":[{\"name\":\"Markt\"}]}");
        assertThat(responses.get(1).get("body").get("code").asInt()).isEqualTo(404);
        assertThat(responses.get(3).get("body").asString()).isEqualTo("Markt");
        assertThat(sta.list("/Observations", "result")).isEqualTo("7");
    }

    @Test
    void aChangeSetHappensWholeOrNotAtAll() {
        String first =
                "{\"id\":\"1\",\"atomicityGroup\":\"g\",\"method\":\"post\",\"url\":\"Things\",\"body\":{\"name\":\"Neu\",\"description\":\"\"}}";
        String wrong =
                "{\"id\":\"2\",\"atomicityGroup\":\"g\",\"method\":\"post\",\"url\":\"Datastreams(%d)/Observations\",\"body\":{\"resul\":1}}"
                        .formatted(datastream);
        String right = wrong.replace("resul\"", "result\"");
        assertThat(json(first + "," + wrong)).isEqualTo("1,2 400");
        assertThat(sta.names("/Things")).isEqualTo("Markt");
        assertThat(json(first + "," + right)).isEqualTo("1 201, 2 201");
        assertThat(sta.names("/Things")).isEqualTo("Markt, Neu");
        assertThat(sta.list("/Observations", "result")).isEqualTo("1");
        assertThat(sta.allTotals(datastream)).isEqualTo(sta.recount(datastream));
    }

    @Test
    void aLaterRequestNamesWhatAnEarlierOneMade() {
        String sensor = "{\"id\":\"s\",\"atomicityGroup\":\"g\",\"method\":\"post\",\"url\":\"Sensors\","
                + "\"body\":{\"name\":\"S\",\"description\":\"\",\"encodingType\":\"\",\"metadata\":\"\"}}";
        String thing =
                "{\"id\":\"t\",\"atomicityGroup\":\"g\",\"method\":\"post\",\"url\":\"Things\",\"body\":{\"name\":\"T\",\"description\":\"\"}}";
        String series =
                "{\"id\":\"d\",\"atomicityGroup\":\"g\",\"method\":\"post\",\"url\":\"$t/Datastreams\",\"body\":"
                    + "{\"name\":\"D\",\"description\":\"\",\"observationType\":\"\",\"unitOfMeasurement\":{\"name\":\"\",\"symbol\":\"\",\"definition\":\"\"},"
                    + "\"Sensor\":{\"@iot.id\":\"$s\"},\"ObservedProperty\":{\"@iot.id\":1}}}";
        String patch = "{\"id\":\"p\",\"method\":\"patch\",\"url\":\"$t\",\"body\":{\"description\":\"später\"}}";
        assertThat(json(String.join(",", sensor, thing, series, patch))).isEqualTo("s 201, t 201, d 201, p 200");
        assertThat(sta.names("/Things(2)/Datastreams?$filter=Sensor/name eq 'S'"))
                .isEqualTo("D");
        assertThat(sta.json("/Things(2)").get("description").asString()).isEqualTo("später");
    }

    @Test
    void whatNamesARequestThatFailedIsToldSo() {
        String thing =
                "{\"id\":\"t\",\"atomicityGroup\":\"g\",\"method\":\"post\",\"url\":\"Things\",\"body\":{\"name\":\"T\",\"description\":\"\"}}";
        String wrong = "{\"id\":\"w\",\"atomicityGroup\":\"g\",\"method\":\"post\",\"url\":\"Things\",\"body\":{}}";
        String address = "{\"id\":\"a\",\"method\":\"patch\",\"url\":\"$t\",\"body\":{\"description\":\"später\"}}";
        String link =
                "{\"id\":\"l\",\"method\":\"patch\",\"url\":\"Datastreams(1)\",\"body\":{\"Thing\":{\"@iot.id\":\"$t\"}}}";
        String further = "{\"id\":\"f\",\"method\":\"get\",\"url\":\"$a/name\"}";
        HttpResponse<String> answer = batch(
                "application/json",
                "{\"requests\":[%s]}".formatted(String.join(",", thing, wrong, address, link, further)));
        assertThat(statuses(answer)).isEqualTo("t,w 400, a 400, l 400, f 400");
        JsonNode responses = parse(answer.body()).get("responses");
        assertThat(responses.get(1).at("/body/detail").asString())
                .isEqualTo("Request t, which this one names as '$t', has failed.");
        assertThat(responses.get(2).at("/body/reference").asString()).isEqualTo("t");
        assertThat(responses.get(3).at("/body/detail").asString()).startsWith("Request a, ");
        assertThat(sta.names("/Things")).isEqualTo("Markt");
        assertThat(json("{\"id\":\"x\",\"method\":\"get\",\"url\":\"$nobody\"}"))
                .isEqualTo("x 404");
    }

    /// The second request waits for a lock the test holds, so its answer cannot have come with the first one.
    @ParameterizedTest
    @ValueSource(strings = {"application/json", "multipart/mixed;boundary=b1"})
    void anAnswerIsSentWhileTheNextRequestStillRuns(String type) throws Exception {
        String json = """
            {"requests":[{"id":"1","method":"get","url":"Things(1)/name"},
              {"id":"2","method":"patch","url":"Things(1)","body":{"name":"Neu"}}]}
            """;
        String multipart = """
            --b1
            Content-Type: application/http

            GET Things(1)/name HTTP/1.1

            --b1
            Content-Type: application/http

            PATCH Things(1) HTTP/1.1

            {"name":"Neu"}
            --b1--
            """.replace("\n", "\r\n");
        String body = type.contains("json") ? json : multipart;
        try (Socket socket = new Socket("localhost", port);
                Connection blocker = sta.town.in(() -> connection())) {
            socket.setSoTimeout(30_000);
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("select 1 from thing where id = 1 for update");
            socket.getOutputStream()
                    .write(("POST /sta/v1.1/$batch HTTP/1.1\r\nHost: %s.localhost\r\nContent-Type: %s\r\n"
                                    + "Connection: close\r\nContent-Length: %d\r\n\r\n%s")
                            .formatted(sta.town.city().slug(), type, body.length(), body)
                            .getBytes(StandardCharsets.UTF_8));
            String first = readUntil(socket.getInputStream(), "\"Markt\"");
            assertThat(first).startsWith("HTTP/1.1 200").doesNotContain("Neu");
            assertThat(sta.names("/Things")).isEqualTo("Markt");
            blocker.rollback();
            blocker.setAutoCommit(true);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"Neu\"");
        }
        assertThat(sta.names("/Things")).isEqualTo("Neu");
    }

    private Connection connection() {
        try {
            return context.getBean(DataSource.class).getConnection();
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.UTF_8).contains(end)) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("ended with " + read);
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    @Test
    void multipartIsUnderstoodAndAnswered() {
        HttpResponse<String> answer = batch("multipart/mixed;boundary=b1", """
            --b1
            Content-Type: application/http

            GET /sta/v1.1/Things(1)?$select=name HTTP/1.1
            Host: localhost


            --b1
            Content-Type: multipart/mixed;boundary=c1

            --c1
            Content-Type: application/http
            Content-ID: 1

            POST /sta/v1.1/Things HTTP/1.1
            Content-Type: application/json

            {"name":"Neu","description":""}
            --c1
            Content-Type: application/http
            Content-ID: 2

            PATCH $1 HTTP/1.1
            Content-Type: application/json

            {"description":"gleich anders"}
            --c1--
            --b1--
            """.replace("\n", "\r\n"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("multipart/mixed;boundary=batch_");
        assertThat(answer.body())
                .contains(
                        "HTTP/1.1 200 OK",
                        "{\"name\":\"Markt\"}",
                        "HTTP/1.1 201 Created",
                        "Content-ID: 1",
                        "gleich anders");
        assertThat(sta.names("/Things")).isEqualTo("Markt, Neu");
    }

    @Test
    void whatIsNoBatchIsRefused() {
        assertThat(outcome(batch("application/json", "{}"))).isEqualTo("400 batch-invalid");
        assertThat(outcome(batch("text/plain", "x"))).isEqualTo("415 media-type-unknown");
        assertThat(outcome(batch("multipart/mixed;boundary=x", "--x\r\n"))).isEqualTo("400 batch-invalid");
        assertThat(json("{\"id\":\"1\",\"method\":\"post\",\"url\":\"$batch\",\"body\":{\"requests\":[]}}"))
                .isEqualTo("1 400");
        assertThat(json("{\"id\":\"1\",\"url\":\"Things\"}")).isEqualTo("1 400");
        assertThat(json("{\"id\":\"1\",\"method\":\"head\",\"url\":\"Things\"}"))
                .isEqualTo("1 405");
    }
}
