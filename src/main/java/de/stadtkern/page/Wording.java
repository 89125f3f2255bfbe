package de.stadtkern.page;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How this reader's language says texts, numbers and times, in the town's time zone.
///
/// @param now the moment the page is about; ages are told from it
public record Wording(Texts texts, Locale locale, ZoneId zone, Instant now) {

    private static final Duration A_WEEK = Duration.ofDays(7);

    public String say(String key, Object... arguments) {
        return texts.say(locale, key, arguments);
    }

    /// With at most one decimal place from 10 upwards and two below, as many as a reader can compare.
    public String number(double value) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
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

    /// Such as `14:00`.
    public String time(Instant time) {
        return time.atZone(zone).format(DateTimeFormatter.ofPattern("HH:mm", locale));
    }

    /// How long ago that was: `vor 5 Minuten`; older than a week is said with its date.
    public String age(Instant time) {
        Duration age = Duration.between(time, now);
        if (age.isNegative()) {
            return age.compareTo(Duration.ofMinutes(-1)) > 0
                    ? say("page.age.now")
                    : say("page.age.future", dateTime(time));
        }
        if (age.toMinutes() < 1) {
            return say("page.age.now");
        }
        if (age.toHours() < 1) {
            return say("page.age.minutes", age.toMinutes());
        }
        if (age.toHours() < 24) {
            return say("page.age.hours", age.toHours());
        }
        if (age.compareTo(A_WEEK) <= 0) {
            return say("page.age.days", age.toDays());
        }
        return say("page.age.date", date(day(time)));
    }

    public LocalDate day(Instant time) {
        return ZonedDateTime.ofInstant(time, zone).toLocalDate();
    }

    private DateTimeFormatter formatter(String key) {
        return DateTimeFormatter.ofPattern(say(key), locale);
    }
}
