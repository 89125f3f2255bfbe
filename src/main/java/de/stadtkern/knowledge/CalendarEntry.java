package de.stadtkern.knowledge;

import biweekly.component.VEvent;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.property.Categories;
import biweekly.property.DateEnd;
import biweekly.property.DateStart;
import biweekly.property.RecurrenceId;
import biweekly.property.TextProperty;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import de.stadtkern.page.Slug;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/// An entry of a calendar: an event with all its times, or one time of it that is otherwise.
final class CalendarEntry {

    private static final int LONGEST_UID = 200;
    private static final int LONGEST_LINE = 500;
    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_ADDRESS = 2_000;
    private static final int MOST_CATEGORIES = 50;
    /// The library gives up on the way from earlier days.
    private static final LocalDate FIRST = LocalDate.of(1950, 1, 1);
    /// Names some programs give the zone of middle Europe without saying what it is.
    private static final Set<String> MIDDLE_EUROPE = Set.of(
            "W. Europe Standard Time",
            "Central Europe Standard Time",
            "Central European Standard Time",
            "Romance Standard Time");

    private static final Set<Frequency> TOO_OFTEN = Set.of(Frequency.SECONDLY, Frequency.MINUTELY, Frequency.HOURLY);

    private final VEvent event;
    private final ZoneId town;
    private final TimeZone zone;
    private final ICalDate begin;
    private final String title;
    private final String uid;

    private CalendarEntry(VEvent event, ZoneId town, TimeZone zone, ICalDate begin, String title, String uid) {
        this.event = event;
        this.town = town;
        this.zone = zone;
        this.begin = begin;
        this.title = title;
        this.uid = uid;
    }

    static final class Refused extends Exception {

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    static CalendarEntry of(VEvent event, TimezoneInfo zones, ZoneId town) throws Refused {
        String title = cut(Sections.line(text(event.getSummary())), LONGEST_LINE);
        DateStart start = event.getDateStart();
        if (start == null || start.getValue() == null) {
            throw new Refused("'%s' has no day that can be read".formatted(title));
        }
        TimeZone zone = zone(start, zones, town, title);
        String given = text(event.getUid());
        String uid = given.isBlank()
                ? Slug.of(0, title + " " + start.getValue().toInstant().getEpochSecond())
                        .words()
                : given.strip();
        if (uid.length() > LONGEST_UID) {
            throw new Refused("'%s' has a uid of more than %d characters".formatted(title, LONGEST_UID));
        }
        return new CalendarEntry(event, town, zone, start.getValue(), title, uid);
    }

    private static TimeZone zone(DateStart start, TimezoneInfo zones, ZoneId town, String title) throws Refused {
        if (start.getValue().hasTime() && start.getParameters().getTimezoneId() instanceof String unknown) {
            boolean isTheSame = MIDDLE_EUROPE.contains(unknown)
                    && town.getRules().equals(ZoneId.of("Europe/Berlin").getRules());
            if (!isTheSame) {
                throw new Refused("'%s' is in an unknown time zone '%.60s'".formatted(title, unknown));
            }
        }
        TimezoneAssignment known = zones.getTimezone(start);
        return known != null
                ? known.getTimeZone()
                : start.getValue().hasTime()
                                && start.getValue().getRawComponents().isUtc()
                        ? TimeZone.getTimeZone("UTC")
                        : TimeZone.getTimeZone(town);
    }

    String uid() {
        return uid;
    }

    String title() {
        return title;
    }

    /// The time of an event in whose place this one is; null for an event as a whole.
    @Nullable
    Instant instead() {
        RecurrenceId instead = event.getRecurrenceId();
        return instead == null || instead.getValue() == null
                ? null
                : moment(instead.getValue(), instead.getValue().hasTime());
    }

    /// Neither cancelled nor private.
    boolean isShown() {
        boolean isCancelled = event.getStatus() != null && event.getStatus().isCancelled();
        return !isCancelled
                && (event.getClassification() == null
                        || event.getClassification().isPublic());
    }

    @Nullable
    Instant changed() {
        return event.getLastModified() == null || event.getLastModified().getValue() == null
                ? null
                : event.getLastModified().getValue().toInstant();
    }

    /// Days are handed over as midnight of the computer's zone.
    private Instant moment(Date date, boolean hasTime) {
        return hasTime
                ? date.toInstant().truncatedTo(ChronoUnit.SECONDS)
                : day(date).atStartOfDay(town).toInstant();
    }

    private static LocalDate day(Date date) {
        return LocalDate.ofInstant(date.toInstant(), ZoneId.systemDefault());
    }

    private boolean isAllDay() {
        return !begin.hasTime();
    }

    /// Its times that touch a stretch of time.
    ///
    /// @param others times that are left out
    List<Instant> starts(Instant from, Instant to, Set<Instant> others) throws Refused {
        boolean isRepeated =
                event.getRecurrenceRule() != null || !event.getRecurrenceDates().isEmpty();
        if (!isRepeated || event.getRecurrenceId() != null) {
            Instant only = moment(begin, begin.hasTime());
            return !end(only).isBefore(from) && only.isBefore(to) ? List.of(only) : List.of();
        }
        boolean isTooOften = event.getRecurrenceRule() != null
                && TOO_OFTEN.contains(event.getRecurrenceRule().getValue().getFrequency());
        if (isTooOften || day(begin).isBefore(FIRST)) {
            throw new Refused(
                    "'%s' is repeated more often than daily or since before %d".formatted(title, FIRST.getYear()));
        }
        List<Instant> starts = new ArrayList<>();
        DateIterator dates = event.getDateIterator(zone);
        Duration length = Duration.between(moment(begin, begin.hasTime()), end(moment(begin, begin.hasTime())));
        dates.advanceTo(Date.from(from.minus(length).minus(Duration.ofDays(2))));
        while (dates.hasNext() && starts.size() <= CalendarFile.MOST) {
            Instant start = moment(dates.next(), begin.hasTime());
            if (!start.isBefore(to)) {
                break;
            }
            if (!end(start).isBefore(from) && !others.contains(start)) {
                starts.add(start);
            }
        }
        return starts;
    }

    /// When the time of it ends that starts then. What is written as an end lies behind the last day.
    private Instant end(Instant start) {
        DateEnd end = event.getDateEnd();
        if (isAllDay()) {
            long days = end != null && end.getValue() != null && !end.getValue().hasTime()
                    ? ChronoUnit.DAYS.between(day(begin), day(end.getValue()))
                    : event.getDuration() != null && event.getDuration().getValue() != null
                            ? Duration.ofMillis(event.getDuration().getValue().toMillis())
                                    .toDays()
                            : 1;
            return LocalDate.ofInstant(start, town)
                    .plusDays(Math.max(1, days))
                    .atStartOfDay(town)
                    .toInstant();
        }
        long millis = end != null && end.getValue() != null
                ? ChronoUnit.MILLIS.between(begin.toInstant(), end.getValue().toInstant())
                : event.getDuration() != null && event.getDuration().getValue() != null
                        ? event.getDuration().getValue().toMillis()
                        : 0;
        return start.plusMillis(Math.max(0, millis));
    }

    /// @param master has what this does not say itself; null where it is the event as a whole
    Event at(Instant start, @Nullable CalendarEntry master) throws Refused {
        String named = title.isEmpty() && master != null ? master.title : title;
        if (named.isEmpty()) {
            throw new Refused("an event on %s has no title".formatted(LocalDate.ofInstant(start, town)));
        }
        VEvent whole = master == null ? event : master.event;
        return new Event(
                uid,
                named,
                cut(description(event.getDescription() == null ? whole : event), LONGEST_TEXT),
                cut(Sections.line(text((event.getLocation() == null ? whole : event).getLocation())), LONGEST_LINE),
                categories(event.getCategories().isEmpty() ? whole : event),
                address(event.getUrl() == null ? whole : event),
                start,
                end(start),
                isAllDay());
    }

    /// Some programs write HTML where text belongs.
    private static String description(VEvent event) {
        String text = text(event.getDescription()).strip();
        return text.matches("(?s).*<(p|br|div|a|span|b|ul)\\b[^>]*>.*")
                ? Jsoup.parse(text).wholeText().strip()
                : text;
    }

    private static List<String> categories(VEvent event) {
        return event.getCategories().stream()
                .map(Categories::getValues)
                .flatMap(List::stream)
                .map(one -> Sections.line(DocumentLine.clean(one)))
                .filter(one -> !one.isEmpty() && one.length() <= LONGEST_UID)
                .distinct()
                .limit(MOST_CATEGORIES)
                .toList();
    }

    private static String address(VEvent event) {
        String address = text(event.getUrl()).strip();
        return address.matches("https?://\\S+") && address.length() <= LONGEST_ADDRESS ? address : "";
    }

    private static String text(@Nullable TextProperty property) {
        return property == null || property.getValue() == null ? "" : DocumentLine.clean(property.getValue());
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
