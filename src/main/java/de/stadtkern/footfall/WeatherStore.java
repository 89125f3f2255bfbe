package de.stadtkern.footfall;

import de.stadtkern.footfall.WeatherChoice.Role;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers which Datastreams are the weather, and forecasts of it as they were when a day began.
@Repository
class WeatherStore {

    private final JdbcClient jdbc;

    WeatherStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    WeatherChoice find() {
        var datastreams = new EnumMap<Role, Long>(Role.class);
        jdbc.sql("select role, datastream_id from footfall_weather").query(row -> {
            datastreams.put(Role.of(row.getString("role")), row.getLong("datastream_id"));
        });
        return new WeatherChoice(datastreams);
    }

    /// In the place of those before.
    void put(WeatherChoice choice) {
        jdbc.sql("delete from footfall_weather").update();
        choice.datastreams()
                .forEach((role, datastream) -> jdbc.sql(
                                "insert into footfall_weather (role, datastream_id) values (?, ?)")
                        .params(role.key(), datastream)
                        .update());
    }

    boolean hasForecast(LocalDate day) {
        return jdbc.sql("select exists (select 1 from footfall_weather_forecast where day = ?)")
                .param(Date.valueOf(day))
                .query(Boolean.class)
                .single();
    }

    /// Whoever comes second changes nothing: the first was nearer to the beginning of the day.
    void putForecast(LocalDate day, Map<Instant, Sky> hours, LocalHours clock) {
        List<String> times = new ArrayList<>();
        List<Integer> leads = new ArrayList<>();
        List<@Nullable Double> temperatures = new ArrayList<>();
        List<@Nullable Double> precipitations = new ArrayList<>();
        new TreeMap<>(hours).forEach((hour, sky) -> {
            times.add(HourStore.utc(hour).toString());
            leads.add(clock.day(clock.at(hour)));
            temperatures.add(sky.temperature());
            precipitations.add(sky.precipitation());
        });
        jdbc.sql("""
            insert into footfall_weather_forecast (day, hour, lead, temperature, precipitation)
            select :day, h, l, t, p
            from unnest(:hours::timestamptz[], :leads::integer[], :temperatures::float8[], :precipitations::float8[]) as y(h, l, t, p)
            on conflict (day, hour) do nothing
            """)
                .param("day", Date.valueOf(day))
                .param("hours", times.toArray(String[]::new), java.sql.Types.ARRAY)
                .param("leads", leads.toArray(Integer[]::new), java.sql.Types.ARRAY)
                .param("temperatures", temperatures.toArray(Double[]::new), java.sql.Types.ARRAY)
                .param("precipitations", precipitations.toArray(Double[]::new), java.sql.Types.ARRAY)
                .update();
    }

    /// As it was known when the day began: of the day itself and those behind it.
    Map<Instant, Sky> forecast(LocalDate day) {
        return hours(jdbc.sql("select hour, temperature, precipitation from footfall_weather_forecast where day = ?")
                .param(Date.valueOf(day)));
    }

    /// Of each hour what was forecast for it when its day began.
    Map<Instant, Sky> forecastOfTheDay(Instant from, Instant to) {
        return hours(jdbc.sql("""
            select hour, temperature, precipitation from footfall_weather_forecast
            where lead = 0 and hour >= ? and hour < ?
            """).params(HourStore.utc(from), HourStore.utc(to)));
    }

    private static Map<Instant, Sky> hours(JdbcClient.StatementSpec question) {
        Map<Instant, Sky> hours = new TreeMap<>();
        question.query(row -> {
            hours.put(
                    Objects.requireNonNull(HourStore.instant(row, "hour")),
                    new Sky(number(row, "temperature"), number(row, "precipitation"), true));
        });
        return hours;
    }

    private static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double number = row.getDouble(column);
        return row.wasNull() ? null : number;
    }
}
