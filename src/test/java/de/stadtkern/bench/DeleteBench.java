package de.stadtkern.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/// DELETE of what has a million Observations, among ten million others: how soon it is answered, whether the count is
/// right at once, and when the last row is gone.
final class DeleteBench {

    private static final String SCHEMA = "town_stadt";
    private static final int ROWS = 1_000_000;
    /// Of those that hold nothing but a few values of other benchmarks.
    private static final int DATASTREAM = 998;
    private static final int OBSERVING = 999;

    private final BenchServer server;
    private final Table table;

    DeleteBench(BenchServer server, Table table) {
        this.server = server;
        this.table = table;
    }

    void run() throws Exception {
        fill(DATASTREAM, "null");
        long feature = fill(OBSERVING, "currval(pg_get_serial_sequence('feature_of_interest', 'id'))");
        long before = counted();
        long there = number("select n from datastream_state where datastream_id = " + DATASTREAM);
        delete("Datastream", "Datastreams(" + DATASTREAM + ")");
        long from = System.nanoTime();
        long after = counted();
        double millis = (System.nanoTime() - from) / 1e6;
        table.add(
                "count of all Observations just after it, %,d fewer".formatted(before - after),
                Table.millis(millis),
                "",
                "%,d fewer".formatted(there),
                before - after == there);
        untilGone("Datastream", "select count(*) from datastream where id = " + DATASTREAM);
        delete("FeatureOfInterest", "FeaturesOfInterest(" + feature + ")");
        untilGone("FeatureOfInterest", "select count(*) from feature_of_interest where id = " + feature);
        long left = number(
                "select count(*) from observation where datastream_id = %d or datastream_id = %d and feature_id = %d"
                        .formatted(DATASTREAM, OBSERVING, feature));
        table.add("rows left of both", String.valueOf(left), "", "0", left == 0);
    }

    private void delete(String what, String path) throws Exception {
        double cpu = server.cpuSeconds();
        long from = System.nanoTime();
        server.delete("/sta/v1.1/" + path);
        double millis = (System.nanoTime() - from) / 1e6;
        table.add(
                "DELETE of a %s with %,d Observations among ten million".formatted(what, ROWS),
                Table.millis(millis),
                "",
                "≤ 1,000 ms",
                millis <= 1_000);
        System.out.printf("CPU of all processes until the answer: %.2f s%n", server.cpuSeconds() - cpu);
    }

    /// The job that takes the rows begins within half a minute, and that of a feature looks twice.
    private void untilGone(String what, String sql) throws Exception {
        long from = System.nanoTime();
        while (number(sql) > 0 && System.nanoTime() - from < TimeUnit.MINUTES.toNanos(10)) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        table.add(
                "until the last row of the %s is gone".formatted(what),
                Table.seconds(seconds),
                "",
                "≤ 120 s",
                seconds <= 120);
    }

    private long counted() throws Exception {
        String answer = server.get("/sta/v1.1/Observations?$count=true&$top=0");
        return Long.parseLong(answer.replaceAll("(?s).*\"@iot.count\":(\\d+).*", "$1"));
    }

    /// A value every half minute of 2025, by SQL like those of [ReadingBench].
    ///
    /// @return the last feature
    private long fill(int datastream, String feature) throws Exception {
        try (Connection database = server.database(SCHEMA);
                Statement statement = database.createStatement()) {
            statement.execute("""
                insert into feature_of_interest (name, description, encoding_type, feature)
                values ('Platz', '', 'application/geo+json', '{"type": "Point", "coordinates": [11.58, 50.92]}')
                """);
            statement.execute("""
                insert into observation (id, datastream_id, phenomenon_start, result, feature_id)
                select ((extract(epoch from t)::bigint / 3600) << 33) | (%1$d * 2000000 + i), %1$d, t, (random() * 100)::int, %2$s
                from (select i, timestamptz '2025-01-01 00:00:00+00' + i * interval '30 seconds' as t from generate_series(1, %3$d) i) x
                """.formatted(datastream, feature, ROWS));
            statement.execute("""
                insert into datastream_feature (datastream_id, feature_id)
                select %1$d, id from feature_of_interest where id = %2$s on conflict do nothing
                """.formatted(datastream, feature));
            statement.execute("""
                insert into datastream_state as s (datastream_id, n, phenomenon_min, phenomenon_max, last_start, last_id, last_result)
                select datastream_id, count(*), min(phenomenon_start), max(phenomenon_start), max(phenomenon_start),
                  (array_agg(id order by phenomenon_start desc))[1], (array_agg(result order by phenomenon_start desc))[1]
                from observation where datastream_id = %d group by 1
                on conflict (datastream_id) do update set n = excluded.n, phenomenon_min = excluded.phenomenon_min,
                  phenomenon_max = excluded.phenomenon_max, last_start = excluded.last_start, last_id = excluded.last_id, last_result = excluded.last_result
                """.formatted(datastream));
            statement.execute("vacuum analyze observation");
        }
        return number("select max(id) from feature_of_interest");
    }

    private long number(String sql) throws SQLException, java.io.IOException {
        try (Connection database = server.database(SCHEMA);
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
