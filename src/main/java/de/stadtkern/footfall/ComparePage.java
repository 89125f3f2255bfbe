package de.stadtkern.footfall;

import de.stadtkern.footfall.CompareQuestion.Other;
import de.stadtkern.footfall.Comparison.Verdict;
import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Step;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableFile;
import de.stadtkern.page.Wording;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Places and times side by side: what was counted in the hours common to all, and by how much that changed.
@Component
class ComparePage {

    static final String PATH = FootfallController.PATH + "/compare";

    private static final int DAYS_BY_HOUR = 3;
    private static final int USUAL_PLACES = 2;
    private static final int MOST_NAMED = 12;

    private final Counters counters;
    private final FigureStore figures;
    private final CalibratedFigures calibrated;
    private final ValidHours hours;
    private final PeriodStore periods;
    private final TownWeather weather;

    ComparePage(
            Counters counters,
            FigureStore figures,
            CalibratedFigures calibrated,
            ValidHours hours,
            PeriodStore periods,
            TownWeather weather) {
        this.counters = counters;
        this.figures = figures;
        this.calibrated = calibrated;
        this.hours = hours;
        this.periods = periods;
        this.weather = weather;
    }

    /// @param any    whether there is a counter
    /// @param chosen places, each with the address of the page without it
    /// @param result null where the question cannot be answered
    record View(
            boolean any,
            CompareFields fields,
            List<Chosen> chosen,
            @Nullable Result result) {}

    /// @param without empty for the only one
    record Chosen(String name, String slug, String without) {}

    /// @param period    what is compared with what
    /// @param sentence  how it differs
    /// @param hours     of how many hours that is
    /// @param remarks   what else has to be known to read it rightly
    /// @param permalink of this very answer
    /// @param embed     markup with which another page shows it
    record Result(
            String period,
            String sentence,
            String hours,
            List<String> remarks,
            List<Drawn> charts,
            Table table,
            List<Table.File> files,
            String permalink,
            String embed) {}

    record Drawn(String title, Chart chart) {}

    /// @param valid hours in which the place could be compared with itself, and of how many
    private record Row(String name, String address, String now, String before, String change, String valid) {}

    /// What was asked and what came of it.
    private record Answer(CompareQuestion question, Comparison comparison, List<String> broken) {

        Verdict verdict() {
            return comparison.verdict(!broken.isEmpty());
        }
    }

    /// @param form filled with what was asked; takes what is wrong with it
    /// @param base scheme and host as the reader sees them
    View view(Frame frame, Form form, List<String> slugs, String base) {
        List<Counter> known = counters.shown();
        List<String> asked = places(slugs, known);
        List<Answer> answers = new ArrayList<>();
        boolean isRight = known.isEmpty()
                || form.accepts(frame, "footfall", () -> answers.add(answer(frame.wording(), form, asked, known)));
        Optional<Answer> answer = answers.stream().filter(_ -> isRight).findFirst();
        List<Counter> places = answer.map(one -> one.question().places())
                .orElse(known.stream()
                        .filter(counter -> asked.contains(counter.wish().slug()))
                        .limit(CompareQuestion.MOST_PLACES)
                        .toList());
        return new View(
                !known.isEmpty(),
                CompareFields.of(
                        frame.wording(), form, answer.map(Answer::question).orElse(null), known, places),
                places.stream()
                        .map(place -> new Chosen(
                                place.wish().name(),
                                place.wish().slug(),
                                answer.filter(_ -> places.size() > 1)
                                        .map(one -> PATH
                                                + one.question().without(place).query())
                                        .orElse("")))
                        .toList(),
                answer.map(one -> result(frame, one, base)).orElse(null));
    }

    /// A row for each place and day, of the common hours.
    void write(Wording wording, Form form, List<String> slugs, FileKind kind, HttpServletResponse response)
            throws IOException {
        List<Counter> known = counters.shown();
        Answer answer = answer(wording, form, places(slugs, known), known);
        boolean isWeather = weather.isShown();
        WeatherOfDays sky = isWeather ? sky(answer) : null;
        List<TableFile.Column> heads = Stream.concat(
                        Stream.of(
                                "day",
                                "compared_with",
                                "place",
                                "slug",
                                "hours",
                                "hours_asked",
                                "value",
                                "value_before"),
                        isWeather
                                ? Stream.of(
                                        "temperature", "precipitation", "temperature_before", "precipitation_before")
                                : Stream.empty())
                .map(key -> new TableFile.Column(key, wording.say("footfall.compare.file.%s".formatted(key))))
                .toList();
        boolean isAlone = answer.question().other() == Other.NONE;
        FootfallController.begin(response, kind, "compare");
        try (TableFile file = TableFile.open(kind, response.getOutputStream(), wording.zone(), heads)) {
            for (Comparison.Day day : answer.comparison().days()) {
                for (int place = 0; place < answer.question().places().size(); place++) {
                    Counter counter = answer.question().places().get(place);
                    List<@Nullable Object> cells = new ArrayList<>();
                    cells.add(day.day());
                    cells.add(isAlone ? null : day.like());
                    cells.add(counter.wish().name());
                    cells.add(counter.wish().slug());
                    cells.add((double) day.common());
                    cells.add((double) day.asked());
                    cells.add(day.common() == 0 ? null : day.now()[place]);
                    cells.add(day.common() == 0 || isAlone ? null : day.before()[place]);
                    if (sky != null) {
                        cells.addAll(sky.numbers(day.day()));
                        cells.addAll(isAlone ? WeatherBeside.numbers(null) : sky.numbers(day.like()));
                    }
                    file.row(cells);
                }
            }
        }
    }

    private static List<String> places(List<String> slugs, List<Counter> known) {
        List<String> asked = slugs.stream().filter(slug -> !slug.isBlank()).toList();
        return asked.isEmpty() ? CompareQuestion.usual(known, USUAL_PLACES) : asked;
    }

    private Answer answer(Wording wording, Form form, List<String> slugs, List<Counter> known) {
        CompareQuestion question = CompareQuestion.of(form, slugs, known, places -> lastDay(wording, places));
        Comparison.Wanted wanted = question.wanted();
        HourStore.Stretch stretch = wanted.stretch(wording.zone());
        List<Long> ids = question.places().stream().map(Counter::id).toList();
        Map<Long, Factors> factors = calibrated.factors(true);
        Map<LocalDate, double[]> whole = wanted.isOfWholeDays() && step(question.days()) == Step.DAY
                ? calibrated.wholeDays(ids, wanted.daysOfBoth(), factors, wording.zone())
                : Map.of();
        Map<Long, ValidHours.Hours> valid =
                hours.of(ids, wanted.stretches(whole.keySet(), wording.zone()), question.estimates(), factors);
        return new Answer(
                question,
                Comparison.of(wanted, whole, ids.stream().map(valid::get).toList(), wording.zone(), wording.now()),
                question.other() == Other.NONE ? List.of() : broken(wording, question, stretch));
    }

    private LocalDate lastDay(Wording wording, List<Counter> places) {
        LocalDate yesterday = wording.day(wording.now()).minusDays(1);
        return figures.lastDays(places.stream().map(Counter::id).toList()).values().stream()
                .max(LocalDate::compareTo)
                .filter(day -> day.isBefore(yesterday))
                .orElse(yesterday);
    }

    /// Counts before a break of the method and after it say nothing about each other.
    private List<String> broken(Wording wording, CompareQuestion question, HourStore.Stretch stretch) {
        List<CounterPeriod> breaks = periods.list().stream()
                .filter(period -> period.kind() == CounterPeriod.Kind.BREAK)
                .filter(period ->
                        period.from().isAfter(stretch.from()) && period.from().isBefore(stretch.to()))
                .toList();
        return question.places().stream()
                .flatMap(place -> breaks.stream()
                        .filter(period -> period.concerns(place.id()))
                        .limit(1)
                        .map(period -> wording.say(
                                "footfall.compare.broken",
                                place.wish().name(),
                                wording.dateTime(period.from()),
                                period.reason())))
                .toList();
    }

    private Result result(Frame frame, Answer answer, String base) {
        Wording wording = frame.wording();
        String query = answer.question().query();
        return new Result(
                period(wording, answer.question()),
                sentence(wording, answer),
                hours(wording, answer),
                remarks(wording, answer),
                charts(wording, answer),
                table(wording, answer),
                Table.files(wording, kind -> "%s.%s%s".formatted(PATH, kind.ending(), query)),
                base + PATH + query,
                "<iframe src=\"%s/embed%s%s\" title=\"%s\" width=\"100%%\" height=\"640\"></iframe>"
                        .formatted(base, PATH, query.replace("&", "&amp;"), frame.say("footfall.compare.title")));
    }

    private static String period(Wording wording, CompareQuestion question) {
        return question.before()
                .map(before ->
                        wording.say("footfall.compare.period", span(wording, question.days()), span(wording, before)))
                .orElse(span(wording, question.days()));
    }

    static String span(Wording wording, Days days) {
        return days.count() == 1
                ? wording.date(days.first())
                : wording.say("footfall.compare.span", wording.date(days.first()), wording.date(days.last()));
    }

    private static String sentence(Wording wording, Answer answer) {
        Comparison comparison = answer.comparison();
        String now = wording.number(comparison.now());
        String before = wording.number(comparison.before());
        return switch (answer.verdict()) {
            case CHANGE -> {
                double percent = FootfallPage.percent(comparison.now(), comparison.before());
                yield wording.say(
                        "footfall.compare.%s".formatted(percent > 0 ? "more" : percent < 0 ? "less" : "same"),
                        now,
                        before,
                        wording.number(Math.abs(percent)));
            }
            case ALONE -> wording.say("footfall.compare.alone", now);
            case NOTHING -> wording.say("footfall.compare.nothing");
            case FEW_HOURS -> wording.say("footfall.compare.few-hours", now, before);
            case FEW_COUNTED -> wording.say("footfall.compare.few-counted", now, before);
            case BROKEN -> wording.say("footfall.compare.method", now, before);
        };
    }

    private static String hours(Wording wording, Answer answer) {
        Comparison comparison = answer.comparison();
        String kind = answer.question().other() == Other.NONE ? "hours.alone" : "hours";
        String said = wording.say("footfall.compare." + kind, comparison.common(), comparison.asked());
        return comparison.estimated() == 0
                ? said
                : said + " " + wording.say("footfall.compare.estimated", comparison.estimated());
    }

    /// Of the days with common hours and those they are compared with.
    private WeatherOfDays sky(Answer answer) {
        return WeatherOfDays.of(
                weather,
                Stream.concat(days(answer, Comparison.Day::day).stream(), days(answer, Comparison.Day::like).stream())
                        .toList());
    }

    private static List<LocalDate> days(Answer answer, Function<Comparison.Day, LocalDate> which) {
        return answer.comparison().days().stream()
                .filter(day -> day.common() > 0)
                .map(which)
                .toList();
    }

    private List<String> remarks(Wording wording, Answer answer) {
        CompareQuestion question = answer.question();
        Comparison comparison = answer.comparison();
        List<String> remarks = new ArrayList<>(answer.broken());
        if (weather.isShown()) {
            sky(answer)
                    .sentence(
                            wording,
                            days(answer, Comparison.Day::day),
                            question.other() == Other.NONE ? List.of() : days(answer, Comparison.Day::like),
                            weather.source())
                    .ifPresent(remarks::add);
        }
        if (comparison.partial() > 0) {
            remarks.add(wording.say("footfall.compare.partial", comparison.partial()));
        }
        if (!question.days().last().isBefore(wording.day(wording.now()))) {
            remarks.add(wording.say("footfall.compare.ahead"));
        }
        question.before()
                .filter(before -> question.then() != null && !before.first().equals(question.then()))
                .ifPresent(before -> remarks.add(wording.say(
                        "footfall.compare.moved",
                        wording.weekday(before.first()),
                        String.valueOf(before.first().getYear()))));
        int shift = question.shift().orElse(0);
        List<String> special = comparison.days().stream()
                .filter(day -> shift > 0 && !day.like().equals(day.day().minusDays(shift)))
                .map(day -> wording.say("footfall.compare.like", wording.date(day.day()), wording.date(day.like())))
                .toList();
        if (!special.isEmpty()) {
            remarks.add(wording.say("footfall.compare.special", special.size(), named(wording, special)));
        }
        if (!comparison.alone().isEmpty()) {
            List<String> days = comparison.alone().stream().map(wording::date).toList();
            remarks.add(wording.say("footfall.compare.left-out", days.size(), named(wording, days)));
        }
        return remarks;
    }

    private static String named(Wording wording, List<String> all) {
        String some = String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())));
        return all.size() <= MOST_NAMED
                ? some
                : wording.say("footfall.compare.more-named", some, all.size() - MOST_NAMED);
    }

    private static List<Drawn> charts(Wording wording, Answer answer) {
        CompareQuestion question = answer.question();
        if (answer.comparison().common() == 0) {
            return List.of();
        }
        List<Drawn> charts = new ArrayList<>();
        question.before().ifPresent(before -> charts.add(times(wording, answer, before)));
        List<Chart.Line> places = new ArrayList<>();
        for (int place = 0; place < question.places().size(); place++) {
            int at = place;
            places.add(line(wording, answer, question.places().get(place).wish().name(), (now, _) -> now[at]));
        }
        if (places.size() > 1 || charts.isEmpty()) {
            charts.add(drawn(wording, answer, "footfall.compare.chart.places", places));
        }
        return charts;
    }

    private static Drawn times(Wording wording, Answer answer, Days before) {
        Drawn times = drawn(
                wording,
                answer,
                "footfall.compare.chart.times",
                List.of(
                        line(wording, answer, span(wording, answer.question().days()), (now, _) -> sum(now)),
                        line(wording, answer, span(wording, before), (_, earlier) -> sum(earlier))));
        String sentence = wording.say(
                "footfall.compare.chart.sentence",
                wording.number(answer.comparison().now()),
                wording.number(answer.comparison().before()));
        return new Drawn(times.title(), times.chart().saying(List.of(sentence)));
    }

    private static Drawn drawn(Wording wording, Answer answer, String title, List<Chart.Line> lines) {
        Days days = answer.question().days();
        return new Drawn(wording.say(title), Chart.of(wording, days, step(days), lines));
    }

    private static Step step(Days days) {
        return days.count() <= DAYS_BY_HOUR ? Step.HOUR : Step.DAY;
    }

    /// What is drawn of an hour or a day: of figures of both times, one for each place.
    private interface Drawing {
        double of(double[] now, double[] before);
    }

    private static double sum(double[] figures) {
        return Arrays.stream(figures).sum();
    }

    private static Chart.Line line(Wording wording, Answer answer, String name, Drawing number) {
        Comparison comparison = answer.comparison();
        List<Chart.Value> values = step(answer.question().days()) == Step.HOUR
                ? comparison.moments().stream()
                        .map(moment -> new Chart.Value(moment.start(), number.of(moment.now(), moment.before())))
                        .toList()
                : comparison.days().stream()
                        .filter(day -> day.common() > 0)
                        .map(day -> new Chart.Value(
                                day.day().atStartOfDay(wording.zone()).toInstant(), number.of(day.now(), day.before())))
                        .toList();
        return new Chart.Line(name, "", Chart.Kind.SUM, values);
    }

    private static Table table(Wording wording, Answer answer) {
        List<TableColumn<Row>> columns = new ArrayList<>();
        columns.add(TableColumn.of(
                wording.say("footfall.ranking.place"), row -> TableCell.link(row.name(), row.address())));
        columns.add(TableColumn.ofNumbers(wording.say("footfall.compare.now"), Row::now));
        if (answer.question().other() != Other.NONE) {
            columns.add(TableColumn.ofNumbers(wording.say("footfall.compare.before"), Row::before));
            columns.add(TableColumn.ofNumbers(wording.say("footfall.compare.change"), Row::change));
        }
        columns.add(TableColumn.ofNumbers(wording.say("footfall.compare.valid"), Row::valid));
        return Table.whole(wording.say("footfall.compare.table"), columns, rows(wording, answer));
    }

    private static List<Row> rows(Wording wording, Answer answer) {
        Comparison comparison = answer.comparison();
        List<Row> rows = new ArrayList<>();
        for (int place = 0; place < answer.question().places().size(); place++) {
            Counter counter = answer.question().places().get(place);
            boolean isTold = answer.verdict() == Verdict.CHANGE && comparison.tells(place);
            rows.add(new Row(
                    counter.wish().name(),
                    counter.address(),
                    comparison.common() == 0 ? "–" : wording.number(comparison.now(place)),
                    comparison.common() == 0 ? "–" : wording.number(comparison.before(place)),
                    isTold ? change(wording, comparison.now(place), comparison.before(place)) : "–",
                    wording.say("footfall.compare.of", comparison.valid(place), comparison.asked())));
        }
        return rows;
    }

    static String change(Wording wording, double now, double before) {
        double percent = FootfallPage.percent(now, before);
        return (percent > 0 ? "+" : "") + wording.number(percent) + "\u00a0%";
    }
}
