package de.stadtkern.sources;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.mqtt.MqttScenario;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A foreign broker as a source: here that of another town, whose Observations come in by it.
@StadtkernTest
class BrokerTest {

    private static final String MAPPING = """
        name: Andere Stadt
        time: {path: phenomenonTime}
        device: {is: nachbar}
        values:
          - path: result
            key: n
            name: Passanten
            kind: count
            interval: PT15M
            unit: {name: Personen}
            property: {name: Personen, aggregation: sum}
        """;

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @Test
    void whatAForeignBrokerSaysComesInAndStopsWhenTheSourceIsPaused() throws InterruptedException {
        SourceScenario sources = new SourceScenario(context, TestTown.create(cities, port));
        try (MqttScenario there = new MqttScenario(context, port)) {
            long datastream = there.datastream();
            String topic = "v1.1/Datastreams(%d)/Observations".formatted(datastream);
            assertThat(sources.steward.where(sources.create(
                            "mqtt",
                            "nachbar",
                            MAPPING,
                            "address",
                            "mqtt://127.0.0.1:" + there.port(),
                            "topic",
                            topic,
                            "user",
                            there.city().slug())))
                    .isEqualTo("303 /sources/nachbar");
            var client = there.client();
            for (int at = 0; at < 100 && sources.values().isEmpty(); at++) {
                MqttScenario.publish(client, topic, """
                    {"result": 7, "phenomenonTime": "2026-05-01T10:00:00Z"}\
                    """);
                Thread.sleep(200);
            }
            assertThat(sources.values()).isEqualTo("nachbar n 05-01 10:00 10:15 7");
            assertThat(sources.people.text("select failure from source_run")).isEmpty();
            sources.steward.fill("/sources/nachbar", "/sources/nachbar/pause");
            for (int at = 0;
                    at < 100
                            && !sources.people
                                    .text("select holder from source_run")
                                    .isEmpty();
                    at++) {
                Thread.sleep(100);
            }
            assertThat(sources.people.text("select holder from source_run")).isEmpty();
            MqttScenario.publish(client, topic, """
                {"result": 8, "phenomenonTime": "2026-05-01T11:00:00Z"}\
                """);
            Thread.sleep(300);
            assertThat(sources.values()).doesNotContain("11:00");
        }
    }

    @Test
    void aBrokerThatIsNotThereIsShownAsFailing() throws InterruptedException {
        SourceScenario sources = new SourceScenario(context, TestTown.create(cities, port));
        sources.create("mqtt", "weg", MAPPING, "address", "mqtt://127.0.0.1:1", "topic", "a/b");
        for (int at = 0;
                at < 150
                        && sources.people.text("select failure from source_run").isEmpty();
                at++) {
            Thread.sleep(100);
        }
        assertThat(sources.steward.open("/sources/weg").body()).contains("nicht erreichbar");
        sources.steward.fill("/sources/weg", "/sources/weg/delete");
    }
}
