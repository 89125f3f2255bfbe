package de.stadtkern.page;

import java.time.LocalDate;
import java.util.List;

/// The block with which a reader chooses what time a page shows: some usual periods, any first and last day, one
/// period back or forward, how finely. Plain links and a form that asks with GET, so that every choice has an address.
/// Its markup is `page/period.jte`.
///
/// @param fields of the form
/// @param hidden what else the address says and shall go on saying
public record PeriodChooser(List<Field> fields, List<Link> usual, String previous, String next, List<Hidden> hidden) {

    /// What somebody asked for.
    ///
    /// @param from    as it was typed, also if it is no date
    /// @param problem what is wrong with it, empty if nothing is
    /// @param field   of the problem: `from`, `to` or `by`
    public record Asked(String from, String to, String by, String problem, String field) {

        /// @param steps to choose from
        public List<Field> fields(Wording wording, List<Field.Choice> steps) {
            return List.of(
                    field(wording, "from", from).type("date").optional(),
                    field(wording, "to", to).type("date").optional(),
                    field(wording, "by", by).select(steps));
        }

        private Field field(Wording wording, String name, String value) {
            return new Field(
                    name,
                    wording.say("page.period." + name),
                    "text",
                    "",
                    value,
                    field.equals(name) ? problem : "",
                    null,
                    true,
                    List.of());
        }
    }

    public record Link(String name, String address, boolean current) {}

    public record Hidden(String name, String value) {}

    public PeriodChooser {
        fields = List.copyOf(fields);
        usual = List.copyOf(usual);
        hidden = List.copyOf(hidden);
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
