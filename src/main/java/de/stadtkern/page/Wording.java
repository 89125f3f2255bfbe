package de.stadtkern.page;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// How this reader's language says texts, numbers and times, in the town's time zone.
///
/// @param now the moment the page is about; ages are told from it
public record Wording(Texts texts, Locale locale, ZoneId zone, Instant now) {

    /// A page says thousands of numbers and times; reading a pattern again for each would be a third of its time. As
    /// many entries as there are patterns in the texts.
    private static final Map<Locale, NumberFormat> NUMBERS = new ConcurrentHashMap<>();

    private static final Map<Pattern, DateTimeFormatter> TIMES = new ConcurrentHashMap<>();

    private record Pattern(String letters, Locale locale) {}

    public String say(String key, Object... arguments) {
        return texts.say(locale, key, arguments);
    }

    /// The text of a key that need not be written.
    public Optional<String> find(String key, Object... arguments) {
        return texts.isWritten(key) ? Optional.of(say(key, arguments)) : Optional.empty();
    }

    /// With at most one decimal place from 10 upwards and two below, as many as a reader can compare.
    public String number(double value) {
        var format = (NumberFormat)
                NUMBERS.computeIfAbsent(locale, NumberFormat::getNumberInstance).clone();
        format.setMaximumFractionDigits(Math.abs(value) < 10 ? 2 : 1);
        return format.format(value == 0 ? 0.0 : value);
    }

    /// Such as `22. November 2026`.
    public String date(LocalDate day) {
        return day.format(formatter("page.date"));
    }

    /// Such as `Sonntag, 22. November`.
    public String weekday(LocalDate day) {
        return day.format(formatter("page.weekday"));
    }

    /// Such as `So 22.`: short enough to stand seven times below a chart.
    public String shortDay(LocalDate day) {
        return day.format(formatter("page.short-day"));
    }

    /// Such as `22.11.2026, 14:05 Uhr`.
    public String dateTime(Instant time) {
        return time.atZone(zone).format(formatter("page.date-time"));
    }

    /// Such as `November 2026`.
    public String month(Instant time) {
        return time.atZone(zone).format(formatter("page.month"));
    }

    public String year(Instant time) {
        return String.valueOf(day(time).getYear());
    }

    /// What a part of the time is called below a chart: as short as can be.
    String partOfTime(ChronoUnit part, Step step, ZonedDateTime begin) {
        return switch (part) {
            case HOURS -> begin.format(formatterOf("HH:mm"));
            case DAYS -> begin.format(formatter(step == Step.DAY ? "page.short-date" : "page.short-day"));
            case MONTHS -> begin.format(formatter("page.short-month"));
            default -> String.valueOf(begin.getYear());
        };
    }

    /// What the time of one value is called in a table.
    public String stepName(Step step, Instant start) {
        return switch (step) {
            case RAW ->
                start.atZone(zone).getSecond() == 0
                        ? dateTime(start)
                        : start.atZone(zone).format(formatter("page.date-time-seconds"));
            case HOUR -> dateTime(start);
            case DAY -> start.atZone(zone).format(formatter("page.day"));
            case WEEK -> say("page.week", date(day(start)));
            case MONTH -> month(start);
        };
    }

    /// Such as `14:00`.
    public String time(Instant time) {
        return time.atZone(zone).format(formatterOf("HH:mm"));
    }

    /// The same for the end of a stretch of time: a day ends at 24:00, not at the 00:00 of the next.
    public String endTime(Instant time) {
        return time.atZone(zone).toLocalTime().equals(LocalTime.MIDNIGHT) ? "24:00" : time(time);
    }

    /// How long ago that was, in the largest unit that has passed: `vor 5 Minuten`, `vor 2 Jahren`. What is more than
    /// a minute ahead is said with its date.
    public String age(Instant time) {
        Duration age = Duration.between(time, now);
        if (age.compareTo(Duration.ofMinutes(-1)) < 0) {
            return say("page.age.future", dateTime(time));
        }
        if (age.toMinutes() < 1) {
            return say("page.age.now");
        }
        if (age.toHours() < 1) {
            return say("page.age.minutes", age.toMinutes());
        }
        if (age.toDays() < 1) {
            return say("page.age.hours", age.toHours());
        }
        Period days = Period.between(day(time), day(now));
        if (days.getYears() > 0) {
            return say("page.age.years", days.getYears());
        }
        return days.getMonths() > 0
                ? say("page.age.months", days.getMonths())
                : say("page.age.days", Math.max(1, days.getDays()));
    }

    public LocalDate day(Instant time) {
        return ZonedDateTime.ofInstant(time, zone).toLocalDate();
    }

    private DateTimeFormatter formatter(String key) {
        return formatterOf(say(key));
    }

    private DateTimeFormatter formatterOf(String letters) {
        return TIMES.computeIfAbsent(
                new Pattern(letters, locale),
                pattern -> DateTimeFormatter.ofPattern(pattern.letters(), pattern.locale()));
    }
}
