package de.stadtkern.footfall;

import de.stadtkern.problem.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Days on which schools are closed, from the first to the last of them.
record SchoolHoliday(String name, LocalDate from, LocalDate to) {

    private static final int MOST = 500;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_DAYS = 100;
    private static final DateTimeFormatter GERMAN = DateTimeFormatter.ofPattern("d.M.yyyy");
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.BASIC_ISO_DATE;

    Stream<LocalDate> days() {
        return from.datesUntil(to.plusDays(1));
    }

    @Override
    public String toString() {
        return "%s; %s; %s".formatted(name, from, to);
    }

    static String text(List<SchoolHoliday> holidays) {
        return holidays.stream().map(SchoolHoliday::toString).collect(Collectors.joining("\n"));
    }

    /// A calendar file (iCalendar), or lines of a name and two days in any order of columns; a line of headings before
    /// them is passed over. Throws a [Problem] at the field and names the line.
    static List<SchoolHoliday> read(String field, String text) {
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        List<SchoolHoliday> holidays = plain.stripLeading().startsWith("BEGIN:VCALENDAR")
                ? fromCalendar(field, plain)
                : fromLines(field, plain);
        if (holidays.size() > MOST) {
            throw Problem.field(field, "holidays-many", "At most 500 school holidays are kept.");
        }
        return holidays.stream()
                .distinct()
                .sorted(Comparator.comparing(SchoolHoliday::from).thenComparing(SchoolHoliday::to))
                .toList();
    }

    /// The same of events, which last a few days.
    static List<SchoolHoliday> readEvents(String field, String text) {
        List<SchoolHoliday> events = read(field, text);
        events.stream()
                .filter(event -> event.days().count() > TownCalendar.LONGEST.toDays())
                .findFirst()
                .ifPresent(event -> {
                    throw Problem.field(
                            field,
                            "event-long",
                            "'%s' lasts longer than %d days, so it is no event."
                                    .formatted(event.name(), TownCalendar.LONGEST.toDays()));
                });
        return events;
    }

    private static List<SchoolHoliday> fromLines(String field, String text) {
        List<SchoolHoliday> holidays = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            String separator = line.contains(";") ? ";" : line.contains("\t") ? "\t" : ",";
            List<String> cells = Arrays.stream(line.split(separator, -1))
                    .map(cell -> cell.strip().replaceAll("^\"|\"$", ""))
                    .filter(cell -> !cell.isEmpty())
                    .toList();
            List<LocalDate> days =
                    cells.stream().flatMap(cell -> date(cell).stream()).toList();
            boolean isHeading = holidays.isEmpty()
                    && cells.size() >= 3
                    && line.chars().noneMatch(Character::isDigit)
                    && at + 1 < lines.size();
            if (!cells.isEmpty() && !isHeading) {
                holidays.add(holiday(field, at + 1, cells, days));
            }
        }
        return holidays;
    }

    private static SchoolHoliday holiday(String field, int line, List<String> cells, List<LocalDate> days) {
        Optional<String> name =
                cells.stream().filter(cell -> date(cell).isEmpty()).findFirst();
        if (days.size() != 2 || name.isEmpty() || name.get().length() > LONGEST_NAME) {
            throw unreadable(field, line);
        }
        return checked(field, line, new SchoolHoliday(name.get(), days.getFirst(), days.getLast()));
    }

    private static SchoolHoliday checked(String field, int line, SchoolHoliday holiday) {
        boolean isOfOurAge = holiday.from().getYear() >= 1990 && holiday.to().getYear() <= 2200;
        if (!isOfOurAge
                || holiday.to().isBefore(holiday.from())
                || holiday.from().plusDays(LONGEST_DAYS).isBefore(holiday.to())) {
            throw Problem.field(
                    field,
                    "holidays-reversed",
                    "Line %d: the last day does not lie before the first, nor more than 100 days behind it."
                            .formatted(line),
                    Map.of("line", line));
        }
        return holiday;
    }

    private static Problem unreadable(String field, int line) {
        return Problem.field(
                field,
                "holidays-unreadable",
                "Line %d: a name of at most 100 characters, the first and the last day are wanted, such as"
                                .formatted(line)
                        + " 'Winter; 2026-02-16; 2026-02-21'.",
                Map.of("line", line));
    }

    private static Optional<LocalDate> date(String text) {
        for (DateTimeFormatter format : List.of(DateTimeFormatter.ISO_LOCAL_DATE, GERMAN, COMPACT)) {
            try {
                return Optional.of(LocalDate.parse(text, format));
            } catch (DateTimeException other) {
                // The next way of writing it may fit.
            }
        }
        return Optional.empty();
    }

    /// Of each event its summary and its days. The end of whole days is the day after the last one (RFC 5545, 3.6.1).
    private static List<SchoolHoliday> fromCalendar(String field, String text) {
        List<SchoolHoliday> holidays = new ArrayList<>();
        List<String> lines = text.replaceAll("\r?\n[ \t]", "").lines().toList();
        String name = "";
        Optional<LocalDate> from = Optional.empty();
        Optional<LocalDate> end = Optional.empty();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            String value = line.substring(line.indexOf(':') + 1).strip();
            switch (line.split("[;:]", 2)[0].strip()) {
                case "BEGIN" -> {
                    name = "";
                    from = Optional.empty();
                    end = Optional.empty();
                }
                case "SUMMARY" ->
                    name = value.replace("\\,", ",").replace("\\;", ";").strip();
                case "DTSTART" -> from = date(value.length() > 8 ? value.substring(0, 8) : value);
                case "DTEND" -> end = date(value.length() > 8 ? value.substring(0, 8) : value);
                case "END" -> {
                    if (value.equals("VEVENT")) {
                        LocalDate first = from.orElseThrow(() -> unreadable(field, lines.size()));
                        LocalDate last = end.map(day -> day.minusDays(1)).orElse(first);
                        holidays.add(checked(
                                field,
                                at + 1,
                                new SchoolHoliday(
                                        name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name,
                                        first,
                                        last)));
                    }
                }
                default -> {}
            }
        }
        return holidays;
    }
}
