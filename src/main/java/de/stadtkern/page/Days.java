package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// A stretch of the town's calendar.
///
/// @param last included
public record Days(LocalDate first, LocalDate last) {

    public Days {
        if (last.isBefore(first)) {
            throw Problem.field("to", "period-reversed", "'to' (%s) is before 'from' (%s).".formatted(last, first));
        }
    }

    public static Days endingOn(LocalDate last, int number) {
        return new Days(last.minusDays(number - 1L), last);
    }

    public Instant from(ZoneId zone) {
        return first.atStartOfDay(zone).toInstant();
    }

    /// The end of the last day, which no longer belongs to it.
    public Instant to(ZoneId zone) {
        return last.plusDays(1).atStartOfDay(zone).toInstant();
    }

    public long count() {
        return ChronoUnit.DAYS.between(first, last) + 1;
    }

    /// As long before; whole months by whole months.
    public Days previous() {
        return moved(-1);
    }

    public Days next() {
        return moved(1);
    }

    private Days moved(int direction) {
        if (first.getDayOfMonth() == 1 && last.plusDays(1).getDayOfMonth() == 1) {
            long months = ChronoUnit.MONTHS.between(first, last.plusDays(1)) * direction;
            return new Days(
                    first.plusMonths(months),
                    last.plusDays(1).plusMonths(months).minusDays(1));
        }
        return new Days(first.plusDays(count() * direction), last.plusDays(count() * direction));
    }
}
