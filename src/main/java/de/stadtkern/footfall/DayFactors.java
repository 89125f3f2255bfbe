package de.stadtkern.footfall;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// By what whole days of one counter are multiplied, one after the other; years of them ask for a factor only where it
/// changes.
final class DayFactors {

    private final Factors factors;
    private final ZoneId zone;
    /// Days since 1970 for which the last answer holds, the end not included.
    private long from = 0;

    private long to = 0;
    private double factor = Double.NaN;

    DayFactors(Factors factors, ZoneId zone) {
        this.factors = factors;
        this.zone = zone;
    }

    /// NaN for a day in which a factor begins or ends.
    ///
    /// @param day since 1970
    double of(long day) {
        if (day < from || day >= to) {
            look(day);
        }
        return factor;
    }

    private void look(long day) {
        Factors.Held held = factors.held(start(day));
        Instant change = held.to();
        from = day;
        if (change == null) {
            to = Long.MAX_VALUE;
        } else {
            to = LocalDate.ofInstant(change, zone).toEpochDay();
        }
        boolean isWhole = to > day;
        factor = isWhole ? held.whole().value() : Double.NaN;
        to = isWhole ? to : day + 1;
    }

    private Instant start(long day) {
        return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant();
    }
}
