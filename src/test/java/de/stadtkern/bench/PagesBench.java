package de.stadtkern.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How long the server takes for each page of the demo town, one request after the other, warm.
final class PagesBench {

    private static final int REQUESTS = 300;
    private static final double MOST_MILLIS = 50;

    private final BenchServer server;
    private final Table table;

    PagesBench(BenchServer server, Table table) {
        this.server = server;
        this.table = table;
    }

    void run() throws Exception {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("start page", "/");
        pages.put("sensors", "/sensors");
        pages.put("sensors, sorted and filtered", "/sensors?q=m%C3%BCnster&sort=-value");
        pages.put("measuring point", "/sensors/1-" + words("/sensors/1"));
        String datastream = "/datastreams/1-" + words("/datastreams/1");
        pages.put("Datastream, last days", datastream);
        pages.put("Datastream, a year by day", datastream + "?from=2024-01-01&to=2024-12-31");
        pages.put("Datastream, all by month", datastream + "?from=2010-01-01&to=2026-12-31");
        pages.put("Datastream beside another", datastream + "?with=2");
        pages.put("search", "/search?q=bahnhofstrasse");
        pages.put("privacy", "/privacy");
        pages.put("building blocks", "/blocks");
        pages.put(
                "explorer, a year by day",
                "/explorer?set=Observations&datastream=1&from=2024-01-01&to=2024-12-31&by=day");
        measure(pages);
        server.logIn();
        measure(staffPages());
    }

    private static Map<String, String> staffPages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("start page, logged in", "/");
        for (String path : List.of(
                "/account",
                "/account/sessions",
                "/account/second-factor",
                "/account/passkeys",
                "/people",
                "/people/new",
                "/keys",
                "/providers",
                "/changes",
                "/mail",
                "/town",
                "/town/areas",
                "/towns",
                "/operation",
                "/data-sets",
                "/data-sets/new",
                "/imports",
                "/imports/mappings",
                "/watches",
                "/watches/new?datastream=1",
                "/watches/past",
                "/begin",
                "/sensors/1/edit",
                "/datastreams/1/edit")) {
            pages.put(path, path);
        }
        return pages;
    }

    private void measure(Map<String, String> pages) throws Exception {
        for (long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); System.nanoTime() < until; ) {
            for (String path : pages.values()) {
                server.get(path);
            }
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            measure(page.getKey(), page.getValue());
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
