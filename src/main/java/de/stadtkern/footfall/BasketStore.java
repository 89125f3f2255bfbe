package de.stadtkern.footfall;

import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
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

    /// Of days without a missing or an estimated hour; whether one in which hours were blocked or closed is a whole one
    /// is for the caller to say.
    ///
    /// @param until the first day that no longer belongs to it
    List<WholeDays> wholeDays(Collection<Long> counters, LocalDate until) {
        return jdbc.sql("""
            select counter_id, array_agg(day - date '1970-01-01') as days, array_agg(counted) as sums,
              array_agg(hours_excused) as excused
            from footfall_day
            where counter_id = any(:counters::bigint[]) and day < :until and hours_counted + hours_excused >= 23 and hours_estimated = 0
              and hours_missing = 0 and hours_counted > 0
            group by counter_id
            """)
                .param("counters", counters.stream().mapToLong(Long::longValue).toArray())
                .param("until", Date.valueOf(until))
                .query((row, _) -> new WholeDays(
                        row.getLong("counter_id"),
                        List.of((Integer[]) row.getArray("days").getArray()),
                        List.of((Double[]) row.getArray("sums").getArray()),
                        List.of((Integer[]) row.getArray("excused").getArray())))
                .list();
    }

    /// @param days since 1970
    /// @param sums of these days
    /// @param excused how many of their hours were blocked or closed
    record WholeDays(long counter, List<Integer> days, List<Double> sums, List<Integer> excused) {

        /// Whether each hour was counted in which the place is open in such a week.
        boolean isWhole(int at, OpeningHours opening, ZoneId zone) {
            return excused.get(at) == 0
                    || opening.closedAsUsual(LocalDate.ofEpochDay(days.get(at)), zone)
                            .filter(excused.get(at)::equals)
                            .isPresent();
        }
    }
}
