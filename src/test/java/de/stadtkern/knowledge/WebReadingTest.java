package de.stadtkern.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A web site that is a source, read from a server beside.
@StadtkernTest
class WebReadingTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private KnowledgeScenario town;
    private PeopleScenario.Browser editor;

    @BeforeEach
    void aSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        pages.put("/robots.txt", "User-agent: *\nDisallow: /intern/\nSitemap: " + site("/sitemap.xml"));
        pages.put("/sitemap.xml", "<urlset><url><loc>%s</loc></url></urlset>".formatted(site("/bad.html")));
        pages.put(
                "/",
                "<html lang='de'><h1>Startseite</h1><a href='/amt.html#x'>Amt</a> <a href='/intern/x'>i</a>"
                        + "<a href='https://example.org/'>fremd</a>");
        pages.put("/amt.html", "<h1>Bürgeramt</h1><main><p>Geöffnet ab 8 Uhr.</p></main>");
        pages.put("/bad.html", "<title>Schwimmbad</title><p>Eintritt frei.</p>");
        pages.put("/intern/x", "<h1>Geheim</h1>");
        town = new KnowledgeScenario(context, TestTown.create(cities, port));
        editor = town.people.loggedIn("edda@example.org", Grants.of(Area.CHAT, Role.EDITOR));
    }

    private String site(String path) {
        return "http://localhost:%d%s".formatted(server.getAddress().getPort(), path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String page = pages.get(path);
        String etag = "\"%s\"".formatted(page == null ? "" : Integer.toHexString(page.hashCode()));
        boolean isKnown = etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        asked.add(path + (isKnown ? " 304" : ""));
        exchange.getResponseHeaders()
                .set("Content-Type", path.endsWith(".xml") ? "application/xml" : "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("ETag", etag);
        if (page != null && page.startsWith("!")) {
            exchange.sendResponseHeaders(Integer.parseInt(page.substring(1)), -1);
        } else if (page != null && page.startsWith("->")) {
            exchange.getResponseHeaders().set("Location", page.substring(2));
            exchange.sendResponseHeaders(302, -1);
        } else if (page == null || isKnown) {
            exchange.sendResponseHeaders(page == null ? 404 : 304, -1);
        } else {
            byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private void read() {
        town.people.execute("update knowledge_page set due_at = now()");
        for (int round = 0; round < 4; round++) {
            town.town.in(() -> {
                town.bean(WebReading.class).readDue();
                return true;
            });
        }
    }

    private void create(String address) {
        assertThat(editor.where(editor.fill(
                        "/knowledge/new/web",
                        "/knowledge/new/web",
                        "name",
                        "Website",
                        "audience",
                        "public",
                        "language",
                        "de",
                        "address",
                        address)))
                .isEqualTo("303 /knowledge/website");
    }

    @Test
    void pagesAreFoundThatTheSiteLeadsToAndWantsToBeRead() {
        create(site("/"));
        read();
        assertThat(town.found("Bürgeramt")).isEqualTo("1: Bürgeramt");
        assertThat(town.found("Schwimmbad")).isEqualTo("1: Schwimmbad");
        assertThat(town.found("Geheim")).isEqualTo("0: ");
        assertThat(asked).doesNotContain("/intern/x");
    }

    @Test
    void whatHasNotChangedIsNotReadAgainAndWhatIsGoneIsFoundNoMore() {
        create(site("/"));
        read();
        asked.clear();
        pages.remove("/bad.html");
        pages.put("/amt.html", "<h1>Bürgeramt</h1><p>Geöffnet ab 9 Uhr, auch für Kartoffeln.</p>");
        read();
        assertThat(asked).contains("/ 304", "/amt.html", "/bad.html");
        assertThat(town.found("Schwimmbad")).isEqualTo("0: ");
        assertThat(town.found("Kartoffeln")).isEqualTo("1: Bürgeramt");
    }

    @Test
    void whatCannotBeReadIsSaid() {
        pages.put("/", "->/loop");
        pages.put("/loop", "->/loop");
        create(site("/"));
        read();
        assertThat(editor.open("/knowledge/website").body()).contains("it leads on more than 5 times");
    }

    /// RFC 9309, 2.3.1: where the rules are out of reach everything is forbidden, where there are none nothing is.
    @Test
    void aSiteWhoseRulesCannotBeReadIsNotReadAndOneWithoutRulesIs() {
        pages.put("/robots.txt", "!503");
        create(site("/"));
        read();
        assertThat(town.found("Bürgeramt")).isEqualTo("0: ");
        assertThat(asked).doesNotContain("/", "/amt.html");
        assertThat(editor.open("/knowledge/website").body()).contains("its robots.txt cannot be read: HTTP 503");
        pages.remove("/robots.txt");
        read();
        assertThat(town.found("Bürgeramt")).isEqualTo("1: Bürgeramt");
    }

    @Test
    void whatAnEditorWithdrewStaysSoWhenItsPageIsReadAgain() {
        create(site("/"));
        read();
        long id = Long.parseLong(town.people.text("select id from knowledge_document where title = 'Bürgeramt'"));
        editor.fill("/knowledge/website", "/knowledge/website/texts/%d/withdraw".formatted(id));
        pages.put("/amt.html", "<h1>Bürgeramt</h1><p>Jetzt auch für Kartoffeln.</p>");
        read();
        assertThat(town.found("Kartoffeln")).isEqualTo("0: ");
        editor.fill("/knowledge/website", "/knowledge/website/texts/%d/show".formatted(id));
        assertThat(town.found("Kartoffeln")).isEqualTo("1: Bürgeramt");
    }

    @Test
    void whatWasReadElsewhereIsFoundNoMoreWhenTheAddressIsAnother() {
        create(site("/"));
        read();
        pages.put("/neu/", "<h1>Willkommen</h1><p>Hier gibt es Kartoffeln.</p>");
        assertThat(editor.where(editor.fill(
                        "/knowledge/website/edit",
                        "/knowledge/website/edit",
                        "name",
                        "Website",
                        "audience",
                        "public",
                        "language",
                        "de",
                        "address",
                        site("/neu/"))))
                .isEqualTo("303 /knowledge/website");
        assertThat(town.found("Bürgeramt")).isEqualTo("0: ");
        pages.remove("/robots.txt");
        read();
        assertThat(town.found("Bürgeramt")).isEqualTo("0: ");
        assertThat(town.found("Kartoffeln")).isEqualTo("1: Willkommen");
    }

    @Test
    void addressesInsideTheOwnNetworkAreRefusedAlsoBehindARedirect() {
        WebFetch fetch = new WebFetch(new KnowledgeProperties(false, Duration.ofDays(1), 10));
        for (String address : List.of(
                "http://127.0.0.1/",
                "http://localhost:8080/",
                "http://[::1]/",
                "http://10.0.0.1/",
                "http://169.254.169.254/",
                "http://0.0.0.0/")) {
            assertThat(failure(fetch, address)).as(address).contains("inside the own network");
        }
        assertThat(failure(fetch, "file:///etc/passwd")).contains("only http");
        assertThat(failure(fetch, "ftp://example.org/")).contains("only http");
    }

    private static String failure(WebFetch fetch, String address) {
        try {
            fetch.read(URI.create(address), "", "");
            return "";
        } catch (IOException | IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Test
    void theRulesOfASiteAreFollowedAsTheStandardSays() {
        Robots robots = Robots.read("""
            User-agent: other
            User-agent: stadtkern
            Disallow: /a
            Allow: /a/b
            Disallow: /*.pdf$
            Disallow: /suche?
            User-agent: *
            Disallow: /
            """);
        assertThat(robots.allows(URI.create("https://example.org/"))).isTrue();
        assertThat(robots.allows(URI.create("https://example.org/a/c"))).isFalse();
        assertThat(robots.allows(URI.create("https://example.org/a/b/c"))).isTrue();
        assertThat(robots.allows(URI.create("https://example.org/x/y.pdf"))).isFalse();
        assertThat(robots.allows(URI.create("https://example.org/x/y.pdf.html")))
                .isTrue();
        assertThat(robots.allows(URI.create("https://example.org/suche?q=x"))).isFalse();
        assertThat(Robots.read("User-agent: *\nDisallow: /").allows(URI.create("https://example.org/")))
                .isFalse();
    }
}
