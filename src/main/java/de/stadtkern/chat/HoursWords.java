package de.stadtkern.chat;

import de.stadtkern.knowledge.Holidays;
import de.stadtkern.knowledge.Hours;
import de.stadtkern.knowledge.Hours.Day;
import de.stadtkern.knowledge.Hours.State;
import de.stadtkern.page.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What opening hours say to a question, in sentences.
final class HoursWords {

    private static final int WEEK = 7;
    /// Days ahead of which it is said that they are otherwise than usual.
    private static final int EXCEPTIONS = 14;
    /// So long before the end the day need not be said.
    private static final Duration SOON = Duration.ofHours(12);

    private final Hours hours;
    private final Holidays holidays;
    private final Wording wording;
    private final TimeWords times;

    HoursWords(Hours hours, Holidays holidays, Wording wording) {
        this.hours = hours;
        this.holidays = holidays;
        this.wording = wording;
        times = new TimeWords(wording);
    }

    /// @param when the days that are asked for, null for how it is in general
    String said(@Nullable When when) {
        if (hours.isAlways()) {
            return wording.say("chat.hours.always");
        }
        if (when == null || when.first().plusDays(WEEK).isBefore(when.last())) {
            return usual();
        }
        List<String> sentences = new ArrayList<>();
        when.first().datesUntil(when.last().plusDays(1)).forEach(date -> sentences.add(day(date)));
        if (when.isOneDay() && when.first().equals(times.today())) {
            now().ifPresent(sentences::add);
        }
        return String.join(" ", sentences);
    }

    private String day(LocalDate date) {
        Day day = hours.day(date, holidays);
        String name = date.equals(times.today())
                ? wording.say("chat.hours.today")
                : wording.say("chat.hours.on", times.weekday(date));
        if (!day.isKnown()) {
            return wording.say("chat.hours.unsaid", times.weekday(date));
        }
        return day.spans().isEmpty()
                ? wording.say("chat.hours.closed", name)
                : wording.say("chat.hours.open", name, times.spans(day.spans()));
    }

    /// How it is at this moment.
    private Optional<String> now() {
        return hours.at(wording.now(), wording.zone(), holidays).map(this::state);
    }

    private String state(State state) {
        Instant until = state.until();
        if (until == null) {
            return wording.say(state.isOpen() ? "chat.hours.now.open" : "chat.hours.now.closed");
        }
        if (state.isOpen()) {
            boolean isSoon = Duration.between(wording.now(), until).compareTo(SOON) < 0;
            return wording.say(
                    "chat.hours.now.until",
                    isSoon ? times.at(until) : times.weekday(wording.day(until)) + ", " + times.at(until));
        }
        LocalDate day = wording.day(until);
        return day.equals(times.today())
                ? wording.say("chat.hours.now.opens.today", times.at(until))
                : wording.say("chat.hours.now.opens", times.weekday(day), times.at(until));
    }

    /// The usual week, and what will be otherwise soon; where weeks are not alike the coming days.
    private String usual() {
        List<Day> week = hours.week();
        LocalDate today = times.today();
        if (week.isEmpty()) {
            return today.datesUntil(today.plusDays(WEEK)).map(this::day).collect(Collectors.joining(" "));
        }
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < week.size(); ) {
            int to = from;
            while (to + 1 < week.size()
                    && week.get(to + 1).spans().equals(week.get(from).spans())) {
                to++;
            }
            if (!week.get(from).spans().isEmpty()) {
                parts.add(wording.say(
                        "chat.hours.week.part",
                        days(week.get(from), week.get(to)),
                        times.spans(week.get(from).spans())));
            }
            from = to + 1;
        }
        if (week.stream().anyMatch(day -> day.spans().isEmpty())) {
            parts.add(wording.say("chat.hours.week.else"));
        }
        String exceptions = today.datesUntil(today.plusDays(EXCEPTIONS))
                .map(date -> hours.day(date, holidays))
                .filter(day -> !day.isKnown()
                        || !day.spans()
                                .equals(week.get(day.date().getDayOfWeek().getValue() - 1)
                                        .spans()))
                .map(day -> day(day.date()))
                .collect(Collectors.joining(" "));
        String usual = String.join("; ", parts) + ".";
        return exceptions.isEmpty() ? usual : usual + " " + wording.say("chat.hours.except", exceptions);
    }

    private String days(Day first, Day last) {
        String from = times.name(first.date().getDayOfWeek());
        return first.equals(last)
                ? from
                : wording.say("chat.hours.days", from, times.name(last.date().getDayOfWeek()));
    }
}
