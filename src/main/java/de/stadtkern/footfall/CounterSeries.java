package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The hours of a counter as the methods want them: what was counted and what somebody trusts, since the last break of
/// its method.
@Component
class CounterSeries {

    /// Older counts say little about a street of today, and cost time and memory.
    private static final int YEARS = 5;

    private final JdbcClient jdbc;
    private final PeriodStore periods;

    CounterSeries(JdbcClient jdbc, PeriodStore periods) {
        this.jdbc = jdbc;
        this.periods = periods;
    }

    /// Empty where nothing was counted.
    Optional<HourlySeries> of(Counter counter) {
        return of(counter, Instant.EPOCH);
    }

    /// The same from a moment on.
    Optional<HourlySeries> of(Counter counter, Instant since) {
        Instant comparable = lastBreak(counter.id());
        ZoneId zone = CityContext.current().zone();
        Map<Instant, Double> counts = new HashMap<>();
        Set<Instant> excused = new HashSet<>();
        jdbc.sql("""
            select hour, value, state in ('blocked', 'closed') as excused from footfall_hour
            where counter_id = :counter and hour >= :from and state in ('measured', 'late', 'corrected', 'blocked', 'closed')
              and hour >= (select max(hour) from footfall_hour where counter_id = :counter) - make_interval(years => :years)
            """)
                .param("counter", counter.id())
                .param("from", HourStore.utc(comparable.isBefore(since) ? since : comparable))
                .param("years", YEARS)
                .query(row -> {
                    Instant hour = HourStore.instant(row, "hour");
                    if (hour != null && row.getBoolean("excused")) {
                        excused.add(hour);
                    } else if (hour != null) {
                        counts.put(hour, row.getDouble("value"));
                    }
                });
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of(HourlySeries.of(counter.wish().name(), zone, counts, excused));
    }

    /// From when on counts can be compared with today's.
    Instant lastBreak(long counter) {
        return periods.of(counter).stream()
                .filter(period -> period.kind() == CounterPeriod.Kind.BREAK)
                .map(CounterPeriod::from)
                .filter(at -> at.isBefore(Instant.now()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /// The day of its last count.
    static LocalDate lastDay(HourlySeries series) {
        int at = series.size() - 1;
        while (at > 0 && series.isMissing(at)) {
            at--;
        }
        return series.hours().date(series.hours().day(at));
    }
}
