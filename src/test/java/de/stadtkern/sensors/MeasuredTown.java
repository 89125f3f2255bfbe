package de.stadtkern.sensors;

import de.stadtkern.TestTown;
import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.ObservationWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A town with measuring points, one built after the other: first the point, then what it measures, then the values.
public final class MeasuredTown {

    private final TestTown town;
    private final JdbcClient jdbc;
    private final ObservationWriter writer;
    private long thing;
    private long datastream;

    public MeasuredTown(ApplicationContext context, TestTown town) {
        this.town = town;
        jdbc = JdbcClient.create(context.getBean(DataSource.class));
        writer = context.getBean(ObservationWriter.class);
    }

    public MeasuredTown point(String name, String description, String properties) {
        thing = id(
                "insert into thing (name, description, properties) values (?, ?, ?::jsonb) returning id",
                name,
                description,
                properties);
        return this;
    }

    /// Where the point just made is.
    public MeasuredTown at(double longitude, double latitude) {
        long location = id("""
            insert into location (name, description, encoding_type, location, point, bbox)
            values ('Ort', '', 'application/geo+json', '{}', point(?, ?), box(point(?, ?), point(?, ?))) returning id
            """, longitude, latitude, longitude, latitude, longitude, latitude);
        update("insert into thing_location values (?, ?)", thing, location);
        return this;
    }

    public MeasuredTown point(String name) {
        return point(name, "", "{}");
    }

    /// @param aggregation `sum`, `mean` or empty for a property that does not say
    public MeasuredTown measures(String name, String unit, String symbol, String aggregation, String properties) {
        long sensor = id("insert into sensor (name, description, encoding_type, metadata) values ('S', '',"
                + " 'text/plain', '\"\"') returning id");
        long property = id(
                "insert into observed_property (name, definition, description, properties) values (?, '', '',"
                        + " jsonb_build_object('aggregation', ?::text)) returning id",
                name,
                aggregation);
        datastream = id("""
            insert into datastream (name, description, observation_type, units, properties, thing_id, sensor_id)
            values (?, '', '', jsonb_build_array(jsonb_build_object('name', ?::text, 'symbol', ?::text)), ?::jsonb, ?, ?) returning id
            """, name, unit, symbol, properties, thing, sensor);
        update("insert into datastream_observed_property values (?, 0, ?)", datastream, property);
        update("insert into datastream_state (datastream_id) values (?)", datastream);
        return this;
    }

    public MeasuredTown counts(String name, String unit) {
        return measures(name, unit, "1", "sum", "{}");
    }

    public MeasuredTown simulates(String name, String unit) {
        return measures(name, unit, "1", "sum", "{\"simulated\": true}");
    }

    public MeasuredTown value(Instant time, double number) {
        town.in(() -> writer.write(NewObservation.of(datastream, time, number)));
        return this;
    }

    /// A count of the hour that begins then.
    public MeasuredTown hour(String start, double number) {
        Instant from = Instant.parse(start);
        town.in(() -> writer.write(
                List.of(NewObservation.of(datastream, from, from.plus(Duration.ofHours(1)), number)),
                Duplicates.INSERT));
        return this;
    }

    /// Counts of whole hours, the last one over at `until`: busy by day; every fifth day lacks its late morning.
    public MeasuredTown hours(Instant until, int number) {
        List<NewObservation> rows = new ArrayList<>();
        for (Instant start : starts(until, number)) {
            long hour = start.getEpochSecond() / 3600;
            double busy = Math.max(0, Math.sin((hour % 24 - 5) / 16.0 * Math.PI));
            rows.add(NewObservation.of(
                    datastream, start, start.plus(Duration.ofHours(1)), Math.rint(busy * (600 + hour / 24 % 7 * 60))));
        }
        town.in(() -> writer.write(rows, Duplicates.INSERT));
        return this;
    }

    /// Levels at the same hours, below and above zero.
    public MeasuredTown levels(Instant until, int number) {
        List<NewObservation> rows = new ArrayList<>();
        for (Instant start : starts(until, number)) {
            long hour = start.getEpochSecond() / 3600;
            double level = Math.sin((hour % 24 - 9) / 12.0 * Math.PI) * 4 + Math.sin(hour / 40.0) * 3 + 2.5;
            rows.add(NewObservation.of(datastream, start, Math.rint(level * 10) / 10));
        }
        town.in(() -> writer.write(rows, Duplicates.INSERT));
        return this;
    }

    private static List<Instant> starts(Instant until, int number) {
        Instant end = until.truncatedTo(ChronoUnit.HOURS);
        return IntStream.rangeClosed(1, number)
                .mapToObj(back -> end.minus(Duration.ofHours(number + 1L - back)))
                .filter(start -> {
                    long hour = start.getEpochSecond() / 3600;
                    return hour / 24 % 5 != 0 || hour % 24 < 9 || hour % 24 > 11;
                })
                .toList();
    }

    /// A text result, which is no number.
    public MeasuredTown text(Instant time, String json) {
        town.in(() -> writer.write(new NewObservation(datastream, time, null, null, 0, json, null)));
        return this;
    }

    private long id(String sql, Object... parameters) {
        return town.in(() -> jdbc.sql(sql).params(parameters).query(Long.class).single());
    }

    private void update(String sql, Object... parameters) {
        town.in(() -> jdbc.sql(sql).params(parameters).update());
    }
}
