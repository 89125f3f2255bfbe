package de.stadtkern.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A service that is asked: with its token, stretch by stretch, and only for what is new.
@StadtkernTest
class PullTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private SourceScenario sources;
    private HttpServer service;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "{\"id\": \"m\", \"time\": \"2026-05-01T10:00Z\", \"in\": 4}";
    private volatile String etag = "";

    @BeforeEach
    void aTownAndAService() throws IOException {
        sources = new SourceScenario(context, TestTown.create(cities, port));
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            String known = exchange.getRequestHeaders().getFirst("If-None-Match");
            asked.add("%s %s %s"
                    .formatted(
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("X-API-Token"),
                            known == null ? "-" : known));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            if (!etag.isEmpty()) {
                exchange.getResponseHeaders().set("ETag", etag);
            }
            boolean same = known != null && known.equals(etag);
            exchange.sendResponseHeaders(same ? 304 : status, same ? -1 : body.length);
            if (!same) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void end() {
        service.stop(0);
    }

    private String address(String path) {
        return "http://127.0.0.1:%d%s".formatted(service.getAddress().getPort(), path);
    }

    private void create(String path, String... namesAndValues) {
        String[] all = new String[namesAndValues.length + 2];
        all[0] = "address";
        all[1] = address(path);
        System.arraycopy(namesAndValues, 0, all, 2, namesAndValues.length);
        assertThat(sources.steward.where(sources.create("pull", "dienst", SourceScenario.delivered("generic"), all)))
                .isEqualTo("303 /sources/dienst");
    }

    /// Asks until that is so; the job of the process asks too.
    private void untilAsked(int times) {
        for (int look = 0; look < 100 && asked.size() < times; look++) {
            sources.pull();
        }
    }

    @Test
    void itIsAskedWithItsTokenAndOnlyForWhatIsNew() {
        etag = "\"a\"";
        create("/now", "header", "X-API-Token", "secret", "geheim");
        untilAsked(2);
        assertThat(asked.subList(0, 2)).containsExactly("/now geheim -", "/now geheim \"a\"");
        assertThat(sources.values()).isEqualTo("m in 05-01 10:00 11:00 4");
        assertThat(sources.outcomes()).isEqualTo("stored");
        assertThat(sources.steward.open("/sources/dienst/edit").body()).doesNotContain("geheim");
        assertThat(sources.people.text("select count(*)::text from change x where x::text like '%geheim%'"))
                .isEqualTo("0");
    }

    @Test
    void stretchAfterStretchFromTheFirstDayOn() {
        create("/?from={from-date}&to={to-date}", "begin", "2026-11-01", "window", "PT168H");
        untilAsked(5);
        assertThat(asked.subList(0, 4))
                .containsExactly(
                        "/?from=2026-11-01&to=2026-11-08 null -",
                        "/?from=2026-11-08&to=2026-11-15 null -",
                        "/?from=2026-11-15&to=2026-11-22 null -",
                        "/?from=2026-11-22&to=2026-11-29 null -");
        assertThat(asked.get(4)).startsWith("/?from=2026-11-29&to=");
    }

    @Test
    void aFailureIsShownAndTheSameStretchIsAskedOnceMore() {
        status = 500;
        create("/?from={from-date}&to={to-date}", "begin", "2026-11-01", "window", "PT168H");
        untilAsked(1);
        for (int look = 0;
                look < 100
                        && sources.people.text("select failure from source_run").isEmpty();
                look++) {
            sources.pull();
        }
        assertThat(sources.steward.open("/sources/dienst").body()).contains("HTTP 500", "nicht erreichbar");
        status = 200;
        answer = "no json";
        int before = asked.size();
        untilAsked(before + 1);
        assertThat(asked.getLast()).startsWith("/?from=2026-11-01&to=2026-11-08");
        answer = "{\"id\": \"m\", \"time\": \"2026-11-02T10:00Z\", \"in\": 4}";
        int refused = asked.size();
        untilAsked(refused + 2);
        assertThat(asked.get(refused)).startsWith("/?from=2026-11-01&to=2026-11-08");
        assertThat(asked.get(refused + 1)).startsWith("/?from=2026-11-08&to=2026-11-15");
    }

    @Test
    void addressesInsideTheOwnNetworkAreNotAskedUnlessTheOperatorAllowsIt() {
        Fetch fetch = new Fetch(new SourceProperties(false, 600, 16, 200, Duration.ofDays(14)));
        assertThatThrownBy(() -> fetch.ask(new Fetch.Question(URI.create(address("/")), "", "", "", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inside the own network");
        assertThat(asked).isEmpty();
    }
}
