package de.stadtkern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The Münster file into a fresh town each time, beside a plain COPY of the same values into another fresh town's
/// table.
final class ImportBench {

    private static final int RUNS = 5;
    private static final Path FILE = Path.of("src/main/resources/demo/muenster-radverkehr.csv.gz");
    private static final Path MAPPING = Path.of("src/main/resources/demo/muenster-radverkehr.yaml");
    private static final Pattern RATE = Pattern.compile("([0-9.,]+) rows/s");

    private final BenchServer server;
    private final Table table;

    ImportBench(BenchServer server, Table table) {
        this.server = server;
        this.table = table;
    }

    void run() throws Exception {
        double[] ours = new double[RUNS];
        double[] floor = new double[RUNS];
        double memory = 0;
        for (int i = -2; i < RUNS; i++) {
            String run = Long.toString(System.nanoTime(), 36);
            server.command("town", "add", "import-" + run, "Import " + run);
            server.command("town", "add", "copy-" + run, "Copy " + run);
            String output = server.command(
                    "import", FILE.toString(), "--mapping", MAPPING.toString(), "--town", "import-" + run);
            memory = Math.max(memory, server.memory());
            preparePartitions("town_import_" + run, "town_copy_" + run);
            double copied = Floors.copy(server, "town_import_" + run, "town_copy_" + run);
            if (i >= 0) {
                ours[i] = rate(output);
                floor[i] = copied;
            }
            Thread.sleep(3_000);
        }
        double share = Table.median(ours) / Table.median(floor);
        table.add(
                "import of the Münster file (rows)",
                Table.rate(Table.median(ours)) + " = " + Table.percent(share),
                "COPY " + Table.rate(Table.median(floor)),
                "≥ 50 %",
                share >= 0.5);
        table.add("memory of the process tree after imports (PSS)", Math.round(memory) + " MB", "", "", true);
    }

    /// The copy's town gets the partitions the import made.
    private void preparePartitions(String from, String to) throws Exception {
        try (var database = server.database(to);
                var statement = database.createStatement()) {
            statement.execute("""
                do $$ declare p record; begin
                  for p in select c.relname, pg_get_expr(c.relpartbound, c.oid) as bound from pg_inherits i join pg_class c on c.oid = i.inhrelid
                    where i.inhparent = '%s.observation'::regclass loop
                    execute format('create table if not exists %s.%%I partition of %s.observation %%s', p.relname, p.bound);
                  end loop;
                end $$
                """.formatted(from, to, to));
        }
    }

    private static double rate(String output) throws IOException {
        Matcher rate = RATE.matcher(output);
        double last = -1;
        while (rate.find()) {
            last = Double.parseDouble(rate.group(1).replace(",", ""));
        }
        if (last < 0) {
            throw new IOException("The import said: " + output);
        }
        return last;
    }
}
