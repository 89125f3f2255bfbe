package de.stadtkern.installation;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.sensorthings.SensorThingsScenario;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// A disk on which nothing more fits, as clients see it: what is there can be read, nothing is half written, and
/// writing goes on by itself when there is room again.
@StadtkernTest
class FullDiskTest {

    private static final AtomicLong FREE = new AtomicLong(1L << 40);
    private static final String VALUES = "/Datastreams(1)/Observations";

    @TestConfiguration
    static class ADisk {

        @Bean
        @Primary
        DiskSpace diskOfTheTest() {
            return new DiskSpace(FREE::get, () -> 1L << 40);
        }
    }

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;

    @BeforeEach
    void aValueAndThenAFullDisk() throws Exception {
        sta = new SensorThingsScenario(context, port);
        sta.datastream("Markt");
        sta.observe(1, "2026-01-01T00:00:00Z", "1");
        FREE.set(400L << 20);
        until(507);
    }

    @AfterEach
    void room() {
        FREE.set(1L << 40);
    }

    @Test
    void everyWayToWriteIsRefusedAndReadingGoesOn() throws Exception {
        String observation = SensorThingsScenario.observation("2026-01-01T01:00:00Z", "2");
        String array = """
            [{"Datastream": {"@iot.id": 1}, "components": ["result"], "dataArray": [[3], [4]]}]
            """;
        String batch = """
            {"requests": [{"id": "1", "method": "post", "url": "Datastreams(1)/Observations", "body": %s}]}
            """.formatted(observation);
        requireFull(sta.post(VALUES, observation));
        requireFull(sta.post("/CreateObservations", array));
        requireFull(sta.post("/Things", SensorThingsScenario.thing("Neu")));
        requireFull(sta.patch("/Things(1)", "{\"name\": \"Anders\"}"));
        assertThat(sta.post("/$batch", batch).body()).contains("\"status\":507", "disk-full");

        assertThat(sta.list("/Observations", "result")).isEqualTo("1");
        assertThat(sta.list("/Things", "name")).isEqualTo("Markt");
        assertThat(sta.town.get("/").statusCode()).isEqualTo(200);
        assertThat(sta.town.get("/api/v1/datastreams/1/observations.csv").statusCode())
                .isEqualTo(200);

        FREE.set(1L << 40);
        until(201);
    }

    private static void requireFull(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(507);
        assertThat(answer.body()).contains("disk-full", "Only 400 MB are free", "reading goes on");
    }

    /// The disk is looked at every two seconds. What is sent holds nothing, so that nothing comes of it.
    private void until(int status) throws InterruptedException {
        int now = 0;
        for (int i = 0; i < 50 && now != status; i++) {
            now = sta.post("/CreateObservations", "[]").statusCode();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(now).isEqualTo(status);
    }
}
