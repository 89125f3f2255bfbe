package de.stadtkern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/// `bin/bench`: every bar of the store beside its floor, both measured in turn in the same run. Medians of five;
/// warm.
public final class Bench {

    private static final int RUNS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration RUN = Duration.ofSeconds(4);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final AtomicLong SECOND = new AtomicLong();
    private static final List<String> ALL = List.of(
            "start",
            "pages",
            "memory",
            "single",
            "mqtt",
            "arrays",
            "import",
            "reading",
            "sensorthings",
            "backup",
            "delete",
            "growth",
            "counters",
            "chat",
            "footfall");
    private static final Set<String> WITHOUT_SERVER = Set.of("start", "pages", "chat", "footfall");

    private final BenchServer server;
    private final Table table;
    private final String schema = "town_stadt";

    private Bench(BenchServer server, Table table) {
        this.server = server;
        this.table = table;
    }

    public static void main(String[] arguments) throws Exception {
        Set<String> parts = Arrays.stream(arguments).filter(ALL::contains).collect(java.util.stream.Collectors.toSet());
        List<String> wanted = ALL.stream()
                .filter(part -> parts.isEmpty() || parts.contains(part))
                .toList();
        Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench-data")), "run");
        Table table = new Table();
        if (wanted.contains("start")) {
            start(table);
        }
        Set<String> missing = wanted.contains("pages") ? pages(table) : Set.of();
        if (wanted.contains("chat")) {
            chat(table);
        }
        if (wanted.contains("footfall")) {
            new FootfallBench(table).run();
        }
        if (!WITHOUT_SERVER.containsAll(wanted)) {
            withServer(wanted, Arrays.asList(arguments).contains("hundred"), data, table);
        }
        Path results = Files.createDirectories(Path.of("bench/results"));
        Path file = results.resolve(Instant.now().toString().replace(':', '-') + ".md");
        Files.writeString(file, table.markdown());
        System.out.println("\n" + table.markdown() + "\nWritten to " + file);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("These pages were not measured: " + String.join(", ", missing));
        }
    }

    private static void withServer(List<String> wanted, boolean hundred, Path data, Table table) throws Exception {
        try (BenchServer server = new BenchServer(data.resolve("data"), "--stadtkern.demo=false")) {
            Bench bench = new Bench(server, table);
            if (wanted.contains("memory")) {
                double megabytes = server.memory();
                table.add(
                        "memory of the process tree after start (PSS)",
                        Math.round(megabytes) + " MB",
                        "",
                        "≤ 700 MB",
                        megabytes <= 700);
            }
            bench.createDatastreams();
            ReadingBench reading = new ReadingBench(server, table, hundred ? 10 : 1);
            for (String part : wanted) {
                switch (part) {
                    case "single" -> bench.single();
                    case "mqtt" -> new MqttBench(server, table, bench.schema).run();
                    case "arrays" -> bench.arrays();
                    case "import" -> new ImportBench(server, table).run();
                    case "reading" -> reading.run();
                    case "sensorthings" -> reading.sensorThings();
                    case "backup" -> reading.backUp();
                    case "delete" -> {
                        reading.fill();
                        new DeleteBench(server, table).run();
                    }
                    case "growth" -> bench.growth();
                    case "counters" -> new CountersBench(server, table, bench.schema).run();
                    default -> {}
                }
            }
        }
    }

    /// From the command to the first page with an existing data folder, and the very first start with the demo town.
    private static void start(Table table) throws Exception {
        Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench-data")), "start")
                .resolve("data");
        long from = System.nanoTime();
        try (BenchServer first = new BenchServer(data)) {
            awaitDemo(first);
            double seconds = (System.nanoTime() - from) / 1e9;
            table.add("first start ever, demo town imported", "%.1f s".formatted(seconds), "", "≤ 25 s", seconds <= 25);
        }
        restarts(table, data, false, 6);
        restarts(table, data, true, 4);
    }

    /// @return pages that were not measured
    private static Set<String> pages(Table table) throws Exception {
        Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench-data")), "pages")
                .resolve("data");
        try (BenchServer demo = new BenchServer(data)) {
            awaitDemo(demo);
            PagesBench pages = new PagesBench(demo, table);
            pages.run();
            return pages.missing();
        }
    }

    private static void chat(Table table) throws Exception {
        Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench-data")), "chat")
                .resolve("data");
        try (BenchServer server =
                new BenchServer(data, "--stadtkern.demo=false", "--stadtkern.chat.questions-per-minute=1000000")) {
            new ChatBench(server, table).run();
        }
    }

    private static void restarts(Table table, Path data, boolean cached, double limit) throws Exception {
        double[] seconds = new double[RUNS];
        double[] stops = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            try (BenchServer again = new BenchServer(data, cached)) {
                seconds[i] = again.secondsToFirstPage;
                stops[i] = again.stop();
            }
        }
        String with = cached ? ", with the AOT cache" : ", without AOT cache";
        double median = Table.median(seconds);
        table.add(
                "start to first page" + with,
                "%.1f s".formatted(median),
                "",
                "≤ %.0f s".formatted(limit),
                median <= limit);
        table.add("stop" + with, "%.1f s".formatted(Table.median(stops)), "", "≤ 10 s", Table.median(stops) <= 10);
    }

    private static void awaitDemo(BenchServer server) throws Exception {
        try (Connection database = server.database("town_jena_demo");
                Statement statement = database.createStatement()) {
            for (int i = 0; i < 1200; i++) {
                try (var rows = statement.executeQuery("select coalesce(sum(n), 0) from datastream_state")) {
                    rows.next();
                    if (rows.getLong(1) > 215_000) {
                        return;
                    }
                }
                Thread.sleep(50);
            }
        }
        throw new IOException("The demo town was not imported within a minute");
    }

    /// A thousand Datastreams of one Thing each, as plain rows.
    private void createDatastreams() throws Exception {
        try (Connection database = server.database(schema);
                Statement statement = database.createStatement()) {
            statement.execute("""
                insert into thing (name, description) select 'Zähler ' || i, '' from generate_series(1, 1000) i;
                insert into location (name, description, encoding_type, location, point, bbox)
                  select 'Ort ' || i, '', 'application/geo+json', jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array(11.5, 50.9)),
                    point(11.5, 50.9), box(point(11.5, 50.9), point(11.5, 50.9)) from generate_series(1, 1000) i;
                insert into thing_location select i, i from generate_series(1, 1000) i;
                insert into sensor (name, description, encoding_type, metadata) values ('S', '', 'text/plain', '""');
                insert into observed_property (name, definition, description, properties) values ('P', '', '', '{"aggregation": "sum"}');
                insert into datastream (name, description, observation_type, units, thing_id, sensor_id)
                  select 'Reihe ' || i, '', '', '[{"name": "Personen", "symbol": "1", "definition": "1"}]', i, 1 from generate_series(1, 1000) i;
                insert into datastream_observed_property select i, 0, 1 from generate_series(1, 1000) i;
                insert into datastream_state (datastream_id) select i from generate_series(1, 1000) i;
                """);
        }
    }

    private void single() throws Exception {
        Load.perSecond(32, WARM_UP, Bench::singlePosts);
        for (int connections : new int[] {1, 8, 32}) {
            Load.perSecond(connections, Duration.ofSeconds(3), Bench::singlePosts);
            Rates ours = new Rates();
            double[] floor = new double[RUNS];
            for (int i = 0; i < RUNS; i++) {
                ours.measure(1, () -> Load.perSecond(connections, RUN, Bench::singlePosts));
                Thread.sleep(REST);
                floor[i] = Floors.singleInserts(server, schema, connections, RUN);
                Thread.sleep(REST);
            }
            double bar = connections == 1 ? 0.4 : connections == 8 ? 0.5 : 0.6;
            compare("single POST, %d connections".formatted(connections), ours, floor, bar);
        }
    }

    private static byte[][] singlePosts(int connection) {
        byte[][] requests = new byte[997][];
        for (int i = 0; i < requests.length; i++) {
            int datastream = 1 + (connection * 31 + i) % 1000;
            requests[i] = Load.post(
                    "/sta/v1.1/Datastreams(%d)/Observations".formatted(datastream),
                    "{\"phenomenonTime\": \"%s\", \"resultTime\": \"%s\", \"result\": %d}"
                            .formatted(nextTime(), nextTime(), i));
        }
        return requests;
    }

    private static Instant nextTime() {
        return Instant.parse("2026-03-01T00:00:00Z").plusSeconds(SECOND.incrementAndGet());
    }

    private void arrays() throws Exception {
        Load.perSecond(4, WARM_UP, Bench::arrayPosts);
        Rates ours = new Rates();
        double[] floor = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            ours.measure(1_000, () -> Load.perSecond(4, RUN, Bench::arrayPosts));
            Thread.sleep(REST);
            floor[i] = Floors.multiRowInserts(server, schema, 4, RUN);
            Thread.sleep(REST);
        }
        compare("CreateObservations, arrays of 1,000, 4 connections (rows)", ours, floor, 0.4);
    }

    private static byte[][] arrayPosts(int connection) {
        byte[][] requests = new byte[4][];
        for (int i = 0; i < requests.length; i++) {
            StringBuilder rows = new StringBuilder();
            for (int row = 0; row < 1_000; row++) {
                rows.append(row == 0 ? "" : ",")
                        .append("[\"")
                        .append(nextTime())
                        .append("\",")
                        .append(row)
                        .append(']');
            }
            requests[i] = Load.post(
                    "/sta/v1.1/CreateObservations",
                    "[{\"Datastream\": {\"@iot.id\": %d}, \"components\": [\"phenomenonTime\", \"result\"], \"dataArray@iot.count\": 1000, \"dataArray\": [%s]}]"
                            .formatted(connection + 1, rows));
        }
        return requests;
    }

    /// The same inserts at the beginning of a fresh town and with ten million rows in it, in turn.
    private void growth() throws Exception {
        try (Connection database = server.database(schema)) {
            long rows = ReadingBench.count(database);
            IntFunction<byte[][]> posts = Bench::arrayPosts;
            Load.perSecond(4, WARM_UP, posts);
            double[] full = new double[RUNS];
            double[] empty = new double[RUNS];
            for (int i = 0; i < RUNS; i++) {
                full[i] = 1_000 * Load.perSecond(4, RUN, posts);
                Thread.sleep(REST);
                empty[i] = EmptyTown.arraysPerSecond(server, i, RUN);
                Thread.sleep(REST);
            }
            double share = Table.median(full) / Table.median(empty);
            table.add(
                    "growth: insert rate at %,d rows".formatted(rows),
                    Table.rate(Table.median(full)) + " = " + Table.percent(share),
                    "at 0: " + Table.rate(Table.median(empty)),
                    "≥ 85 %",
                    share >= 0.85);
        }
    }

    private void compare(String what, Rates ours, double[] floor, double bar) {
        double share = Table.median(ours.server) / Table.median(floor);
        table.add(
                what,
                "%s = %s (clients counted %s)"
                        .formatted(
                                Table.rate(Table.median(ours.server)),
                                Table.percent(share),
                                Table.rate(Table.median(ours.client))),
                Table.rate(Table.median(floor)),
                "≥ " + Table.percent(bar),
                share >= bar);
    }

    /// Rows a second of several runs: as the server counts what it has stored, and as its clients count answers.
    private final class Rates {

        private final double[] server = new double[RUNS];
        private final double[] client = new double[RUNS];
        private int runs;

        void measure(int rowsPerRequest, Callable<Double> run) throws Exception {
            double before = Bench.this.server.stored();
            client[runs] = rowsPerRequest * run.call();
            server[runs++] = (Bench.this.server.stored() - before) / (RUN.toNanos() / 1e9);
        }
    }
}
