package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.footfall.Opening.Span;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Remembers when places are open.
@Repository
class OpeningStore {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final PeriodStore periods;

    OpeningStore(JdbcClient jdbc, PeriodStore periods) {
        this.jdbc = jdbc;
        this.periods = periods;
    }

    OpeningHours of(long counter) {
        return new OpeningHours(jdbc.sql("select * from footfall_opening where counter_id = ?")
                .param(counter)
                .query(OpeningStore::opening)
                .list());
    }

    /// By counter; one of which nobody said anything is absent.
    Map<Long, OpeningHours> all() {
        Map<Long, List<Opening>> openings =
                jdbc.sql("select * from footfall_opening").query(OpeningStore::opening).list().stream()
                        .collect(Collectors.groupingBy(Opening::counterId));
        Map<Long, OpeningHours> all = new TreeMap<>();
        openings.forEach((counter, own) -> all.put(counter, new OpeningHours(own)));
        return all;
    }

    CounterTimes times(long counter) {
        return new CounterTimes(
                periods.of(counter), of(counter), CityContext.current().zone());
    }

    Optional<Opening> find(long id) {
        return jdbc.sql("select * from footfall_opening where id = ?")
                .param(id)
                .query(OpeningStore::opening)
                .optional();
    }

    /// @param id null for a new one; else it is put in the place of what had it
    long put(@Nullable Long id, Opening opening) {
        if (id != null) {
            delete(id);
        }
        return jdbc.sql("""
            insert into footfall_opening (%scounter_id, from_day, until_day, week, reason)
            values (%s:counter, :from, :until, cast(:week as jsonb), :reason) returning id
            """.formatted(id == null ? "" : "id, ", id == null ? "" : ":id, "))
                .param("id", id, Types.BIGINT)
                .param("counter", opening.counterId())
                .param("from", Date.valueOf(opening.from()))
                .param("until", opening.until() == null ? null : Date.valueOf(opening.until()), Types.DATE)
                .param("week", JSON.writeValueAsString(week(opening)))
                .param("reason", opening.reason())
                .query(Long.class)
                .single();
    }

    void delete(long id) {
        jdbc.sql("delete from footfall_opening where id = ?").param(id).update();
    }

    /// Weekdays on which it is open, as they are written down.
    static Map<String, String> week(Opening opening) {
        Map<String, String> week = new TreeMap<>();
        opening.week().keySet().forEach(weekday -> week.put(key(weekday), opening.text(weekday)));
        return week;
    }

    static String key(DayOfWeek weekday) {
        return weekday.name().toLowerCase(Locale.ROOT);
    }

    private static Opening opening(ResultSet row, int number) throws SQLException {
        LocalDate until = row.getObject("until_day", LocalDate.class);
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        JSON.readTree(row.getString("week"))
                .properties()
                .forEach(entry -> week.put(
                        DayOfWeek.valueOf(entry.getKey().toUpperCase(Locale.ROOT)),
                        Opening.spans(entry.getKey(), entry.getValue().asString(""))));
        return new Opening(
                row.getLong("id"),
                row.getLong("counter_id"),
                row.getObject("from_day", LocalDate.class),
                until,
                week,
                row.getString("reason"));
    }
}
