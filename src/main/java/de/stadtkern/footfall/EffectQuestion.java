package de.stadtkern.footfall;

import de.stadtkern.page.Days;
import de.stadtkern.page.Form;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/// Which event is asked about, where, and what it is held against, as an address says it.
///
/// @param name     in the reader's own words; may be empty
/// @param controls places that the event did not reach
record EffectQuestion(String name, List<Counter> places, List<Counter> controls, Days days, int open, int close) {

    static final int MOST_PLACES = 4;
    private static final int LONGEST = 120;
    static final int OPEN = 10;
    static final int CLOSE = 20;

    EffectQuestion {
        places = List.copyOf(places);
        controls = List.copyOf(controls);
    }

    /// Understands what was asked, and says at its field what cannot be.
    ///
    /// @param known all that the reader may see
    static EffectQuestion of(
            Form form, List<String> slugs, List<String> controlSlugs, List<Counter> known, LocalDate today) {
        Flaws flaws = new Flaws();
        List<Counter> places = flaws.read(List.of(), () -> CompareQuestion.places("place", slugs, known));
        List<Counter> controls = flaws.read(List.of(), () -> CompareQuestion.places("control", controlSlugs, known));
        if (places.size() > MOST_PLACES || controls.size() > MOST_PLACES) {
            flaws.add(Problem.field(
                    places.size() > MOST_PLACES ? "place" : "control",
                    "effect-places",
                    "At most four of each are asked."));
        }
        if (controls.stream().anyMatch(places::contains)) {
            flaws.add(Problem.field("control", "effect-control", "A place cannot be held against itself."));
        }
        if (form.value("event").length() > LONGEST) {
            flaws.add(Problem.field("event", "effect-name", "A name has at most 120 characters."));
        }
        Days days = days(form, today, flaws);
        CompareQuestion.Hours hours = CompareQuestion.hours(form, OPEN, CLOSE, flaws);
        flaws.end();
        return new EffectQuestion(form.value("event").strip(), places, controls, days, hours.open(), hours.close());
    }

    private static Days days(Form form, LocalDate today, Flaws flaws) {
        LocalDate first = form.value("from").isEmpty()
                ? today.with(TemporalAdjusters.previous(DayOfWeek.SATURDAY))
                : flaws.read(LocalDate.EPOCH, () -> FootfallController.date("from", form.value("from")));
        LocalDate last = form.value("to").isEmpty()
                ? first
                : flaws.read(first, () -> FootfallController.date("to", form.value("to")));
        Days days = flaws.read(new Days(first, first), () -> new Days(first, last));
        if (flaws.isFine("from") && days.count() > EventEffect.MOST_DAYS) {
            flaws.add(Problem.field("to", "effect-long", "An event has at most seven days here."));
        }
        if (!last.isBefore(today)) {
            flaws.add(Problem.field(
                    form.value("to").isEmpty() ? "from" : "to", "effect-ahead", "The event is not over."));
        }
        return days;
    }

    EventEffect.Event event() {
        return new EventEffect.Event(days.first(), days.last(), open, close);
    }

    List<Counter> all() {
        List<Counter> all = new ArrayList<>(places);
        all.addAll(controls);
        return all;
    }

    /// The same question as part of an address, complete.
    String query() {
        List<String> said = new ArrayList<>();
        if (!name.isEmpty()) {
            said.add("event=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        }
        places.forEach(place -> said.add("place=" + place.wish().slug()));
        controls.forEach(place -> said.add("control=" + place.wish().slug()));
        said.add("from=%s&to=%s&open=%d&close=%d".formatted(days.first(), days.last(), open, close));
        return "?" + String.join("&", said);
    }

    EffectQuestion without(Counter counter) {
        return new EffectQuestion(name, others(places, counter), others(controls, counter), days, open, close);
    }

    private static List<Counter> others(List<Counter> all, Counter counter) {
        return all.stream().filter(one -> one.id() != counter.id()).toList();
    }
}
