package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import de.stadtkern.TestTown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.util.unit.DataSize;

/// Pages of other origins read what is public, and do nothing else. [CrossOriginListTest] does the same with a list.
@StadtkernTest
class CrossOriginTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;

    @BeforeEach
    void aTownWithASensor() {
        sta = new SensorThingsScenario(context, port);
        sta.observe(sta.datastream("Markt"), "2025-06-01T10:00:00Z", "7");
    }

    /// What a browser is told: `origin | methods`, or nothing.
    static String allowed(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Access-Control-Allow-Origin")
                .map(origin -> origin + " | "
                        + answer.headers()
                                .firstValue("Access-Control-Allow-Methods")
                                .orElse(""))
                .orElse("");
    }

    static HttpResponse<String> ask(TestTown town, String method, String path, String origin) {
        return town.send(
                town.request(path).header("Origin", origin).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    static HttpResponse<String> askBefore(TestTown town, String method, String path, String origin) {
        return town.send(town.request(path)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sta/v1.1",
                "/sta/v1.1/Things",
                "/sta/v1.1/Things(1)",
                "/sta/v1.1/Things(4711)",
                "/sta/v1.1/Things?$filter=nonsense",
                "/api/v1/latest"
            })
    void everyAnswerToReadingMayBeReadAlsoThatSomethingIsWrong(String path) {
        for (String method : List.of("GET", "HEAD")) {
            var answer = ask(sta.town, method, path, "https://karte.example.org");
            assertThat(allowed(answer)).isEqualTo("* | GET, HEAD");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /sta/v1.1/Things",
        "POST, /sta/v1.1/$batch",
        "PATCH, /sta/v1.1/Things(1)",
        "GET, /",
        "GET, /explorer"
    })
    void writingAndPagesForPeopleAreNot(String method, String path) {
        assertThat(allowed(ask(sta.town, method, path, "https://karte.example.org")))
                .isEmpty();
    }

    @Test
    void whoAsksBeforehandHearsThatReadingIsAllowedAndThatNoKeyComesAlong() {
        var answer = askBefore(sta.town, "GET", "/sta/v1.1/Things(1)", "https://karte.example.org");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("If-None-Match")
                .doesNotContainIgnoringCase("Authorization");
        assertThat(allowed(askBefore(sta.town, "DELETE", "/sta/v1.1/Things(1)", "https://karte.example.org")))
                .isEqualTo("* | GET, HEAD");
        assertThat(sta.names("/Things")).isEqualTo("Markt");
    }

    /// The only judge is a browser: a page of another server asks.
    @Test
    void aPageElsewhereReadsInABrowserAndNeitherWritesNorBringsAKey() throws IOException {
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>Karte</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        elsewhere.start();
        try (BrowserContext browser = TestBrowser.get().newContext()) {
            Page page = browser.newPage();
            page.navigate("http://127.0.0.1:" + elsewhere.getAddress().getPort());
            String service =
                    "http://%s.localhost:%d/sta/v1.1".formatted(sta.town.city().slug(), port);
            assertThat(fetched(page, service + "/Things(1)", "{}")).contains("Markt");
            assertThat(fetched(page, service + "/Things(1)", "{headers: {'If-None-Match': '\"x\"'}}"))
                    .contains("Markt");
            assertThat(fetched(page, service + "/Things(1)", "{credentials: 'include'}"))
                    .isEqualTo("kept from the page");
            assertThat(fetched(page, service + "/Things(1)", "{headers: {Authorization: 'Bearer stadtkern_x'}}"))
                    .isEqualTo("kept from the page");
            assertThat(fetched(
                            page,
                            service + "/Things(1)",
                            "{method: 'PATCH', headers: {'Content-Type': 'application/json'}, body:"
                                    + " '{\"name\":\"Meins\"}'}"))
                    .isEqualTo("kept from the page");
            assertThat(fetched(page, service.replace("/sta/v1.1", "/sensors"), "{}"))
                    .isEqualTo("kept from the page");
        } finally {
            elsewhere.stop(0);
        }
        assertThat(sta.names("/Things")).isEqualTo("Markt");
    }

    private static String fetched(Page page, String address, String options) {
        return String.valueOf(page.evaluate("fetch('%s', %s).then(answer => answer.text(), () => 'kept from the page')"
                .formatted(address, options)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"karte.example.org", "https://karte.example.org/", "https://*.example.org", "null", "**"})
    void whatIsNoOriginStopsTheStart(String origin) {
        assertThatThrownBy(() -> new SensorThingsProperties(
                        false,
                        false,
                        1,
                        1,
                        DataSize.ofBytes(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        1,
                        0,
                        List.of(origin)))
                .hasMessageContaining("'" + origin + "' is no origin");
    }
}
