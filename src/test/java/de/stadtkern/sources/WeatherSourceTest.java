package de.stadtkern.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The weather of a service, from its address to the page on which a town chooses it.
@StadtkernTest
class WeatherSourceTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private SourceScenario sources;
    private HttpServer service;
    private volatile String weather = "";

    @BeforeEach
    void aTownAndAService() throws IOException {
        sources = new SourceScenario(context, TestTown.create(cities, port));
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/weather", exchange -> {
            asked.add(exchange.getRequestURI().getQuery());
            byte[] body = """
                {"weather": [%s],
                 "sources": [{"id": 1, "observation_type": "current"}, {"id": 2, "observation_type": "forecast"}]}
                """.formatted(weather).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void end() {
        service.stop(0);
    }

    private static String hour(Instant time, int source, double temperature) {
        return """
            {"timestamp": "%s", "source_id": %d, "temperature": %s, "precipitation": 0.2}
            """.formatted(time, source, temperature);
    }

    private void ask() {
        int before = asked.size();
        for (int look = 0; look < 100 && asked.size() <= before; look++) {
            sources.pull();
        }
    }

    private String temperatures() {
        return sources.people.text("""
            select string_agg(concat_ws(' ', d.properties ->> 'key', o.result::text), ', ' order by d.id, o.phenomenon_start)
            from observation o join datastream d on d.id = o.datastream_id where d.properties ->> 'key' like '%temperature'
            """);
    }

    private String id(String key) {
        return sources.people.text("select id::text from datastream where properties ->> 'key' = '%s'".formatted(key));
    }

    @Test
    void whatIsObservedAndWhatIsForecastAreTwoDatastreamsThatATownChooses() {
        weather = hour(now.minus(1, ChronoUnit.HOURS), 1, 7.5) + ","
                + hour(now.plus(2, ChronoUnit.HOURS), 2, 9) + ","
                + hour(now.plus(9, ChronoUnit.DAYS), 2, 11);
        String address = "http://127.0.0.1:%d/weather?lat=50.93&lon=11.59&date={from}&last_date={to+10d}"
                .formatted(service.getAddress().getPort());
        assertThat(sources.steward.where(
                        sources.create("pull", "wetter", SourceScenario.delivered("brightsky"), "address", address)))
                .isEqualTo("303 /sources/wetter");
        ask();
        assertThat(asked.getFirst()).matches("lat=50.93&lon=11.59&date=\\S+Z&last_date=\\S+Z");
        String last = asked.getFirst().replaceAll(".*last_date=", "");
        assertThat(Instant.parse(last))
                .isBetween(
                        now.plus(10, ChronoUnit.DAYS),
                        now.plus(10, ChronoUnit.DAYS).plusSeconds(7_200));
        assertThat(sources.outcomes()).startsWith("stored");
        assertThat(temperatures()).isEqualTo("temperature 7.5, forecast-temperature 9, forecast-temperature 11");

        weather = hour(now.plus(2, ChronoUnit.HOURS), 2, 8);
        ask();
        assertThat(temperatures())
                .as("a newer forecast of an hour takes the place of the one before")
                .isEqualTo("temperature 7.5, forecast-temperature 8, forecast-temperature 11");

        var editor = sources.people.loggedIn("ina@example.org", Grants.of(Area.FOOTFALL, Role.EDITOR));
        editor.fill(
                "/counters/weather",
                "/counters/weather",
                "temperature",
                id("temperature"),
                "precipitation",
                id("precipitation"),
                "forecast-temperature",
                id("forecast-temperature"),
                "forecast-precipitation",
                id("forecast-precipitation"));
        assertThat(editor.open("/counters/weather").body())
                .contains("7,5\u00a0°C", "reicht bis", "Quelle: Deutscher Wetterdienst, CC BY 4.0");
    }
}
