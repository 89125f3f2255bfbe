package de.stadtkern.bench;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// Reads at ten million Observations (a hundred with the word `hundred`): 285 Datastreams with a value every quarter of
/// an hour for a year, the others with
/// a few. SensorThings is asked of 1,000 Things with five Datastreams each and fifty ObservedProperties.
final class ReadingBench {

    private static final int RUNS = 5;
    private static final int ASKED = 300;
    private static final long ASKING_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final String SCHEMA = "town_stadt";
    private static final String LATEST = "latest of 1,000 Datastreams";
    private static final String SINCE = "2025-06-01T00:00:00Z";
    private static final Map<String, String> STEADY = steady();

    private final BenchServer server;
    private final Table table;
    private final int years;
    private final Set<Integer> filled = new HashSet<>();
    private boolean hasGrown;

    /// @param years of ten million Observations each, up to 2025
    ReadingBench(BenchServer server, Table table, int years) {
        this.server = server;
        this.table = table;
        this.years = years;
    }

    void run() throws Exception {
        grow();
        double latest = answer(LATEST, "/api/v1/latest");
        double latestFloor =
                floor("select d.id, d.name, s.last_start, s.last_result from datastream d join datastream_state s on"
                        + " s.datastream_id = d.id");
        table.addTime(
                "latest value of each of 1,000 Datastreams, one request",
                Table.millis(latest),
                latest,
                latestFloor,
                30);
        double days = answer("a year by day", "/api/v1/datastreams/7/days?from=2025-01-01&to=2026-01-01");
        double daysFloor =
                floor("select day, n, sum, min, max, first, last from rollup_day where datastream_id = 7 and day >="
                        + " '2025-01-01' and day < '2026-01-01' order by day");
        table.addTime("one year of one Datastream by day", Table.millis(days), days, daysFloor, 10);
    }

    /// What is not to be slower with ten times as many Observations: latest values, counts and pages.
    private static Map<String, String> steady() {
        String newest = "/sta/v1.1/Datastreams?$top=1000&$expand=";
        String since = "Observations?$top=1000&$filter=phenomenonTime%20ge%20" + SINCE;
        Map<String, String> questions = new LinkedHashMap<>();
        questions.put(LATEST, "/api/v1/latest");
        questions.put(
                "newest of 1,000 by nested $top=1", newest + "Observations($top=1;$orderby=phenomenonTime%20desc)");
        questions.put("newest of 1,000 by LatestObservation", newest + "LatestObservation");
        questions.put("count of all Observations", "/sta/v1.1/Observations?$count=true&$top=0");
        questions.put(
                "count of one Datastream's Observations", "/sta/v1.1/Datastreams(7)/Observations?$count=true&$top=0");
        questions.put("page of 1,000 Observations by time, all Datastreams", "/sta/v1.1/" + since);
        questions.put("page of 1,000 Observations by time, one Datastream", "/sta/v1.1/Datastreams(7)/" + since);
        return questions;
    }

    /// At ten million first, then with nine years more before them, on the same server.
    private void grow() throws Exception {
        if (years == 1 || hasGrown) {
            fill();
            return;
        }
        hasGrown = true;
        fill(1);
        Map<String, Double> few = new LinkedHashMap<>();
        for (Map.Entry<String, String> question : STEADY.entrySet()) {
            few.put(question.getKey(), answer(question.getKey() + ", at ten million", question.getValue()));
        }
        fill();
        for (Map.Entry<String, String> question : STEADY.entrySet()) {
            String what = question.getKey() + ", at %d million".formatted(years * 10);
            double before = few.get(question.getKey());
            double now = answer(what, question.getValue());
            table.add(
                    what,
                    Table.millis(now) + " = %.2f ×".formatted(now / before),
                    "at ten million: " + Table.millis(before),
                    "≤ 1.5 ×",
                    now <= 1.5 * before);
        }
    }

    /// The read lines of the SensorThings service, each beside what bare SQL needs for the same rows.
    void sensorThings() throws Exception {
        grow();
        widen();
        ask(
                "newest Observation of 1,000 Datastreams by nested $expand",
                "Things?$top=200&$expand=Datastreams($expand=Observations($top=1;$orderby=phenomenonTime%20desc))",
                "select t.*, d.*, s.* from thing t join datastream d on d.thing_id = t.id join datastream_state s on"
                        + " s.datastream_id = d.id where t.id <= 200",
                40);
        twoWaysToTheNewest();
        String since = SINCE;
        page(
                "page of 1,000 Observations by time, all Datastreams",
                "Observations?$top=1000&$filter=phenomenonTime%20ge%20" + since,
                page("true", since));
        page(
                "page of 1,000 Observations by time, one Datastream",
                "Datastreams(7)/Observations?$top=1000&$filter=phenomenonTime%20ge%20" + since,
                page("datastream_id = 7", since));
        ask("count of all Observations", "Observations?$count=true&$top=0", "select sum(n) from datastream_state", 5);
        ask(
                "count of one Datastream's Observations",
                "Datastreams(7)/Observations?$count=true&$top=0",
                "select n from datastream_state where datastream_id = 7",
                5);
        countSince(
                "count of all Observations since a time",
                "Observations?$count=true&$top=0&$filter=phenomenonTime%20ge%20" + since,
                "select sum(n) from rollup_day where day >= '2025-06-01'");
        countSince(
                "count of one Datastream's Observations since a time",
                "Datastreams(7)/Observations?$count=true&$top=0&$filter=phenomenonTime%20ge%20" + since,
                "select sum(n) from rollup_day where datastream_id = 7 and day >= '2025-06-01'");
        ask(
                "100 Observations by ObservedProperty and time",
                "Observations?$top=100&$filter=Datastream/ObservedProperty/name%20eq%20'P%207'%20and%20phenomenonTime%20ge%20"
                        + since,
                "select o.* from datastream_observed_property p cross join lateral (select * from observation where"
                        + " datastream_id = p.datastream_id and phenomenon_start >= '" + since
                        + "' order by phenomenon_start, id limit 100) o where p.observed_property_id = 7 order by"
                        + " o.phenomenon_start, o.id limit 100",
                30);
        ask(
                "one year of 100 Datastreams by day with $apply",
                "Observations?$apply=filter(Datastream/id%20le%20100)/groupby((Datastream,bucket(phenomenonTime,'day')),"
                    + "aggregate(result%20with%20average%20as%20mean))",
                "select datastream_id, day, sum / n from rollup_day where datastream_id <= 100 order by 1, 2",
                BareAnswers::days,
                60);
        fillLocations();
        ask(
                "1,000 of 100,000 Locations within a polygon",
                "Locations?$top=1000&$select=id,name&$filter=st_within(location,geography'POLYGON((11.0%2050.0,11.1%2050.0,"
                    + "11.1%2050.1,11.0%2050.1,11.0%2050.0))')",
                "select id, name from location where point <@ polygon"
                        + " '((11.0,50.0),(11.1,50.0),(11.1,50.1),(11.0,50.1))' limit 1000",
                50);
        csv();
    }

    /// The nested `$expand` that every client knows is to be as fast as the short word for it.
    private void twoWaysToTheNewest() throws Exception {
        String datastreams = "/sta/v1.1/Datastreams?$top=1000&$expand=";
        double named = answer("newest of 1,000 by LatestObservation", datastreams + "LatestObservation");
        double nested = answer(
                "newest of 1,000 by nested $top=1",
                datastreams + "Observations($top=1;$orderby=phenomenonTime%20desc)");
        table.add(
                "newest Observation of 1,000 Datastreams: nested $top=1 beside LatestObservation",
                Table.millis(nested),
                Table.millis(named),
                "≤ 1.2 ×",
                nested <= 1.2 * named);
    }

    /// A grid of points, of which a hundredth lies in one corner.
    private void fillLocations() throws Exception {
        try (Connection database = server.database(SCHEMA);
                Statement statement = database.createStatement()) {
            statement.execute("""
                insert into location (name, description, encoding_type, location, point, bbox)
                select 'Ort ' || n, '', 'application/geo+json',
                  jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array(x, y)), point(x, y), box(point(x, y), point(x, y))
                from (select n, 11.0005 + n % 1000 * 0.001 as x, 50.005 + n / 1000 * 0.01 as y from generate_series(0, 99999) n) grid
                where (select count(*) from location) < 100000
                """);
            statement.execute("vacuum analyze location");
        }
    }

    private void csv() throws Exception {
        double answer = answer(
                "a million as CSV",
                "/sta/v1.1/Observations?$resultFormat=CSV&$select=phenomenonTime,result&$top=1000000");
        double floor;
        try (Connection database = server.database(SCHEMA)) {
            CopyManager copy = database.unwrap(PGConnection.class).getCopyAPI();
            floor = median(() -> copy.copyOut(
                    "copy (select phenomenon_start, result from observation order by phenomenon_start, id limit"
                            + " 1000000) to stdout csv",
                    OutputStream.nullOutputStream()));
        }
        table.add(
                "1,000,000 Observations as CSV",
                Table.millis(answer),
                Table.millis(floor),
                "≤ 2 × COPY",
                answer <= 2 * floor);
    }

    private static String page(String where, String since) {
        return "select %s from observation where %s and phenomenon_start >= '%s' order by phenomenon_start, id limit 1000"
                .formatted(BareAnswers.OBSERVATION, where, since);
    }

    private void ask(String what, String path, String sql, double most) throws Exception {
        ask(what, path, sql, ReadingBench::count, most);
    }

    private void ask(String what, String path, String sql, Reading reading, double most) throws Exception {
        double answer = answer(what, "/sta/v1.1/" + path);
        double floor = floor(sql, reading);
        table.addTime(what, Table.millis(answer) + " = " + Table.percent(floor / answer), answer, floor, most);
    }

    private void countSince(String what, String path, String sql) throws Exception {
        table.addTime(what, answer(what, "/sta/v1.1/" + path), floor(sql));
    }

    /// A page has two bars: a time, and a share of the rows a second of a bare program that prints the same.
    private void page(String what, String path, String sql) throws Exception {
        double answer = answer(what, "/sta/v1.1/" + path);
        double floor = floor(sql, BareAnswers::observations);
        table.addTime(what, Table.millis(answer), answer, floor, 6);
        table.add(
                what + ", rows",
                Table.rate(1_000_000 / answer) + " = " + Table.percent(floor / answer),
                Table.rate(1_000_000 / floor),
                "≥ 60 %",
                floor / answer >= 0.6);
    }

    private double answer(String what, String path) throws Exception {
        try (Load.Reader reader = new Load.Reader()) {
            warmUp(() -> reader.get(path));
            double cpu = server.cpuSeconds();
            double[] sorted = millis(() -> reader.get(path), ASKED);
            table.detail(what, sorted, (server.cpuSeconds() - cpu) * 1_000 / sorted.length, server.memoryByProgram());
            return Table.median(sorted);
        }
    }

    /// What the floor does with its rows.
    private interface Reading {
        int read(ResultSet rows) throws SQLException;
    }

    private static int count(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count += rows.getObject(1) == null ? 0 : 1;
        }
        return count;
    }

    /// All of them into an archive and out of it into another town, by the commands an operator gives.
    void backUp() throws Exception {
        fill();
        Path archive = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench-data")), "backup")
                .resolve("town.zip")
                .toAbsolutePath();
        double written = seconds(() -> server.command("backup", archive.toString()));
        table.add("backup of ten million Observations", Table.seconds(written), "", "≤ 180 s", written <= 180);
        double restored =
                seconds(() -> server.command("restore", archive.toString(), "--town", "stadt", "--as", "restored"));
        table.add("restore of ten million Observations", Table.seconds(restored), "", "≤ 180 s", restored <= 180);
        System.out.println("The archive has %,d bytes".formatted(Files.size(archive)));
        Files.delete(archive);
        server.command("town", "remove", "restored", "--confirm", "Meine Stadt");
    }

    private static double seconds(Question question) throws Exception {
        long from = System.nanoTime();
        question.ask();
        return (System.nanoTime() - from) / 1e9;
    }

    /// The rows themselves by SQL, because ten million by HTTP would take minutes; totals and roll-ups as the writer
    /// and the worker would leave them.
    void fill() throws SQLException, java.io.IOException, InterruptedException {
        fill(years);
    }

    /// @param years of ten million Observations each, up to 2025; those that are there already stay as they are
    private void fill(int years) throws SQLException, java.io.IOException, InterruptedException {
        try (Connection database = server.database(SCHEMA);
                Statement statement = database.createStatement()) {
            boolean isNew = false;
            for (int year = 2026 - years; year < 2026; year++) {
                if (filled.add(year)) {
                    fill(statement, year);
                    isNew = true;
                }
            }
            if (!isNew) {
                return;
            }
            statement.execute("""
                insert into datastream_state as s (datastream_id, n, phenomenon_min, phenomenon_max, last_start, last_id, last_result)
                select datastream_id, count(*), min(phenomenon_start), max(phenomenon_start), max(phenomenon_start),
                  (array_agg(id order by phenomenon_start desc))[1], (array_agg(result order by phenomenon_start desc))[1]
                from observation group by 1
                on conflict (datastream_id) do update set n = excluded.n, phenomenon_min = excluded.phenomenon_min,
                  phenomenon_max = excluded.phenomenon_max, last_start = excluded.last_start, last_id = excluded.last_id, last_result = excluded.last_result
                """);
            statement.execute("""
                insert into dirty_log (datastream_id, hour_from, hour_to, marked_at)
                select d, '%d-01-01 00:00:00+00', '2026-01-01 00:00:00+00', now() - interval '1 hour' from generate_series(1, 285) d
                """.formatted(2026 - years));
            statement.execute("vacuum analyze");
        }
        rollUp();
    }

    private static void fill(Statement statement, int year) throws SQLException {
        System.out.printf("Filling the store with ten million Observations of %d …%n", year);
        statement.execute("""
            create table if not exists observation_%1$d partition of observation
            for values from ('%1$d-01-01 00:00:00+00') to ('%2$d-01-01 00:00:00+00')
            """.formatted(year, year + 1));
        for (int from = 1; from <= 285; from += 15) {
            statement.execute("""
                insert into observation (id, datastream_id, phenomenon_start, result, feature_id)
                select ((extract(epoch from t)::bigint / 3600) << 33) | (d * 40000 + extract(epoch from t)::bigint / 900 %% 35040), d, t, (random() * 100)::int, 1
                from generate_series(timestamptz '%3$d-01-01 00:00:00+00', timestamptz '%3$d-12-31 23:45:00+00', interval '15 minutes') t, generate_series(%1$d, %2$d) d
                """.formatted(from, Math.min(285, from + 14), year));
        }
    }

    /// Four more Datastreams for each Thing, with a day of hourly values, and fifty ObservedProperties among them all.
    private void widen() throws SQLException, java.io.IOException, InterruptedException {
        try (Connection database = server.database(SCHEMA);
                Statement statement = database.createStatement()) {
            statement.execute("""
                insert into observed_property (name, definition, description) select 'P ' || n, '', '' from generate_series(2, 50) n;
                insert into datastream (name, description, observation_type, units, thing_id, sensor_id)
                  select 'Reihe ' || i, '', '', '[{"name": "Grad", "symbol": "°C", "definition": "1"}]', 1 + i % 1000, 1 from generate_series(1001, 5000) i;
                delete from datastream_observed_property;
                insert into datastream_observed_property select i, 0, 1 + i % 50 from generate_series(1, 5000) i;
                insert into observation (id, datastream_id, phenomenon_start, result, feature_id)
                  select ((extract(epoch from t)::bigint / 3600) << 33) | (500000000 + d), d, t, (random() * 100)::int, 1
                  from generate_series(timestamptz '2025-07-01 00:00:00+00', timestamptz '2025-07-01 23:00:00+00', interval '1 hour') t, generate_series(1001, 5000) d;
                insert into datastream_state (datastream_id, n, phenomenon_min, phenomenon_max, last_start, last_id, last_result)
                  select datastream_id, count(*), min(phenomenon_start), max(phenomenon_start), max(phenomenon_start),
                    (array_agg(id order by phenomenon_start desc))[1], (array_agg(result order by phenomenon_start desc))[1]
                  from observation where datastream_id > 1000 group by 1;
                insert into dirty_log (datastream_id, hour_from, hour_to, marked_at)
                  select d, '2025-07-01 00:00:00+00', '2025-07-02 00:00:00+00', now() - interval '1 hour' from generate_series(1001, 5000) d;
                """);
            statement.execute("vacuum analyze");
        }
        rollUp();
    }

    private void rollUp() throws SQLException, java.io.IOException, InterruptedException {
        // A write wakes the worker, which then builds what the marks ask for.
        server.post("/sta/v1.1/Datastreams(1000)/Observations", "{\"result\": 1}");
        try (Connection database = server.database(SCHEMA);
                Statement statement = database.createStatement()) {
            for (int i = 0; i < 3_600; i++) {
                try (ResultSet rows = statement.executeQuery("select count(*) from dirty_log")) {
                    rows.next();
                    if (rows.getLong(1) == 0) {
                        break;
                    }
                }
                TimeUnit.SECONDS.sleep(1);
            }
            statement.execute("vacuum analyze rollup_day");
            statement.execute("vacuum analyze rollup_hour");
        }
    }

    static long count(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("select coalesce(sum(n), 0) from datastream_state")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private interface Question {
        void ask() throws Exception;
    }

    private static double median(Question question) throws Exception {
        warmUp(question);
        return Table.median(millis(question, ASKED));
    }

    private static void warmUp(Question question) throws Exception {
        for (long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(15); System.nanoTime() < until; ) {
            question.ask();
        }
    }

    /// Sorted. Not all of them where one takes long.
    private static double[] millis(Question question, int times) throws Exception {
        double[] millis = new double[times];
        long until = System.nanoTime() + ASKING_NANOS;
        int asked = 0;
        while (asked < RUNS || asked < times && System.nanoTime() < until) {
            long from = System.nanoTime();
            question.ask();
            millis[asked++] = (System.nanoTime() - from) / 1e6;
        }
        double[] sorted = Arrays.copyOf(millis, asked);
        Arrays.sort(sorted);
        return sorted;
    }

    private double floor(String sql) throws Exception {
        return floor(sql, ReadingBench::count);
    }

    private double floor(String sql, Reading reading) throws Exception {
        try (Connection database = server.database(SCHEMA);
                var statement = database.prepareStatement(sql)) {
            return median(() -> {
                try (ResultSet rows = statement.executeQuery()) {
                    reading.read(rows);
                }
            });
        }
    }
}
