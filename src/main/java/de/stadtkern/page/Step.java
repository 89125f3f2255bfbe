package de.stadtkern.page;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How finely values are put together over time before they are shown.
public enum Step {
    /// Every single value.
    RAW,
    HOUR,
    DAY,
    /// From Monday.
    WEEK,
    MONTH;

    private static final int MOST_SLOTS = 1_500;

    /// A stretch that has one value.
    record Slot(Instant start, Instant end) {

        /// One that is still running misses nothing yet.
        boolean isOver(Instant now) {
            return !end.isAfter(now);
        }
    }

    /// As addresses and texts call it.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Step> of(String key) {
        return Stream.of(values()).filter(step -> step.key().equals(key)).findFirst();
    }

    /// What shows so many days best where nobody has chosen.
    public static Step fitting(Days days) {
        long count = days.count();
        return count <= 16 ? HOUR : count <= 400 ? DAY : count <= 5 * 366 ? WEEK : MONTH;
    }

    /// Whether so many days can be shown like this; how many single values there are is known only to who has them.
    public boolean fits(Days days) {
        return switch (this) {
            case RAW -> days.count() <= 31;
            case HOUR -> days.count() * 24 <= MOST_SLOTS;
            case DAY -> days.count() <= MOST_SLOTS;
            case WEEK, MONTH -> days.count() <= 200 * 366;
        };
    }

    /// The days of all weeks or months that these days touch, so that no value stands for a part of its time.
    public Days whole(Days days) {
        return switch (this) {
            case RAW, HOUR, DAY -> days;
            case WEEK ->
                new Days(
                        days.first().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                        days.last().with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)));
            case MONTH ->
                new Days(days.first().withDayOfMonth(1), days.last().with(TemporalAdjusters.lastDayOfMonth()));
        };
    }

    /// The values there can be; for single values none can be known beforehand.
    List<Slot> slots(Days days, ZoneId zone) {
        List<Slot> slots = new ArrayList<>();
        if (this == HOUR) {
            Instant hour = days.from(zone).truncatedTo(ChronoUnit.HOURS);
            for (; hour.isBefore(days.to(zone)); hour = hour.plus(Duration.ofHours(1))) {
                slots.add(new Slot(hour, hour.plus(Duration.ofHours(1))));
            }
        } else if (this != RAW) {
            for (LocalDate day = days.first(); !day.isAfter(days.last()); day = after(day)) {
                slots.add(new Slot(
                        day.atStartOfDay(zone).toInstant(),
                        after(day).atStartOfDay(zone).toInstant()));
            }
        }
        return slots;
    }

    private LocalDate after(LocalDate day) {
        return switch (this) {
            case RAW, HOUR, DAY -> day.plusDays(1);
            case WEEK -> day.plusWeeks(1);
            case MONTH -> day.plusMonths(1);
        };
    }
}
