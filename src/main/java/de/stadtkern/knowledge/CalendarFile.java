package de.stadtkern.knowledge;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalReader;
import de.stadtkern.knowledge.DocumentLine.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a file of iCalendar says will be on, from yesterday on for 400 days. What is cancelled or private is
/// left out.
///
/// @param events   each time of what is repeated, the earliest first
/// @param changed  by uid, when they last became another, where it is said
/// @param findings what could not be taken over, and why
record CalendarFile(List<Event> events, Map<String, Instant> changed, List<Finding> findings) {

    static final CalendarFile NONE = new CalendarFile(List.of(), Map.of(), List.of());
    static final int MOST = 5_000;
    private static final int MOST_MADE = 100_000;
    private static final int MOST_FINDINGS = 200;
    private static final int DATES_TOLD = 10;
    private static final Duration AHEAD = Duration.ofDays(400);
    private static final Duration BACK = Duration.ofDays(1);

    CalendarFile {
        events = List.copyOf(events);
        changed = Map.copyOf(changed);
        findings = List.copyOf(findings);
    }

    /// @param zone of the town; times without a zone are meant there
    static CalendarFile read(String text, ZoneId zone, Instant now) {
        Reading reading = new Reading(zone, now.minus(BACK), now.plus(AHEAD));
        try (ICalReader reader = new ICalReader(text)) {
            reader.setDefaultTimezone(TimeZone.getTimeZone(zone));
            List<ICalendar> calendars = reader.readAll();
            if (calendars.isEmpty()) {
                reading.refuse("this is no iCalendar file");
            }
            calendars.forEach(reading::take);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (RuntimeException broken) {
            // Files can be broken in more ways than the library tells.
            reading.refuse("this is no iCalendar file: " + broken.getMessage());
        }
        return reading.result();
    }

    /// Gathers what is read.
    private static final class Reading {

        private final ZoneId zone;
        private final Instant from;
        private final Instant to;
        private final Map<List<Object>, Event> events = new LinkedHashMap<>();
        private final Map<String, Instant> changed = new LinkedHashMap<>();
        private final List<Finding> findings = new ArrayList<>();

        Reading(ZoneId zone, Instant from, Instant to) {
            this.zone = zone;
            this.from = from;
            this.to = to;
        }

        void refuse(String why) {
            if (findings.size() < MOST_FINDINGS) {
                findings.add(new Finding(0, "", why));
            }
        }

        void take(ICalendar calendar) {
            List<CalendarEntry> entries = new ArrayList<>();
            for (VEvent event : calendar.getEvents()) {
                try {
                    entries.add(CalendarEntry.of(event, calendar.getTimezoneInfo(), zone));
                } catch (CalendarEntry.Refused refused) {
                    refuse(String.valueOf(refused.getMessage()));
                }
            }
            Map<String, CalendarEntry> whole = new LinkedHashMap<>();
            Map<String, Set<Instant>> others = new LinkedHashMap<>();
            for (CalendarEntry entry : entries) {
                Instant instead = entry.instead();
                if (instead == null) {
                    whole.put(entry.uid(), entry);
                } else {
                    others.computeIfAbsent(entry.uid(), _ -> new HashSet<>()).add(instead);
                }
            }
            for (CalendarEntry entry : entries) {
                boolean isOne = entry.instead() != null;
                CalendarEntry master = whole.get(entry.uid());
                boolean isOn = entry.isShown() && (master == null || master.isShown());
                if (isOn && (isOne || entry == master)) {
                    add(entry, isOne ? master : null, isOne ? Set.of() : others.getOrDefault(entry.uid(), Set.of()));
                }
            }
        }

        /// @param master of one time of what is repeated: it has what that does not say itself
        /// @param others times that are said elsewhere
        private void add(CalendarEntry entry, @Nullable CalendarEntry master, Set<Instant> others) {
            try {
                for (Instant start : entry.starts(from, to, others)) {
                    if (events.size() >= MOST_MADE) {
                        refuse("'%s' is left out from %s on: too many events".formatted(entry.title(), start));
                        return;
                    }
                    Event event = entry.at(start, master);
                    events.put(List.of(event.uid(), start), event);
                }
                Instant changed = entry.changed();
                if (changed != null) {
                    this.changed.merge(entry.uid(), changed, (one, other) -> one.isAfter(other) ? one : other);
                }
            } catch (CalendarEntry.Refused refused) {
                refuse(String.valueOf(refused.getMessage()));
            }
        }

        CalendarFile result() {
            List<Event> all = events.values().stream()
                    .sorted(Comparator.comparing(Event::start).thenComparing(Event::uid))
                    .toList();
            if (all.size() > MOST) {
                findings.add(new Finding(
                        0,
                        "",
                        "%d events from %s on are left out: a calendar has at most %d"
                                .formatted(
                                        all.size() - MOST,
                                        all.get(MOST).start().atZone(zone).toLocalDate(),
                                        MOST)));
            }
            return new CalendarFile(all.subList(0, Math.min(MOST, all.size())), changed, findings);
        }
    }

    /// The same for the search: one text for all times of what is repeated.
    List<NewDocument> documents(ZoneId zone, Locale language) {
        Map<String, List<Event>> byUid = new LinkedHashMap<>();
        events.forEach(event ->
                byUid.computeIfAbsent(event.uid(), _ -> new ArrayList<>()).add(event));
        return byUid.values().stream()
                .map(times -> document(times, zone, language))
                .toList();
    }

    private NewDocument document(List<Event> times, ZoneId zone, Locale language) {
        Event first = times.getFirst();
        String text = Stream.of(
                        times.stream().limit(DATES_TOLD).map(event -> time(event, zone, language)),
                        Stream.of(first.place()),
                        Stream.of(first.text()))
                .flatMap(lines -> lines)
                .filter(line -> !line.isBlank())
                // A line that begins so would be a heading.
                .map(line -> line.replaceAll("(?m)^\\s*#+", ""))
                .reduce((one, other) -> one + "\n" + other)
                .orElse("");
        return new NewDocument(
                first.uid(),
                first.url(),
                first.title(),
                "",
                text,
                "",
                changed.get(first.uid()),
                "",
                "",
                first.categories(),
                null,
                null);
    }

    private static String time(Event event, ZoneId zone, Locale language) {
        ZonedDateTime start = event.start().atZone(zone);
        DateTimeFormatter day =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(language);
        DateTimeFormatter time =
                DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(language);
        return event.isAllDay() ? start.format(day) : start.format(day) + ", " + start.format(time);
    }
}
