package de.stadtkern.chat;

import de.stadtkern.knowledge.Holidays;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The days a question is about, both included, as German and English say them.
///
/// @param said the words of the question that say so
/// @param span what sort of stretch that is
record When(LocalDate first, LocalDate last, Span span, String said) {

    enum Span {
        DAY,
        WEEKEND,
        WEEK,
        MONTH,
        DAYS
    }

    private static final String NUMBER =
            "(\\d{1,2}|eine?[mnr]?|zwei|drei|vier|fünf|sechs|sieben|an?|two|three|four|five|six|seven)";
    private static final List<String> NUMBERS_DE =
            List.of("", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben");
    private static final List<String> NUMBERS_EN = List.of("", "a", "two", "three", "four", "five", "six", "seven");
    private static final List<String> MONTHS = List.of(
            "januar|jänner|january",
            "februar|february",
            "märz|maerz|march",
            "april",
            "mai|may",
            "juni|june",
            "juli|july",
            "august",
            "september",
            "oktober|october",
            "november",
            "dezember|december");
    private static final String MONTH = "(" + String.join("|", MONTHS) + ")";
    private static final List<String> WEEKDAYS = List.of(
            "montag|monday",
            "dienstag|tuesday",
            "mittwoch|wednesday",
            "donnerstag|thursday",
            "freitag|friday",
            "samstag|sonnabend|saturday",
            "sonntag|sunday");
    private static final String WEEKDAY = "(" + String.join("|", WEEKDAYS) + ")";
    private static final String PART = "(?:s|abends?|vormittags?|nachmittags?|morgens?|früh|nachts?)?";
    private static final String NEXT = "nächste[nrsm]?|naechste[nrsm]?|next";
    private static final String THIS = "diese[nrsm]?|this|kommende[nrsm]?|coming|am|on|an diesem|at the";

    private static final Pattern ISO = pattern("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final Pattern NUMERIC = pattern("(\\d{1,2})\\.\\s?(\\d{1,2})\\.(?:\\s?(\\d{4}|\\d{2}))?(?!\\d)");
    private static final Pattern DAY_MONTH =
            pattern("(\\d{1,2})(?:\\.|st|nd|rd|th)?(?: of)? ?" + MONTH + "(?:,? (\\d{4}))?");
    private static final Pattern MONTH_DAY = pattern(MONTH + " (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?");
    private static final Pattern MONTH_ALONE =
            pattern("(?:im|in|(" + NEXT + ")|diesen|this) " + MONTH + "(?: (\\d{4}))?");
    private static final Pattern AHEAD = pattern("in " + NUMBER + " (tag|day|woche|week|monat|month)(?:e?n?|s)");
    private static final Pattern NAMED_WEEKDAY = pattern("(?:(" + NEXT + ")|(?:" + THIS + "))? ?" + WEEKDAY + PART);
    private static final Pattern WEEKEND = pattern("(?:(" + NEXT + ") |(?:" + THIS + ") )?(?:wochenende|weekend)");
    private static final Pattern WEEK =
            pattern("(?:(übernächste)|(" + NEXT + ")|(diese|this|dieser|kommenden?|coming)) (?:woche|week)");
    private static final Pattern IN_MONTH = pattern("(?:(" + NEXT + ")|(?:diese[nm]|this|in diesem)) (?:monat|month)");
    private static final Pattern AFTER_TOMORROW = pattern("übermorgen|uebermorgen|(?:the )?day after tomorrow");
    private static final Pattern TOMORROW = pattern("tomorrow|(?<!am )(?<!guten )morgen");
    private static final Pattern TODAY =
            pattern("heute(?: abend| nachmittag| vormittag| morgen| nacht| früh)?|today|tonight|this"
                    + " (?:evening|afternoon|morning)|jetzt|gerade|now|right now|currently|aktuell|momentan");
    private static final Pattern NOW = pattern("jetzt|gerade|now|currently|aktuell|momentan|noch");
    /// Days that have a name, by days from Easter or as month and day.
    private static final Map<Pattern, Integer> BY_EASTER = Map.of(
            pattern("karfreitag|good friday"), -2,
            pattern("ostersonntag|easter sunday"), 0,
            pattern("ostermontag|easter monday"), 1,
            pattern("(?:christi )?himmelfahrt|ascension day"), 39,
            pattern("pfingstsonntag|whit sunday"), 49,
            pattern("pfingstmontag|whit monday"), 50,
            pattern("fronleichnam|corpus christi"), 60);
    private static final Map<Pattern, List<Integer>> BY_DATE = Map.of(
            pattern("heiligabend|heilig abend|heiligen abend|christmas eve"), List.of(12, 24),
            pattern("silvester|new year'?s eve"), List.of(12, 31),
            pattern("neujahr|new year'?s day"), List.of(1, 1),
            pattern("(?:ersten|1\\.) weihnachtstag|(?:ersten|1\\.) weihnachtsfeiertag|christmas day"), List.of(12, 25),
            pattern("(?:zweiten|2\\.) weihnachtstag|(?:zweiten|2\\.) weihnachtsfeiertag|boxing day"), List.of(12, 26),
            pattern("tag der arbeit|maifeiertag"), List.of(5, 1),
            pattern("tag der deutschen einheit"), List.of(10, 3),
            pattern("reformationstag"), List.of(10, 31),
            pattern("allerheiligen"), List.of(11, 1),
            pattern("nikolaus|nikolaustag"), List.of(12, 6));

    private static Pattern pattern(String words) {
        return Pattern.compile("(?<![\\p{L}\\d])(?:" + words + ")(?![\\p{L}])");
    }

    /// Empty where no time is said, or one that is not understood.
    static Optional<When> in(String question, LocalDate today) {
        String text = question.toLowerCase(Locale.GERMAN).replaceAll("\\s+", " ");
        return dates(text, today)
                .or(() -> named(text, today))
                .or(() -> ahead(text, today))
                .or(() -> weeks(text, today))
                .or(() -> months(text, today))
                .or(() -> weekdays(text, today))
                .or(() -> near(text, today));
    }

    /// Whether this moment is meant, rather than a whole day.
    static boolean isNow(String question) {
        return NOW.matcher(question.toLowerCase(Locale.GERMAN)).find();
    }

    private static When day(LocalDate day, String said) {
        return new When(day, day, Span.DAY, said);
    }

    /// A date, or two with what is between them.
    private static Optional<When> dates(String text, LocalDate today) {
        List<When> found = List.of(
                        ISO.matcher(text).results().map(match -> date(match, 1, 2, 3, today)),
                        NUMERIC.matcher(text).results().map(match -> date(match, 3, 2, 1, today)),
                        DAY_MONTH.matcher(text).results().map(match -> date(match, 3, 2, 1, today)),
                        MONTH_DAY.matcher(text).results().map(match -> date(match, 3, 1, 2, today)))
                .stream()
                .map(matches -> matches.flatMap(Optional::stream).toList())
                .filter(dates -> !dates.isEmpty())
                .findFirst()
                .orElse(List.of());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        When from = found.getFirst();
        When to = found.getLast();
        boolean isStretch = found.size() == 2
                && to.first().isAfter(from.first())
                && text.substring(text.indexOf(from.said()) + from.said().length(), text.lastIndexOf(to.said()))
                        .matches("\\s*(?:bis|to|until|and|und|–|-)(?: zum| einschließlich| the)?\\s*");
        return Optional.of(
                isStretch ? new When(from.first(), to.first(), Span.DAYS, from.said() + " – " + to.said()) : from);
    }

    /// Without a year, the next one.
    private static Optional<When> date(MatchResult match, int year, int month, int day, LocalDate today) {
        try {
            int ofMonth = month(match.group(month));
            int ofDay = Integer.parseInt(match.group(day));
            String written = match.group(year);
            if (written != null) {
                int full = Integer.parseInt(written) + (written.length() == 2 ? 2000 : 0);
                return Optional.of(
                        day(LocalDate.of(full, ofMonth, ofDay), match.group().strip()));
            }
            return Optional.of(day(next(ofMonth, ofDay, today), match.group().strip()));
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    private static LocalDate next(int month, int day, LocalDate today) {
        LocalDate date = LocalDate.of(today.getYear(), month, day);
        return date.isBefore(today) ? LocalDate.of(today.getYear() + 1, month, day) : date;
    }

    private static int month(String text) {
        return text.matches("\\d+") ? Integer.parseInt(text) : place(MONTHS, text);
    }

    /// From 1.
    private static int place(List<String> names, String name) {
        return IntStream.range(0, names.size())
                        .filter(at -> Arrays.asList(names.get(at).split("\\|")).contains(name))
                        .findFirst()
                        .orElseThrow(() -> new DateTimeException(name))
                + 1;
    }

    private static Optional<When> named(String text, LocalDate today) {
        for (Map.Entry<Pattern, List<Integer>> one : BY_DATE.entrySet()) {
            Matcher match = one.getKey().matcher(text);
            if (match.find()) {
                return Optional.of(
                        day(next(one.getValue().getFirst(), one.getValue().getLast(), today), match.group()));
            }
        }
        for (Map.Entry<Pattern, Integer> one : BY_EASTER.entrySet()) {
            Matcher match = one.getKey().matcher(text);
            if (match.find()) {
                LocalDate day = Holidays.easter(today.getYear()).plusDays(one.getValue());
                LocalDate next = day.isBefore(today)
                        ? Holidays.easter(today.getYear() + 1).plusDays(one.getValue())
                        : day;
                return Optional.of(day(next, match.group()));
            }
        }
        return Optional.empty();
    }

    /// Such as `in zwei Wochen`.
    private static Optional<When> ahead(String text, LocalDate today) {
        Matcher match = AHEAD.matcher(text);
        if (!match.find()) {
            return Optional.empty();
        }
        int number = number(match.group(1));
        return Optional.of(
                switch (match.group(2)) {
                    case "tag", "day" -> day(today.plusDays(number), match.group());
                    case "woche", "week" -> week(today.plusWeeks(number), match.group());
                    default -> month(YearMonth.from(today).plusMonths(number), match.group());
                });
    }

    private static int number(String text) {
        if (text.matches("\\d+")) {
            return Integer.parseInt(text);
        }
        return text.startsWith("ein") || text.startsWith("a")
                ? 1
                : Math.max(NUMBERS_DE.indexOf(text), NUMBERS_EN.indexOf(text));
    }

    private static When week(LocalDate of, String said) {
        LocalDate monday = of.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return new When(monday, monday.plusDays(6), Span.WEEK, said);
    }

    private static When month(YearMonth month, String said) {
        return new When(month.atDay(1), month.atEndOfMonth(), Span.MONTH, said);
    }

    /// What is left of it, of the week and the month that are.
    private When from(LocalDate today) {
        return first.isBefore(today) ? new When(today, last, span, said) : this;
    }

    private static Optional<When> weeks(String text, LocalDate today) {
        Matcher weekend = WEEKEND.matcher(text);
        if (weekend.find()) {
            boolean isNext = weekend.group(1) != null;
            boolean isOn = today.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
            LocalDate sunday =
                    today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)).plusWeeks(isNext && isOn ? 1 : 0);
            return Optional.of(new When(
                            sunday.minusDays(1),
                            sunday,
                            Span.WEEKEND,
                            weekend.group().strip())
                    .from(today));
        }
        Matcher week = WEEK.matcher(text);
        if (!week.find()) {
            return Optional.empty();
        }
        boolean isComing = week.group().startsWith("kommende") || week.group().startsWith("coming");
        int weeks = week.group(1) != null ? 2 : week.group(2) != null || isComing ? 1 : 0;
        return Optional.of(week(today.plusWeeks(weeks), week.group()).from(today));
    }

    private static Optional<When> months(String text, LocalDate today) {
        Matcher named = MONTH_ALONE.matcher(text);
        if (named.find()) {
            int month = place(MONTHS, named.group(2));
            YearMonth current = YearMonth.from(today);
            YearMonth next = YearMonth.of(today.getYear(), month);
            YearMonth meant = named.group(3) instanceof String year
                    ? YearMonth.of(Integer.parseInt(year), month)
                    : next.isBefore(current) || named.group(1) != null && next.equals(current)
                            ? next.plusYears(1)
                            : next;
            return Optional.of(month(meant, named.group()).from(meant.equals(current) ? today : LocalDate.MIN));
        }
        Matcher relative = IN_MONTH.matcher(text);
        if (!relative.find()) {
            return Optional.empty();
        }
        YearMonth month = YearMonth.from(today).plusMonths(relative.group(1) != null ? 1 : 0);
        return Optional.of(month(month, relative.group()).from(today));
    }

    /// The next one; today is it too, unless it is said to be the next.
    private static Optional<When> weekdays(String text, LocalDate today) {
        Matcher match = NAMED_WEEKDAY.matcher(text);
        if (!match.find()) {
            return Optional.empty();
        }
        DayOfWeek day = DayOfWeek.of(place(WEEKDAYS, match.group(2)));
        boolean isNext = match.group(1) != null;
        LocalDate date = today.with(isNext ? TemporalAdjusters.next(day) : TemporalAdjusters.nextOrSame(day));
        return Optional.of(day(date, match.group().strip()));
    }

    private static Optional<When> near(String text, LocalDate today) {
        String dayAfter = found(AFTER_TOMORROW, text);
        if (dayAfter != null) {
            return Optional.of(day(today.plusDays(2), dayAfter));
        }
        // Before tomorrow, because of "heute Morgen".
        String now = found(TODAY, text);
        if (now != null) {
            return Optional.of(day(today, now));
        }
        String tomorrow = found(TOMORROW, text);
        return tomorrow == null ? Optional.empty() : Optional.of(day(today.plusDays(1), tomorrow));
    }

    private static @Nullable String found(Pattern pattern, String text) {
        Matcher match = pattern.matcher(text);
        return match.find() ? match.group() : null;
    }

    boolean isOneDay() {
        return first.equals(last);
    }
}
