package de.stadtkern.chat;

import de.stadtkern.knowledge.Hours.Span;
import de.stadtkern.page.Wording;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.stream.Collectors;

/// How days and times of day are said in a sentence: `8 bis 12:30 Uhr`.
record TimeWords(Wording wording) {

    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;

    LocalDate today() {
        return wording.day(wording.now());
    }

    /// @param minutes after midnight; midnight of the next day is the end of this one
    String clock(int minutes) {
        int ofDay = minutes > DAY ? minutes - DAY : minutes;
        String hour = String.valueOf(ofDay / HOUR);
        return ofDay % HOUR == 0
                ? wording.say("chat.clock.whole", hour)
                : wording.say("chat.clock", hour, "%02d".formatted(ofDay % HOUR));
    }

    String clock(Instant time) {
        ZonedDateTime at = time.atZone(wording.zone());
        return clock(at.getHour() * HOUR + at.getMinute());
    }

    /// The same for an end: a day ends at 24, not at the 0 of the next.
    String end(Instant time) {
        return time.atZone(wording.zone()).toLocalTime().equals(LocalTime.MIDNIGHT) ? clock(DAY) : clock(time);
    }

    /// Such as `15 Uhr`.
    String at(Instant time) {
        return wording.say("chat.clock.at", clock(time));
    }

    String span(Span span) {
        return wording.say("chat.clock.span", clock(span.start()), clock(span.end()));
    }

    String spans(List<Span> spans) {
        return spans.stream().map(this::span).collect(Collectors.joining(wording.say("chat.clock.and")));
    }

    String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, wording.locale());
    }

    /// With the year where it is another.
    String weekday(LocalDate day) {
        return day.getYear() == today().getYear() || day.isBefore(today().plusMonths(3)) && !day.isBefore(today())
                ? wording.weekday(day)
                : name(day.getDayOfWeek()) + ", " + wording.date(day);
    }
}
