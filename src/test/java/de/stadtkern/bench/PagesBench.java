package de.stadtkern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long the server takes for each page of `docs/routes.md` in the demo town, one request after the other, warm.
final class PagesBench {

    private static final int REQUESTS = 300;
    private static final double MOST_MILLIS = 50;
    private static final Pattern ROUTE = Pattern.compile("\\| GET \\| `([^`]+)` \\| ([a-z ]+) \\|");
    private static final Pattern TEXT = Pattern.compile("href=\"(/texts/[^\"#]+)");
    private static final Pattern COUNTER =
            Pattern.compile("href=\"(/footfall/(?!compare|index|effect|quality|month)[a-z0-9-]+)\"");

    /// Interfaces and files; what only leads elsewhere; and what stands only between two steps of a login.
    private static final Pattern NO_PAGE = Pattern.compile("/(sta|api|actuator)(/.*)?|.*\\.[^/]+|.*/live|/logo/.*"
            + "|/login/provider/.*|/logged-out/.*|/login/code|/link/.*|/first|.*/(photos|documents)/.*");

    private static final String MAPPING = """
        time:
          column: Zeit
          format: dd.MM.yyyy HH:mm
          zone: Europe/Berlin
        point:
          key: markt
          name: Marktplatz
        values:
          - column: Anzahl
            name: Personen
            unit: {name: Personen}
            property: {name: Menschen, aggregation: sum}
        """;

    private final BenchServer server;
    private final Table table;
    private final Set<String> missing = new TreeSet<>();

    PagesBench(BenchServer server, Table table) {
        this.server = server;
        this.table = table;
    }

    void run() throws Exception {
        measure(withQuestions());
        measure(pages("everybody"));
        server.logIn();
        fillIn();
        Map<String, String> pages = pages("");
        pages.put("start page, logged in", "/");
        measure(pages);
    }

    /// Pages that could not be measured, since the demo town has nothing to show on them: the run has failed, however
    /// fast the others are.
    Set<String> missing() {
        return missing;
    }

    /// Pages that work more when they are asked for something.
    private Map<String, String> withQuestions() throws Exception {
        Map<String, String> pages = new LinkedHashMap<>();
        String datastream = "/datastreams/1-" + words("/datastreams/1");
        String counter = counter();
        pages.put("sensors, sorted and filtered", "/sensors?q=m%C3%BCnster&sort=-value");
        pages.put("Datastream, a year by day", datastream + "?from=2024-01-01&to=2024-12-31");
        pages.put("Datastream, all by month", datastream + "?from=2010-01-01&to=2026-12-31");
        pages.put("Datastream beside another", datastream + "?with=2");
        pages.put("search", "/search?q=bahnhofstrasse");
        pages.put(
                "explorer, a year by day",
                "/explorer?set=Observations&datastream=1&from=2024-01-01&to=2024-12-31&by=day");
        pages.put("a counter without estimates", counter + "?estimates=off");
        pages.put("a counter of another day", counter + "?day=2024-02-29");
        pages.put("places compared", "/footfall/compare?place=" + counter.substring("/footfall/".length()));
        return pages;
    }

    /// Those of the table of all routes that are for everybody, or for somebody who is logged in.
    private Map<String, String> pages(String who) throws Exception {
        Map<String, String> pages = new LinkedHashMap<>();
        for (Matcher route = ROUTE.matcher(Files.readString(Path.of("docs/routes.md"))); route.find(); ) {
            boolean isForEverybody = route.group(2).equals("everybody");
            if (!NO_PAGE.matcher(route.group(1)).matches() && isForEverybody == who.equals("everybody")) {
                pages.put(route.group(1), address(route.group(1)));
            }
        }
        return pages;
    }

    /// The table's address with something that the demo town has.
    private String address(String route) throws Exception {
        return switch (route) {
            case "/sensors/{address}" -> "/sensors/1-" + words("/sensors/1");
            case "/datastreams/{address}" -> "/datastreams/1-" + words("/datastreams/1");
            case "/providers/{id}" -> "/providers/0";
            case "/sources/new/{kind}" -> "/sources/new/webhook";
            case "/watches/new" -> "/watches/new?datastream=1";
            case "/counters/new" -> "/counters/new?thing=1";
            case "/texts/{address}" -> text();
            case "/knowledge/new/{kind}" -> "/knowledge/new/faq";
            default ->
                route.startsWith("/sources/")
                        ? route.replace("{slug}", "datei")
                        : route.startsWith("/knowledge/")
                                ? route.replace("{slug}", "import")
                                : route.replace("/footfall/{slug}", counter()).replace("{id}", "1");
        };
    }

    /// What the demo town has none of.
    private void fillIn() throws Exception {
        server.fill("/answers/new", "question=Wann+wird+geleert%3F&german=Am+Dienstag.");
        server.fill("/data-sets/new", "name=Innen&description=x&openness=internal");
        server.fill(
                "/watches/new?datastream=1",
                "name=Wache&kind=limit&above=9&lasting=PT0S&silence=3&factor=3&mails=o%40example.org");
        try (Connection town = server.database("town_jena_demo");
                Statement statement = town.createStatement()) {
            statement.execute("insert into source (slug, name, kind, mapping) values ('datei', 'Datei', 'file', '')");
            statement.execute("insert into source_run (source_id) select id from source where slug = 'datei'");
            statement.execute("insert into import_mapping (name, mapping, changed_by) values ('Zählung', 'x: y', 'x')");
        }
        server.upload("/api/v1/imports", Map.of("file", "Zeit;Anzahl\n01.05.2026 10:00;112\n", "mapping", MAPPING));
    }

    private String text() throws Exception {
        Matcher text = TEXT.matcher(server.get("/search?q=wohngeld"));
        return text.find() ? text.group(1) : "{no text}";
    }

    private String counter() throws Exception {
        for (long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1); System.nanoTime() < until; ) {
            Matcher counter = COUNTER.matcher(server.get("/footfall"));
            if (counter.find()) {
                return counter.group(1);
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("The demo town counts nothing");
    }

    private void measure(Map<String, String> wanted) throws Exception {
        Map<String, String> pages = new LinkedHashMap<>(wanted);
        List<String> refused = pages.entrySet().stream()
                .filter(page -> !isThere(page))
                .map(Map.Entry::getKey)
                .toList();
        missing.addAll(refused);
        refused.forEach(pages::remove);
        for (long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); System.nanoTime() < until; ) {
            for (String path : pages.values()) {
                server.get(path);
            }
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            measure(page.getKey(), page.getValue());
        }
    }

    private boolean isThere(Map.Entry<String, String> page) {
        try {
            if (page.getValue().contains("{")) {
                throw new IOException("nothing of the demo town stands for " + page.getValue());
            }
            server.get(page.getValue());
            return true;
        } catch (IOException | InterruptedException refused) {
            String why = String.valueOf(refused.getMessage());
            table.add("page: " + page.getKey(), why.substring(0, Math.min(60, why.length())), "", "answers", false);
            return false;
        }
    }

    private void measure(String name, String path) throws Exception {
        double[] millis = new double[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            long from = System.nanoTime();
            server.get(path);
            millis[i] = (System.nanoTime() - from) / 1e6;
        }
        Arrays.sort(millis);
        double p95 = millis[REQUESTS * 95 / 100];
        table.add(
                "page: " + name,
                "p50 %s, p95 %s".formatted(Table.millis(millis[REQUESTS / 2]), Table.millis(p95)),
                "",
                "p95 ≤ 50 ms",
                p95 <= MOST_MILLIS);
    }

    /// The readable part of an address, as the server itself says it.
    private String words(String path) throws Exception {
        String address = server.movedTo(path);
        return address.substring(address.indexOf('-') + 1);
    }
}
