package de.stadtkern.footfall;

import de.stadtkern.problem.Problem;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// In which hours of a week a place is open, and on which days that holds; a single day begins and ends on one.
///
/// @param until included; null while it lasts
/// @param week  a weekday that is absent is one on which nobody is to come
record Opening(
        long id,
        long counterId,
        LocalDate from,
        @Nullable LocalDate until,
        Map<DayOfWeek, List<Span>> week,
        String reason) {

    private static final Pattern SPAN =
            Pattern.compile("(\\d{1,2})(?:[:.](\\d{2}))?\\s*(?:-|–|bis|to)\\s*(\\d{1,2})(?:[:.](\\d{2}))?");
    private static final int DAY = 24 * 60;

    Opening {
        var open = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
        week.forEach((weekday, spans) -> {
            if (!spans.isEmpty()) {
                open.put(weekday, List.copyOf(spans));
            }
        });
        week = java.util.Collections.unmodifiableMap(open);
    }

    /// @param from minutes since midnight
    /// @param to   its end, up to 1440
    record Span(int from, int to) {

        @Override
        public String toString() {
            return "%02d:%02d-%02d:%02d".formatted(from / 60, from % 60, to / 60, to % 60);
        }
    }

    boolean isSingleDay() {
        return from.equals(until);
    }

    boolean holdsOn(LocalDate day) {
        return !day.isBefore(from) && (until == null || !day.isAfter(until));
    }

    List<Span> on(DayOfWeek weekday) {
        return week.getOrDefault(weekday, List.of());
    }

    /// Such as `08:00-12:00, 14:00-18:00`; empty where it is closed.
    String text(DayOfWeek weekday) {
        return on(weekday).stream().map(Span::toString).collect(Collectors.joining(", "));
    }

    /// Throws a [Problem] at the field that is wrong.
    ///
    /// @param text such as `8-12, 14:00-18:00`; empty for closed
    static List<Span> spans(String field, String text) {
        List<Span> spans = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split("[,;]", -1)) {
            Matcher matcher = SPAN.matcher(part.strip());
            if (!matcher.matches()) {
                throw unreadable(field);
            }
            Span span = new Span(
                    minute(field, matcher.group(1), matcher.group(2)),
                    minute(field, matcher.group(3), matcher.group(4)));
            if (span.from() >= span.to()) {
                throw Problem.field(
                        field,
                        "span-reversed",
                        "Closing comes after opening; what is open past midnight goes on at 00:00 of the next day.");
            }
            spans.add(span);
        }
        spans.sort(Comparator.comparingInt(Span::from));
        for (int at = 1; at < spans.size(); at++) {
            if (spans.get(at).from() < spans.get(at - 1).to()) {
                throw Problem.field(field, "spans-overlap", "These times overlap; write them as one.");
            }
        }
        return spans;
    }

    private static int minute(String field, String hour, @Nullable String minutes) {
        int minute = Integer.parseInt(hour) * 60 + (minutes == null ? 0 : Integer.parseInt(minutes));
        if (minute > DAY || minutes != null && Integer.parseInt(minutes) > 59) {
            throw unreadable(field);
        }
        return minute;
    }

    private static Problem unreadable(String field) {
        return Problem.field(
                field,
                "span-unreadable",
                "Opening hours are written like 08:00-18:00, several with a comma; nothing for closed.");
    }
}
