package de.stadtkern.sensorthings;

import de.stadtkern.TestTown;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The observation store of one town, spoken to through its front doors; what it holds is printed as short lines.
public class StoreScenario {

    private final City city;
    private final JdbcClient jdbc;
    private final ObservationWriter writer;
    private final RollupWorker worker;
    private final MeasuringPoints points;

    public StoreScenario(ApplicationContext context, TestTown town) {
        city = town.city();
        jdbc = JdbcClient.create(context.getBean(DataSource.class));
        writer = context.getBean(ObservationWriter.class);
        worker = context.getBean(RollupWorker.class);
        points = context.getBean(MeasuringPoints.class);
    }

    public <T> T in(ScopedValue.CallableOp<T, RuntimeException> work) {
        return CityContext.call(city, work);
    }

    /// A Datastream with nothing but what must be, its Thing at 11.58 E, 50.92 N.
    public long datastream(String aggregation) {
        return in(() -> {
            long thing = id("insert into thing (name, description) values ('Zähler', '') returning id");
            long location = id("""
                insert into location (name, description, encoding_type, location, point, bbox)
                values ('Platz', '', 'application/geo+json', '{"type":"Point","coordinates":[11.58,50.92]}', point(11.58,50.92), box(point(11.58,50.92),point(11.58,50.92)))
                returning id
                """);
            jdbc.sql("insert into thing_location values (?, ?)")
                    .params(thing, location)
                    .update();
            long sensor =
                    id("insert into sensor (name, description, encoding_type, metadata) values ('S', '', 'text/plain',"
                            + " '\"\"') returning id");
            long property = jdbc.sql(
                            "insert into observed_property (name, definition, description, properties) values ('P',"
                                    + " '', '', jsonb_build_object('aggregation', ?::text)) returning id")
                    .param(aggregation)
                    .query(Long.class)
                    .single();
            long datastream =
                    jdbc.sql("""
                        insert into datastream (name, description, observation_type, units, thing_id, sensor_id)
                        values ('D', '', '', '[{"name":"Personen","symbol":"1","definition":""}]', ?, ?) returning id
                        """).params(thing, sensor).query(Long.class).single();
            jdbc.sql("insert into datastream_observed_property values (?, 0, ?)")
                    .params(datastream, property)
                    .update();
            jdbc.sql("insert into datastream_state (datastream_id) values (?)")
                    .param(datastream)
                    .update();
            return datastream;
        });
    }

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    public long write(long datastream, String time, double number) {
        return in(() -> writer.write(NewObservation.of(datastream, Instant.parse(time), number)));
    }

    public long[] write(Duplicates rule, NewObservation... rows) {
        return in(() -> writer.write(List.of(rows), rule));
    }

    public long[] writeAll(Duplicates rule, List<NewObservation> rows) {
        return in(() -> writer.write(rows, rule));
    }

    /// Numbers one minute apart, as one write.
    public void minutes(long datastream, String from, int count) {
        List<NewObservation> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(NewObservation.of(datastream, Instant.parse(from).plus(Duration.ofMinutes(i)), i));
        }
        writeAll(Duplicates.INSERT, rows);
    }

    public void rollUp() {
        in(() -> {
            worker.catchUpNow();
            return true;
        });
    }

    /// Rows of a table as the planner believes.
    public long believedRows(String table) {
        return in(() -> id("select reltuples::bigint from pg_class where oid = '%s'::regclass".formatted(table)));
    }

    /// `n first last latest` of the Datastream's total.
    public String total(long datastream) {
        return in(() -> jdbc.sql("select n || ' ' || coalesce(to_json(phenomenon_min)#>>'{}', '-') || ' ' ||"
                        + " coalesce(to_json(phenomenon_max)#>>'{}', '-') || ' ' || coalesce(last_result::text,"
                        + " last_json::text, '-') from datastream_state where datastream_id = ?")
                .param(datastream)
                .query(String.class)
                .single());
    }

    /// The same, counted from the Observations.
    public String recount(long datastream) {
        return in(() ->
                jdbc.sql("""
                    select count(*) || ' ' || coalesce(to_json(min(phenomenon_start))#>>'{}', '-') || ' ' || coalesce(to_json(max(coalesce(phenomenon_end, phenomenon_start)))#>>'{}', '-') || ' '
                      || coalesce((select coalesce(result::text, result_json::text) from observation where datastream_id = ? order by phenomenon_start desc, id desc limit 1), '-')
                    from observation where datastream_id = ?
                    """).params(datastream, datastream).query(String.class).single());
    }

    /// `start n sum` of each hour.
    public String hours(long datastream, String from, String to) {
        return print(in(() -> points.hours(datastream, Instant.parse(from), Instant.parse(to))));
    }

    public String days(long datastream, String from, String to) {
        return print(in(() -> points.days(datastream, LocalDate.parse(from), LocalDate.parse(to))));
    }

    public String weeks(long datastream, String from, String to) {
        return print(in(() -> points.weeks(datastream, LocalDate.parse(from), LocalDate.parse(to))));
    }

    public String months(long datastream, String from, String to) {
        return print(in(() -> points.months(datastream, LocalDate.parse(from), LocalDate.parse(to))));
    }

    /// `seconds` of the usual distance between values, `-` if there is none.
    public String usualInterval(long datastream) {
        Duration usual = in(() -> points.usualIntervals(List.of(datastream))).get(datastream);
        return usual == null ? "-" : String.valueOf(usual.toSeconds());
    }

    private static String print(List<Bucket> buckets) {
        return buckets.stream()
                .map(bucket -> "%s %d %s".formatted(bucket.start(), bucket.n(), number(bucket.sum())))
                .collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /// All results of a Datastream in order of time.
    public String results(long datastream) {
        return in(() -> jdbc.sql("select coalesce(string_agg(coalesce(result::text, result_json::text), ' ' order by"
                        + " phenomenon_start, id), '') from observation where datastream_id = ?")
                .param(datastream)
                .query(String.class)
                .single());
    }

    public long number(String sql) {
        return in(() -> jdbc.sql(sql).query(Long.class).single());
    }

    public String text(String sql) {
        return in(() -> jdbc.sql(sql).query(String.class).single());
    }

    public void execute(String sql) {
        in(() -> jdbc.sql(sql).update());
    }
}
