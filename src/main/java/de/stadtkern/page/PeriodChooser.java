package de.stadtkern.page;

import java.time.LocalDate;
import java.util.List;

/// The block with which a reader chooses what time a page shows: some usual periods, any first and last day, one
/// period back or forward, how finely. Plain links and a form that asks with GET, so that every choice has an address.
/// Its markup is `page/period.jte`.
///
/// @param from    as it was typed, also if it is no date
/// @param hidden  what else the address says and shall go on saying
/// @param problem what is wrong with the input, empty if nothing is
/// @param field   of the problem: `from`, `to` or `by`
public record PeriodChooser(
        String from,
        String to,
        List<Choice> steps,
        List<Link> usual,
        String previous,
        String next,
        List<Hidden> hidden,
        String problem,
        String field) {

    public record Choice(String key, String name, boolean chosen) {}

    public record Link(String name, String address, boolean current) {}

    public record Hidden(String name, String value) {}

    public PeriodChooser {
        steps = List.copyOf(steps);
        usual = List.copyOf(usual);
        hidden = List.copyOf(hidden);
    }

    boolean wrong(String name) {
        return !problem.isEmpty() && field.equals(name);
    }

    /// The periods people ask for most, ending today or on the last day there is.
    public static List<Named> usual(Wording wording, LocalDate last, LocalDate earliest) {
        return List.of(
                new Named(wording.say("page.period.day"), Days.endingOn(last, 1)),
                new Named(wording.say("page.period.week"), Days.endingOn(last, 7)),
                new Named(wording.say("page.period.month"), Days.endingOn(last, 30)),
                new Named(
                        wording.say("page.period.year"),
                        new Days(last.minusYears(1).plusDays(1), last)),
                new Named(wording.say("page.period.all"), new Days(earliest.isAfter(last) ? last : earliest, last)));
    }

    public record Named(String name, Days days) {}
}
