package de.stadtkern.footfall;

import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers the basket, and reads what its places counted month by month.
@Repository
class BasketStore {

    private final JdbcClient jdbc;

    BasketStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Empty as long as nobody has chosen.
    Optional<Basket> find() {
        return jdbc.sql("select * from footfall_basket")
                .query((row, _) -> new Basket(
                        List.of((Long[]) row.getArray("counters").getArray()),
                        YearMonth.from(row.getObject("base_from", LocalDate.class)),
                        YearMonth.from(row.getObject("base_to", LocalDate.class))))
                .optional();
    }

    void put(Basket basket) {
        delete();
        jdbc.sql("insert into footfall_basket (counters, base_from, base_to) values (:counters::bigint[], :from, :to)")
                .param(
                        "counters",
                        basket.counters().stream().mapToLong(Long::longValue).toArray())
                .param("from", Date.valueOf(basket.from().atDay(1)))
                .param("to", Date.valueOf(basket.to().atDay(1)))
                .update();
    }

    void delete() {
        jdbc.sql("delete from footfall_basket").update();
    }

    /// Of whole days: every hour was counted.
    ///
    /// @param special days that are left out
    /// @param until   the first day that no longer belongs to it
    List<FootfallIndex.Weekdays> weekdays(Collection<Long> counters, Collection<LocalDate> special, LocalDate until) {
        return jdbc.sql("""
            select counter_id, extract(year from day)::int as year, extract(month from day)::int as month,
              extract(isodow from day)::int as weekday, count(*)::int as days, sum(counted) as sum
            from footfall_day
            where counter_id = any(:counters::bigint[]) and day < :until and hours_counted >= 23 and hours_estimated = 0
              and hours_missing = 0 and hours_excused = 0 and day <> all(:special::date[])
            group by 1, 2, 3, 4
            """)
                .param("counters", counters.stream().mapToLong(Long::longValue).toArray())
                .param("until", Date.valueOf(until))
                .param(
                        "special",
                        special.stream().map(LocalDate::toString).toArray(String[]::new),
                        java.sql.Types.ARRAY)
                .query((row, _) -> new FootfallIndex.Weekdays(
                        row.getLong("counter_id"),
                        YearMonth.of(row.getInt("year"), row.getInt("month")),
                        row.getInt("weekday"),
                        row.getInt("days"),
                        row.getDouble("sum")))
                .list();
    }

    /// The first day of any of them.
    Optional<LocalDate> firstDay(Collection<Long> counters) {
        return jdbc.sql("select min(day) as first from footfall_day where counter_id = any(:counters::bigint[])")
                .param("counters", counters.stream().mapToLong(Long::longValue).toArray())
                .query((row, _) -> Optional.ofNullable(row.getObject("first", LocalDate.class)))
                .single();
    }
}
