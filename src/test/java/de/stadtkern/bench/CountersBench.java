package de.stadtkern.bench;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Two hundred counters with ten years of hours, 17.5 million values: what people see of them, and the night in which
/// all of them are learned anew. The hours are written straight into the tables; how they come there is measured with
/// the imports.
final class CountersBench {

    private static final int COUNTERS = 200;
    private static final int REQUESTS = 60;
    private static final double MOST_MILLIS = 60;
    private static final int DAYS_BEFORE = 30;
    private static final int LATE = 11;
    private static final int WARM_ROUNDS = 8;
    private static final int LATE_AT_ONCE = 100;
    private static final String ROUND = "stadtkern_footfall_hours_duration_seconds";

    private final BenchServer server;
    private final Table table;
    private final String schema;

    CountersBench(BenchServer server, Table table, String schema) {
        this.server = server;
        this.table = table;
        this.schema = schema;
    }

    void run() throws Exception {
        fill();
        learnAll();
        for (Map.Entry<String, String> view : views().entrySet()) {
            measure(view.getKey(), view.getValue());
        }
        lateValues();
    }

    /// Busy by day and quiet at night, with weekends, seasons and chance; each counter of a size of its own.
    private void fill() throws Exception {
        try (Connection database = server.database(schema);
                Statement statement = database.createStatement()) {
            statement.execute("""
                insert into thing (name, description) select 'Zählstelle ' || i, '' from generate_series(1, %1$d) i;
                insert into footfall_counter (slug, thing_id, name, place, technique, since, hours_until, learn_at)
                  select 'stelle-' || i, (select min(id) from thing where name = 'Zählstelle ' || i), 'Zählstelle ' || i, 'Straße ' || i, 'Laser',
                    current_date - 3652, date_trunc('hour', now()), 'infinity'
                  from generate_series(1, %1$d) i;
                select setseed(0.5);
                insert into footfall_hour (counter_id, hour, counted, value, state, completeness, method, since, settled_at)
                  select id, hour, n, n, 'measured', 1, 1, hour + interval '1 hour', hour + interval '2 hours'
                  from (
                    select c.id, hour, round((20 + c.id %% 17 * 40)
                      * (0.05 + greatest(0, sin((extract(hour from hour at time zone 'Europe/Berlin') - 6) / 16.0 * pi())))
                      * (case when extract(isodow from hour at time zone 'Europe/Berlin') = 7 then 0.4 else 1 end)
                      * (1 + 0.3 * sin(extract(doy from hour) / 58.0))
                      * (0.8 + 0.4 * random())) as n
                    from footfall_counter c,
                      generate_series(date_trunc('day', now()) - interval '3652 days', date_trunc('hour', now()) - interval '1 hour', interval '1 hour') hour
                  ) made order by 1, 2;
                insert into footfall_day (counter_id, day, counted, estimated, hours_counted, hours_estimated, hours_excused, hours_missing)
                  select counter_id, (hour at time zone 'Europe/Berlin')::date, sum(value), 0, count(*), 0, 0, 0 from footfall_hour group by 1, 2;
                insert into footfall_basket (counters, base_from, base_to)
                  select array_agg(id order by id), date '2019-01-01', date '2019-12-01' from (select id from footfall_counter order by id limit 12) c;
                """.formatted(COUNTERS));
            statement.execute("vacuum (freeze, analyze)");
            try (var rows = statement.executeQuery("select count(*) from footfall_hour")) {
                rows.next();
                System.out.println("hours of counters: " + rows.getLong(1));
            }
        }
    }

    /// The night's work, by the job that does it.
    private void learnAll() throws Exception {
        try (Connection database = server.database(schema);
                Statement statement = database.createStatement()) {
            statement.execute("update footfall_counter set learn_at = now() where learn_at = 'infinity'");
            long begun = 0;
            while (true) {
                try (var rows = statement.executeQuery(
                        "select count(*), count(*) filter (where learn_at > now()) from footfall_counter")) {
                    rows.next();
                    // From the first one: before that the job has not looked yet.
                    begun = begun == 0 && rows.getInt(2) > 0 ? System.nanoTime() : begun;
                    if (rows.getInt(1) == rows.getInt(2)) {
                        break;
                    }
                }
                Thread.sleep(100);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            table.add(
                    "200 counters with ten years of hours learned anew, in one night",
                    "%.0f s".formatted(seconds),
                    "",
                    "≤ 300 s",
                    seconds <= 300);
        }
    }

    private static Map<String, String> views() {
        LocalDate yesterday = LocalDate.now(ZoneId.of("Europe/Berlin")).minusDays(1);
        String six = IntStream.rangeClosed(1, 6)
                .mapToObj(number -> "place=stelle-" + number)
                .collect(Collectors.joining("&"));
        Map<String, String> views = new LinkedHashMap<>();
        views.put("all counters", "/footfall");
        views.put("one counter", "/footfall/stelle-7");
        views.put("one counter, a day nine years ago", "/footfall/stelle-7?day=" + yesterday.minusYears(9));
        views.put("one counter inside another page", "/embed/footfall/stelle-7");
        views.put("six places, four weeks against those before", "/footfall/compare?" + six);
        views.put(
                "six places, a year against the one before",
                "/footfall/compare?%s&with=year&from=%s&to=%s".formatted(six, yesterday.minusDays(364), yesterday));
        views.put("index of twelve", "/footfall/index");
        views.put(
                "effect of an event, two places and two others",
                "/footfall/effect?place=stelle-1&place=stelle-2&control=stelle-3&control=stelle-4&from=%1$s&to=%1$s"
                        .formatted(yesterday.minusDays(20)));
        views.put("month of twelve places", "/footfall/month");
        views.put("quality of all", "/footfall/quality");
        views.put("quality of one", "/footfall/stelle-7/quality");
        views.put("sign of one", "/footfall/stelle-7/sign");
        return views;
    }

    private void measure(String name, String path) throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            server.get(path);
        }
        double[] millis = new double[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            long from = System.nanoTime();
            server.get(path);
            millis[i] = (System.nanoTime() - from) / 1e6;
        }
        Arrays.sort(millis);
        double median = millis[REQUESTS / 2];
        table.add(
                "200 counters, ten years: " + name,
                "p50 %s, p95 %s".formatted(Table.millis(median), Table.millis(millis[REQUESTS * 95 / 100])),
                "",
                "p50 ≤ 60 ms",
                median <= MOST_MILLIS);
    }

    /// One counter more, of a real Datastream: values that come days late, one after the other, and what the server
    /// says each of them took it, from looking at the mark to the end of the commit. It is made warm with rounds of
    /// many late hours, because it looks every few seconds only.
    private void lateValues() throws Exception {
        try (Connection database = server.database(schema);
                Statement statement = database.createStatement()) {
            statement.execute("""
                insert into thing (name, description) values ('Zählstelle für Verspätetes', '');
                insert into datastream (name, description, observation_type, units, thing_id, sensor_id)
                  select 'Personen', '', '', '[{"name": "Personen", "symbol": "1", "definition": "1"}]', max(id), (select min(id) from sensor) from thing;
                insert into datastream_observed_property select max(id), 0, (select min(id) from observed_property) from datastream;
                insert into datastream_state (datastream_id) select max(id) from datastream;
                insert into footfall_counter (slug, thing_id, name, place, technique, since, learn_at)
                  select 'spaet', max(id), 'Zählstelle für Verspätetes', '', 'Laser', current_date - 30, 'infinity' from thing;
                insert into footfall_channel (counter_id, position, datastream_id, role)
                  select max(c.id), 0, max(d.id), 'total' from footfall_counter c, datastream d;
                """);
            long datastream = number(statement, "select max(id) from datastream");
            Instant last = Instant.now().truncatedTo(ChronoUnit.HOURS);
            for (int hour = 1; hour <= DAYS_BEFORE * 24; hour++) {
                post(datastream, last.minus(hour, ChronoUnit.HOURS), 100);
            }
            String known = "select count(*) from footfall_hour h join footfall_counter c on c.id = h.counter_id"
                    + " where c.slug = 'spaet' and h.value is not null";
            await(statement, known, DAYS_BEFORE * 24 - 3);
            for (int round = 0; round < WARM_ROUNDS; round++) {
                for (int value = 0; value < LATE_AT_ONCE; value++) {
                    Instant hour = last.minus(200 + 5 * value, ChronoUnit.HOURS);
                    post(datastream, hour.plus(10 + round, ChronoUnit.MINUTES), 1);
                }
                await(statement, known + " and h.value = " + (101 + round), LATE_AT_ONCE);
            }
            double[] millis = new double[LATE];
            for (int value = 0; value < LATE; value++) {
                Instant hour = last.minus(100 + 7 * value, ChronoUnit.HOURS);
                double before = server.figure(ROUND + "_sum");
                post(datastream, hour.plus(30, ChronoUnit.MINUTES), 50);
                await(statement, known + " and h.value = 150 and h.hour = '" + hour + "'", 1);
                millis[value] = (server.figure(ROUND + "_sum") - before) * 1_000;
            }
            Arrays.sort(millis);
            double median = millis[LATE / 2];
            table.add(
                    "200 counters, ten years: one late value",
                    "p50 %s, most %s".formatted(Table.millis(median), Table.millis(millis[LATE - 1])),
                    "",
                    "p50 ≤ 20 ms",
                    median <= 20);
        }
    }

    private void post(long datastream, Instant start, int count) throws Exception {
        server.post(
                "/sta/v1.1/Datastreams(%d)/Observations".formatted(datastream),
                "{\"phenomenonTime\": \"%s\", \"result\": %d}".formatted(start, count));
    }

    private static long number(Statement statement, String sql) throws Exception {
        try (var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void await(Statement statement, String sql, long least) throws Exception {
        for (int i = 0; i < 1_200; i++) {
            if (number(statement, sql) >= least) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("Not within a minute: " + sql);
    }
}
