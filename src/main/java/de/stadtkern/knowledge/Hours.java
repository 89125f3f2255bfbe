package de.stadtkern.knowledge;

import ch.poole.openinghoursparser.OpeningHoursParseException;
import ch.poole.openinghoursparser.OpeningHoursParser;
import ch.poole.openinghoursparser.Rule;
import ch.poole.openinghoursparser.TokenMgrError;
import de.stadtkern.knowledge.Holidays.Certainty;
import java.io.StringReader;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Opening hours as OpenStreetMap writes them (`Mo-Fr 08:00-18:00; PH off; 2026-12-24 off`). What is not
/// understood is refused when it is written down, so that nobody hears a wrong answer.
public final class Hours {

    private static final Pattern DAY = Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
    private static final int MOST_RULES = 100;
    /// Days looked ahead for when it opens.
    private static final int AHEAD = 60;
    /// What is open for so many days without a break is open always.
    private static final int ALWAYS = 14;

    private final List<HoursRule> rules;

    private Hours(List<HoursRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /// What cannot be answered for.
    static final class Unclear extends Exception {

        Unclear(String message) {
            super(message, null, false, false);
        }
    }

    /// A stretch of a day; what goes on after midnight belongs to the day it begins on.
    ///
    /// @param start minutes after midnight
    /// @param end   the same, more than 1440 on the day after
    public record Span(int start, int end) {}

    /// @param isKnown whether it is said what holds on this day: of a holiday that nothing is said of it is not
    /// @param spans   in their order, none where it is closed
    public record Day(LocalDate date, boolean isKnown, List<Span> spans) {

        public Day {
            spans = List.copyOf(spans);
        }
    }

    /// How it is at a moment.
    ///
    /// @param until when that ends; null where it is not known, or does not end in the next days
    public record State(boolean isOpen, @Nullable Instant until) {}

    static Hours read(String text) throws Unclear {
        try {
            List<Rule> read = new OpeningHoursParser(new StringReader(withNames(text))).rules(false);
            List<HoursRule> rules = new ArrayList<>();
            for (Rule rule : read) {
                rules.add(HoursRule.of(rule));
            }
            if (rules.isEmpty() || rules.size() > MOST_RULES) {
                throw new Unclear("give 1 to %d rules".formatted(MOST_RULES));
            }
            return new Hours(rules);
        } catch (OpeningHoursParseException | TokenMgrError | IllegalArgumentException unreadable) {
            throw new Unclear("they are written like 'Mo-Fr 08:00-18:00; PH off': "
                    + String.valueOf(unreadable.getMessage()).strip().replaceAll("\\s+", " "));
        }
    }

    /// Of what has been checked already; empty where nothing is said.
    public static Optional<Hours> of(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(read(text));
        } catch (Unclear _) {
            return Optional.empty();
        }
    }

    /// Days may be written as everywhere else.
    private static String withNames(String text) throws Unclear {
        StringBuilder named = new StringBuilder();
        var days = DAY.matcher(text);
        while (days.find()) {
            int month = Integer.parseInt(days.group(2));
            if (month < 1 || month > 12) {
                throw new Unclear("there is no day %s".formatted(days.group()));
            }
            String name = Month.of(month).name();
            days.appendReplacement(
                    named,
                    "%s %c%s %s"
                            .formatted(
                                    days.group(1),
                                    name.charAt(0),
                                    name.substring(1, 3).toLowerCase(Locale.ROOT),
                                    days.group(3)));
        }
        return days.appendTail(named).toString();
    }

    /// What holds on a day.
    public Day day(LocalDate date, Holidays holidays) {
        Certainty holiday = holidays.on(date);
        Outcome usual = outcome(date, false);
        Outcome free = outcome(date, true);
        boolean isKnown = switch (holiday) {
            case NO -> true;
            case YES -> free.isSaidOfHolidays();
            case PERHAPS -> free.spans().equals(usual.spans()) && free.isSaidOfHolidays();
        };
        return new Day(date, isKnown, (holiday == Certainty.YES ? free : usual).spans());
    }

    /// @param by the rule that said it last, null for none
    private record Outcome(List<Span> spans, @Nullable HoursRule by) {

        /// Usual hours say nothing of a holiday, unless they are closed anyway.
        boolean isSaidOfHolidays() {
            return spans.isEmpty() || by != null && by.isSaidOfHolidays();
        }
    }

    /// Each rule takes the place of those before, for the days it is about.
    private Outcome outcome(LocalDate date, boolean isHoliday) {
        List<Span> spans = new ArrayList<>();
        HoursRule by = null;
        for (HoursRule rule : rules) {
            if (rule.holdsOn(date, isHoliday)) {
                if (!rule.isMore()) {
                    spans.clear();
                }
                spans.addAll(rule.spans());
                by = rule;
            }
        }
        spans.sort(Comparator.comparingInt(Span::start));
        return new Outcome(List.copyOf(spans), by);
    }

    /// Whether it never closes.
    public boolean isAlways() {
        return rules.size() == 1 && rules.getFirst().isAlways();
    }

    /// How it is now; empty where nobody said.
    public Optional<State> at(Instant now, ZoneId zone, Holidays holidays) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        List<Opening> openings = new ArrayList<>();
        Instant known = null;
        for (LocalDate date = today.minusDays(1);
                known == null && !date.isAfter(today.plusDays(AHEAD));
                date = date.plusDays(1)) {
            Day day = day(date, holidays);
            if (!day.isKnown() && !date.isBefore(today)) {
                known = date.atStartOfDay(zone).toInstant();
            } else if (day.isKnown()) {
                for (Span span : day.spans()) {
                    add(openings, new Opening(moment(date, span.start(), zone), moment(date, span.end(), zone)));
                }
            }
            if (openings.stream().anyMatch(one -> one.from().isAfter(now)) && date.isAfter(today.plusDays(ALWAYS))) {
                break;
            }
        }
        return state(now, zone, openings, known);
    }

    /// From a moment to another.
    private record Opening(Instant from, Instant to) {}

    /// Openings that touch or overlap are one.
    private static void add(List<Opening> openings, Opening next) {
        Opening last = openings.isEmpty() ? null : openings.getLast();
        if (last != null && !next.from().isAfter(last.to())) {
            Instant to = next.to().isAfter(last.to()) ? next.to() : last.to();
            openings.set(openings.size() - 1, new Opening(last.from(), to));
        } else {
            openings.add(next);
        }
    }

    /// @param known until when it is known, null for as long as was looked
    private Optional<State> state(Instant now, ZoneId zone, List<Opening> openings, @Nullable Instant known) {
        if (known != null && !now.isBefore(known)) {
            return Optional.empty();
        }
        for (Opening opening : openings) {
            if (!now.isBefore(opening.from()) && now.isBefore(opening.to())) {
                boolean goesOn = known != null && !opening.to().isBefore(known)
                        || opening.to()
                                .isAfter(now.atZone(zone).plusDays(ALWAYS).toInstant());
                return Optional.of(new State(true, goesOn ? null : opening.to()));
            }
        }
        Instant next = openings.stream()
                .map(Opening::from)
                .filter(from -> from.isAfter(now))
                .findFirst()
                .orElse(null);
        return Optional.of(new State(false, next));
    }

    private static Instant moment(LocalDate date, int minutes, ZoneId zone) {
        return date.atStartOfDay().plusMinutes(minutes).atZone(zone).toInstant();
    }

    /// The week as it is without single days and holidays, from Monday; empty where weeks are not all alike.
    public List<Day> week() {
        if (rules.stream().anyMatch(HoursRule::makesWeeksDiffer)) {
            return List.of();
        }
        LocalDate monday = LocalDate.EPOCH.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        Hours usual =
                new Hours(rules.stream().filter(rule -> !rule.isException()).toList());
        return monday.datesUntil(monday.plusDays(7))
                .map(date -> new Day(date, true, usual.outcome(date, false).spans()))
                .toList();
    }
}
