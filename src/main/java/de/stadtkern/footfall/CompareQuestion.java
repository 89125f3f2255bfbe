package de.stadtkern.footfall;

import de.stadtkern.page.Days;
import de.stadtkern.page.Form;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which places and times are compared, as an address says it.
///
/// @param then the first day of the earlier time as it was asked for; null unless it was chosen
record CompareQuestion(
        List<Counter> places,
        Days days,
        Other other,
        @Nullable LocalDate then,
        boolean shops,
        int open,
        int close,
        boolean estimates) {

    static final int MOST_PLACES = 6;
    private static final int MOST_DAYS = 366;
    private static final int USUAL_DAYS = 28;
    private static final int YEAR = 364;
    /// In place of a day that cannot be read.
    private static final LocalDate LATEST = LocalDate.of(2200, 12, 31);

    /// With what a time is compared.
    enum Other {
        PREVIOUS,
        YEAR,
        CHOSEN,
        NONE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Other of(String key) {
            for (Other other : values()) {
                if (other.key().equals(key)) {
                    return other;
                }
            }
            throw Problem.field("with", "compare-with", "'with' is previous, year, chosen or none.");
        }
    }

    CompareQuestion {
        places = List.copyOf(places);
    }

    /// Understands what was asked, and says at its field what cannot be.
    ///
    /// @param form    what was not asked is filled in
    /// @param slugs   of the places
    /// @param known   all that the reader may see
    /// @param lastDay of these counters on which something was counted, before today
    static CompareQuestion of(
            Form form, List<String> slugs, List<Counter> known, Function<List<Counter>, LocalDate> lastDay) {
        Flaws flaws = new Flaws();
        List<Counter> places = flaws.read(List.of(), () -> places("place", slugs, known));
        Days days = days(form, () -> lastDay.apply(places), flaws);
        Other other = form.value("with").isEmpty()
                ? Other.PREVIOUS
                : flaws.read(Other.NONE, () -> Other.of(form.value("with")));
        LocalDate then = other == Other.CHOSEN ? then(form, days, flaws) : null;
        boolean shops = flaws.read(false, () -> isShop(form));
        Hours hours = hours(form, 0, 24, flaws);
        flaws.end();
        return new CompareQuestion(
                places, days, other, then, shops, hours.open(), hours.close(), form.isChecked("estimates"));
    }

    private static Days days(Form form, Supplier<LocalDate> lastDay, Flaws flaws) {
        LocalDate last = form.value("to").isEmpty()
                ? lastDay.get()
                : flaws.read(LATEST, () -> FootfallController.date("to", form.value("to")));
        LocalDate first = form.value("from").isEmpty()
                ? last.minusDays(USUAL_DAYS - 1L)
                : flaws.read(last, () -> FootfallController.date("from", form.value("from")));
        Days days = flaws.read(new Days(last, last), () -> new Days(first, last));
        if (flaws.isFine("to") && days.count() > MOST_DAYS) {
            flaws.add(Problem.field("from", "compare-long", "At most 366 days are compared."));
        }
        return days;
    }

    /// Of a day.
    record Hours(int open, int close) {}

    static Hours hours(Form form, int usualOpen, int usualClose, Flaws flaws) {
        int open = flaws.read(0, () -> hour(form, "open", usualOpen, 23));
        int close = flaws.read(24, () -> hour(form, "close", usualClose, 24));
        if (close <= open) {
            flaws.add(Problem.field("close", "compare-hours", "The last hour is later than the first."));
        }
        return new Hours(open, close);
    }

    static List<Counter> places(String field, List<String> slugs, List<Counter> known) {
        return places(field, slugs, known, MOST_PLACES, "compare-places");
    }

    /// @param problem name of what is wrong where there are more
    static List<Counter> places(String field, List<String> slugs, List<Counter> known, int most, String problem) {
        List<Counter> places = new ArrayList<>();
        for (String slug :
                slugs.stream().filter(one -> !one.isBlank()).distinct().toList()) {
            places.add(known.stream()
                    .filter(counter -> counter.wish().slug().equals(slug))
                    .findFirst()
                    .orElseThrow(() ->
                            Problem.field(field, "place-unknown", "There is no counter '%.80s'.".formatted(slug))));
        }
        if (places.size() > most) {
            throw Problem.field(field, problem, "At most %d counters.".formatted(most));
        }
        return places;
    }

    /// The slugs of those that are shown where nobody chose: what was measured before what is simulated.
    static List<String> usual(List<Counter> known, int most) {
        return known.stream()
                .sorted(Comparator.comparing(counter -> counter.wish().simulated()))
                .limit(most)
                .map(counter -> counter.wish().slug())
                .toList();
    }

    private static int hour(Form form, String field, int otherwise, int most) {
        String text = form.value(field);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,2}") || Integer.parseInt(text) > most) {
            throw Problem.field(field, "hour-invalid", "An hour is a number from 0 to 24.");
        }
        return Integer.parseInt(text);
    }

    private static boolean isShop(Form form) {
        return switch (form.value("days")) {
            case "", "all" -> false;
            case "shop" -> true;
            default -> throw Problem.field("days", "compare-days", "'days' is all or shop.");
        };
    }

    private static @Nullable LocalDate then(Form form, Days days, Flaws flaws) {
        if (form.value("then").isEmpty()) {
            flaws.add(Problem.field("then", "compare-then", "Say on which day the other time begins."));
            return null;
        }
        LocalDate then = flaws.read(null, () -> FootfallController.date("then", form.value("then")));
        if (then != null
                && flaws.isFine("from", "to")
                && days.first().toEpochDay() - then.toEpochDay() < days.count() - 3) {
            flaws.add(Problem.field("then", "compare-overlap", "The other time ends before the first one begins."));
        }
        return then;
    }

    /// Days from the earlier time to the later one: whole weeks, so that each weekday meets its like. Empty where there
    /// is no earlier time.
    Optional<Integer> shift() {
        return switch (other) {
            case NONE -> Optional.empty();
            case YEAR -> Optional.of(YEAR);
            case PREVIOUS -> Optional.of(weeks(days.count() + 6));
            case CHOSEN ->
                Optional.of(Math.max(
                        weeks(days.count() + 6),
                        weeks(days.first().toEpochDay() - (then == null ? days.first() : then).toEpochDay() + 3)));
        };
    }

    private static int weeks(long days) {
        return Math.toIntExact(Math.floorDiv(days, 7L) * 7);
    }

    /// The earlier time; it is as long, and begins on the same weekday.
    Optional<Days> before() {
        return shift().map(shift ->
                new Days(days.first().minusDays(shift), days.last().minusDays(shift)));
    }

    Comparison.Wanted wanted() {
        return new Comparison.Wanted(
                days, shift().map(shift -> new LikeDays(days.first(), shift)).orElse(null), shops, open, close);
    }

    /// The same question as part of an address, complete, so that it stays what it is tomorrow.
    String query() {
        List<String> said = new ArrayList<>();
        places.forEach(
                place -> said.add("place=" + URLEncoder.encode(place.wish().slug(), StandardCharsets.UTF_8)));
        said.add("from=" + days.first());
        said.add("to=" + days.last());
        said.add("with=" + other.key());
        if (then != null) {
            said.add("then=" + then);
        }
        if (shops) {
            said.add("days=shop");
        }
        if (open != 0 || close != 24) {
            said.add("open=%d&close=%d".formatted(open, close));
        }
        if (estimates) {
            said.add("estimates=on");
        }
        return "?" + String.join("&", said);
    }

    CompareQuestion without(Counter place) {
        return new CompareQuestion(
                places.stream().filter(one -> one.id() != place.id()).toList(),
                days,
                other,
                then,
                shops,
                open,
                close,
                estimates);
    }
}
