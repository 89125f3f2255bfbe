package de.stadtkern.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/// The best bare programs for the same questions, on the same server and the same table with its indexes.
final class Floors {

    private static final AtomicLong NUMBER = new AtomicLong(1L << 32);
    private static final long HOUR_2026_MARCH = 492_000L;

    private Floors() {}

    private static long id() {
        return (HOUR_2026_MARCH << 33) | NUMBER.incrementAndGet();
    }

    /// Committed single-row inserts a second with `pgbench -M prepared` over TCP.
    static double singleInserts(BenchServer server, String schema, int clients, Duration duration)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("single", ".sql");
        Files.writeString(script, """
            \\set i random(1, 9000000000000000)
            \\set d random(1, 1000)
            insert into observation (id, datastream_id, phenomenon_start, result, feature_id) values (:i, :d, now(), 1.5, 1);
            """);
        ProcessBuilder builder = new ProcessBuilder(
                        "pgbench",
                        "-n",
                        "-M",
                        "prepared",
                        "-c",
                        String.valueOf(clients),
                        "-j",
                        String.valueOf(Math.min(2, clients)),
                        "-T",
                        String.valueOf(duration.toSeconds()),
                        "-f",
                        script.toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(server.databasePort()),
                        "-U",
                        "stadtkern",
                        "postgres")
                .redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", server.databasePassword());
        builder.environment().put("PGOPTIONS", "-c search_path=" + schema);
        Process pgbench = builder.start();
        String output = new String(pgbench.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        pgbench.waitFor();
        Files.delete(script);
        Matcher tps = Pattern.compile("tps = ([0-9.]+)").matcher(output);
        if (!tps.find()) {
            throw new IOException("pgbench said: " + output);
        }
        return Double.parseDouble(tps.group(1));
    }

    /// Rows a second of multi-row `INSERT … VALUES` of 1,000 rows in one transaction each, on several connections.
    static double multiRowInserts(BenchServer server, String schema, int connections, Duration duration)
            throws Exception {
        String sql = "insert into observation (id, datastream_id, phenomenon_start, result, feature_id) values "
                + "(?, ?, ?, ?, ?),".repeat(999) + "(?, ?, ?, ?, ?)";
        long deadline = System.nanoTime() + duration.toNanos();
        List<Future<Long>> counts = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                int datastream = i + 1;
                counts.add(threads.submit(() -> insertUntil(server, schema, sql, datastream, deadline)));
            }
            long rows = 0;
            for (Future<Long> count : counts) {
                rows += count.get();
            }
            return rows / (duration.toNanos() / 1e9);
        }
    }

    private static long insertUntil(BenchServer server, String schema, String sql, int datastream, long deadline)
            throws IOException, SQLException {
        try (Connection connection = server.database(schema);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            long rows = 0;
            long time = 1_771_200_000_000L;
            while (System.nanoTime() < deadline) {
                int at = 1;
                for (int row = 0; row < 1_000; row++) {
                    statement.setLong(at++, id());
                    statement.setLong(at++, datastream);
                    statement.setTimestamp(at++, new Timestamp(time += 1000));
                    statement.setDouble(at++, row);
                    statement.setLong(at++, 1);
                }
                rows += statement.executeUpdate();
            }
            return rows;
        }
    }

    /// Rows a second of one plain `COPY` of values that are there already in another town.
    static double copy(BenchServer server, String fromSchema, String toSchema) throws Exception {
        var text = new java.io.ByteArrayOutputStream();
        try (Connection from = server.database(fromSchema)) {
            from.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (select id, datastream_id, phenomenon_start, phenomenon_end, result, feature_id from"
                                    + " observation order by id) to stdout",
                            text);
        }
        try (Connection to = server.database(toSchema)) {
            long start = System.nanoTime();
            long rows = to.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy observation (id, datastream_id, phenomenon_start, phenomenon_end, result,"
                                    + " feature_id) from stdin",
                            new ByteArrayInputStream(text.toByteArray()));
            return rows / ((System.nanoTime() - start) / 1e9);
        }
    }
}
