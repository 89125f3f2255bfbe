package de.stadtkern.footfall;

import de.stadtkern.page.Form;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which month at which places, as an address says it: `?month=2026-10&place=markt,dom`.
record MonthQuestion(YearMonth month, List<Counter> places) {

    static final int MOST_PLACES = 12;

    MonthQuestion {
        places = List.copyOf(places);
    }

    /// @param slugs as they were given, several in one text with commas between them; none: the first of all
    /// @param known all that the reader may see
    /// @param usual what is meant where no month was asked for
    static MonthQuestion of(Form form, List<String> slugs, List<Counter> known, YearMonth usual, YearMonth running) {
        Flaws flaws = new Flaws();
        YearMonth month = flaws.read(null, () -> IndexController.month("month", form.value("month")));
        List<Counter> places = flaws.read(
                List.of(),
                () -> CompareQuestion.places("place", asked(slugs, known), known, MOST_PLACES, "month-places"));
        if (month != null && month.isAfter(running)) {
            flaws.add(Problem.field("month", "month-ahead", "This month has not begun."));
        }
        flaws.end();
        return new MonthQuestion(month == null ? usual : month, places);
    }

    /// The slugs of the places that are meant.
    static List<String> asked(List<String> slugs, List<Counter> known) {
        List<String> asked = slugs.stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .filter(slug -> !slug.isBlank())
                .toList();
        return asked.isEmpty() ? CompareQuestion.usual(known, MOST_PLACES) : asked;
    }

    /// What an address says of the places.
    static String joined(List<Counter> places) {
        return places.stream().map(counter -> counter.wish().slug()).collect(Collectors.joining(","));
    }

    Map<String, String> filters() {
        Map<String, String> filters = new LinkedHashMap<>();
        filters.put("month", month.toString());
        filters.put("place", joined(places));
        return filters;
    }

    MonthQuestion in(YearMonth other) {
        return new MonthQuestion(other, places);
    }

    MonthQuestion without(Counter place) {
        return new MonthQuestion(
                month, places.stream().filter(one -> one.id() != place.id()).toList());
    }

    /// The same question at another address, complete, so that it stays what it is next month.
    String at(String path) {
        return "%s?month=%s&place=%s".formatted(path, month, joined(places));
    }
}
