package de.stadtkern.footfall;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// When a place is open. Of all that holds on a day the one counts that begins last, of these the one that ends first:
/// a single day stands above its week, a market in Advent above the year. On a day for which nobody said anything every
/// hour is one in which somebody may come.
record OpeningHours(List<Opening> openings) {

    static final OpeningHours NONE = new OpeningHours(List.of());

    OpeningHours {
        openings = openings.stream()
                .sorted(Comparator.comparing(Opening::from)
                        .reversed()
                        .thenComparing(Opening::until, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(Opening::id, Comparator.reverseOrder()))
                .toList();
    }

    Optional<Opening> on(LocalDate day) {
        return openings.stream().filter(one -> one.holdsOn(day)).findFirst();
    }

    /// Whether no part of the hour that begins then is open; one that is open in part counts.
    boolean isClosed(Instant hour, ZoneId zone) {
        if (openings.isEmpty()) {
            return false;
        }
        ZonedDateTime local = hour.atZone(zone);
        int from = local.getHour() * 60 + local.getMinute();
        return on(local.toLocalDate())
                .filter(opening -> opening.on(local.getDayOfWeek()).stream()
                        .noneMatch(span -> span.from() < from + 60 && span.to() > from))
                .isPresent();
    }

    /// How many hours of the day are closed as every week, where that is not of this day alone.
    ///
    /// @return empty for a day that is an exception
    Optional<Integer> closedAsUsual(LocalDate day, ZoneId zone) {
        if (on(day).filter(Opening::isSingleDay).isPresent()) {
            return Optional.empty();
        }
        int closed = 0;
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        for (Instant hour = day.atStartOfDay(zone).toInstant(); hour.isBefore(end); hour = hour.plusSeconds(3600)) {
            closed += isClosed(hour, zone) ? 1 : 0;
        }
        return Optional.of(closed);
    }
}
