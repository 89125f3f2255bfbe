package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.footfall.Comparison.Verdict;
import de.stadtkern.footfall.FigureStore.DaySum;
import de.stadtkern.footfall.MonthOfPlace.Against;
import de.stadtkern.footfall.MonthReport.Month;
import de.stadtkern.page.AtomFeed;
import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Step;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.page.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// A month at some places in words, figures and one drawing: what a council or a trade association reads.
@Component
class MonthPage {

    static final String PATH = FootfallController.PATH + "/month";

    private static final int OFFERED = 24;
    private static final int IN_FEED = 6;

    private final Counters counters;
    private final FigureStore figures;
    private final MonthReport report;
    private final TownWeather weather;

    MonthPage(Counters counters, FigureStore figures, MonthReport report, TownWeather weather) {
        this.counters = counters;
        this.figures = figures;
        this.report = report;
        this.weather = weather;
    }

    /// @param any    whether there is a counter
    /// @param chosen what an address says of the places
    /// @param result null where the question cannot be answered
    record View(
            boolean any,
            List<Field> fields,
            String chosen,
            List<ComparePage.Chosen> places,
            @Nullable Result result) {}

    /// @param key       of the month, `2026-10`
    /// @param sentences what there was in all, and against what was before
    /// @param chart     null where no hour is common to all
    /// @param gaps      where hours are missing or worked out
    /// @param notes     what is known of the month
    /// @param previous  address of the month before
    /// @param next      of the month after, empty where it has not begun
    /// @param print     the same to print
    /// @param feed      to subscribe to
    record Result(
            String key,
            String title,
            List<String> sentences,
            @Nullable Chart chart,
            Table table,
            List<String> gaps,
            List<String> notes,
            String previous,
            String next,
            String print,
            String permalink,
            String feed) {}

    /// @param form filled with what was asked; takes what is wrong with it
    View view(Frame frame, Form form, List<String> slugs, String sort, String base) {
        List<Counter> known = counters.shown();
        List<MonthQuestion> asked = new ArrayList<>();
        boolean isRight = known.isEmpty()
                || form.accepts(frame, "footfall", () -> asked.add(question(frame.wording(), form, slugs, known)));
        MonthQuestion question = asked.stream().filter(_ -> isRight).findFirst().orElse(null);
        List<String> named = MonthQuestion.asked(slugs, known);
        List<Counter> places = question == null
                ? known.stream()
                        .filter(counter -> named.contains(counter.wish().slug()))
                        .limit(MonthQuestion.MOST_PLACES)
                        .toList()
                : question.places();
        return new View(
                !known.isEmpty(),
                fields(frame.wording(), form, question, known, places),
                MonthQuestion.joined(places),
                places.stream()
                        .map(place -> new ComparePage.Chosen(
                                place.wish().name(),
                                place.wish().slug(),
                                question == null || places.size() < 2
                                        ? ""
                                        : question.without(place).at(PATH)))
                        .toList(),
                question == null ? null : result(frame, question, sort, base));
    }

    Result result(Frame frame, Form form, List<String> slugs, String sort, String base) {
        return result(frame, question(frame.wording(), form, slugs, counters.shown()), sort, base);
    }

    void write(Wording wording, Form form, List<String> slugs, String sort, FileKind kind, OutputStream out)
            throws IOException {
        MonthQuestion question = question(wording, form, slugs, counters.shown());
        Table.write(
                wording,
                columns(wording),
                report.of(wording, question.month(), question.places()).places(),
                new TableQuestion(PATH, question.filters(), sort, 1),
                kind,
                out);
    }

    AtomFeed feed(Frame frame, Form form, List<String> slugs, String base) {
        Wording wording = frame.wording();
        MonthQuestion question = question(wording, form, slugs, counters.shown());
        YearMonth running = YearMonth.from(wording.day(wording.now()));
        List<AtomFeed.Entry> entries = new ArrayList<>();
        for (int back = 1; back <= IN_FEED; back++) {
            Month month = report.of(wording, running.minusMonths(back), question.places());
            if (month.places().stream().anyMatch(place -> place.hoursCounted() > 0)) {
                entries.add(entry(wording, question.in(month.month()), month, base));
            }
        }
        String town = CityContext.current().name();
        return new AtomFeed(
                "urn:stadtkern:%s:footfall-months:%s"
                        .formatted(CityContext.current().slug(), MonthQuestion.joined(question.places())),
                wording.say("footfall.month.feed.title", town),
                base + PATH + ".atom?place=" + MonthQuestion.joined(question.places()),
                town,
                entries);
    }

    private AtomFeed.Entry entry(Wording wording, MonthQuestion question, Month month, String base) {
        Instant over = start(wording, month.month().plusMonths(1)).plus(HourKeeper.PATIENCE);
        return new AtomFeed.Entry(
                "urn:stadtkern:%s:footfall-month:%s:%s"
                        .formatted(
                                CityContext.current().slug(), month.month(), MonthQuestion.joined(question.places())),
                title(wording, month.month()),
                over,
                over,
                base + question.at(PATH),
                String.join(" ", sentences(wording, month)));
    }

    private MonthQuestion question(Wording wording, Form form, List<String> slugs, List<Counter> known) {
        LocalDate yesterday = wording.day(wording.now()).minusDays(1);
        List<LocalDate> last = figures.lastDays(known.stream().map(Counter::id).toList()).values().stream()
                .sorted(Comparator.reverseOrder())
                .toList();
        // The last month that half of the counters have to its end.
        LocalDate half = last.isEmpty() ? yesterday : last.get((last.size() - 1) / 2);
        LocalDate end = half.isBefore(yesterday) ? half : yesterday;
        YearMonth running = YearMonth.from(wording.day(wording.now()));
        return MonthQuestion.of(
                form, slugs, known, YearMonth.from(end.plusDays(1)).minusMonths(1), running);
    }

    private List<Field> fields(
            Wording wording, Form form, @Nullable MonthQuestion question, List<Counter> known, List<Counter> places) {
        YearMonth running = YearMonth.from(wording.day(wording.now()));
        if (question != null) {
            form.fill("month", question.month().toString());
        }
        List<YearMonth> offered = new ArrayList<>(Stream.iterate(running, month -> month.minusMonths(1))
                .limit(OFFERED)
                .toList());
        if (question != null && !offered.contains(question.month())) {
            offered.add(question.month());
        }
        Field month = form.field("month", wording.say("footfall.month.field.month"))
                .select(offered.stream()
                        .map(one -> Field.Choice.of(one.toString(), wording.month(start(wording, one))))
                        .toList());
        Field place = CompareFields.place(
                wording,
                form.field("place", wording.say("footfall.compare.field.place")),
                known,
                places,
                places.size() >= MonthQuestion.MOST_PLACES);
        return place == null ? List.of(month) : List.of(month, place);
    }

    private Result result(Frame frame, MonthQuestion question, String sort, String base) {
        Wording wording = frame.wording();
        Month month = report.of(wording, question.month(), question.places());
        YearMonth running = YearMonth.from(wording.day(wording.now()));
        return new Result(
                question.month().toString(),
                title(wording, question.month()),
                sentences(wording, month),
                chart(wording, month),
                Table.of(
                        wording,
                        wording.say("footfall.month.table"),
                        columns(wording),
                        month.places(),
                        new TableQuestion(PATH, question.filters(), sort, 1)),
                gaps(wording, month),
                notes(wording, month),
                question.in(question.month().minusMonths(1)).at(PATH),
                question.month().isBefore(running)
                        ? question.in(question.month().plusMonths(1)).at(PATH)
                        : "",
                question.at(PATH + ".pdf"),
                base + question.at(PATH),
                base + PATH + ".atom?place=" + MonthQuestion.joined(question.places()));
    }

    private static String title(Wording wording, YearMonth month) {
        return wording.say("footfall.month.of", wording.month(start(wording, month)));
    }

    private static Instant start(Wording wording, YearMonth month) {
        return month.atDay(1).atStartOfDay(wording.zone()).toInstant();
    }

    private List<String> sentences(Wording wording, Month month) {
        List<String> sentences = new ArrayList<>();
        if (month.places().stream().allMatch(place -> place.hoursCounted() == 0)) {
            return List.of(wording.say("footfall.month.nothing"));
        }
        double counted =
                month.places().stream().mapToDouble(MonthOfPlace::counted).sum();
        double estimated =
                month.places().stream().mapToDouble(MonthOfPlace::estimated).sum();
        sentences.add(wording.say("footfall.month.counted", month.places().size(), wording.number(Math.rint(counted))));
        if (estimated >= 0.5) {
            sentences.add(wording.say("footfall.month.estimated", wording.number(Math.rint(estimated))));
        }
        sentences.add(against(wording, "previous", month.previous()));
        sentences.add(against(wording, "year", month.year()));
        sky(wording, month).ifPresent(sentences::add);
        if (!start(wording, month.month().plusMonths(1)).isBefore(wording.now())) {
            sentences.add(wording.say("footfall.month.running"));
        }
        return sentences;
    }

    /// What the weather was, beside that of the year before.
    private Optional<String> sky(Wording wording, Month month) {
        if (!weather.isShown()) {
            return Optional.empty();
        }
        Days days = MonthOfPlace.days(month.month());
        List<LocalDate> now = days.first().datesUntil(days.last().plusDays(1)).toList();
        List<LocalDate> before = month.year().comparison().days().stream()
                .map(Comparison.Day::like)
                .toList();
        return WeatherOfDays.of(
                        weather, Stream.concat(now.stream(), before.stream()).toList())
                .sentence(wording, now, before, weather.source());
    }

    /// Against what was before, in hours that were counted everywhere in both times.
    private static String against(Wording wording, String what, Against against) {
        Double change = against.change();
        if (change == null) {
            return wording.say(
                    "footfall.month.%s.unknown".formatted(what),
                    wording.say("footfall.month.why.%s".formatted(why(against.verdict()))));
        }
        return wording.say(
                "footfall.month.%s.%s".formatted(what, change > 0 ? "more" : change < 0 ? "less" : "same"),
                wording.number(Math.abs(change)),
                against.comparison().common(),
                against.comparison().asked());
    }

    private static String why(Verdict verdict) {
        return switch (verdict) {
            case NOTHING, ALONE, FEW_HOURS, CHANGE -> "few-hours";
            case FEW_COUNTED -> "few-counted";
            case BROKEN -> "broken";
        };
    }

    private static @Nullable Chart chart(Wording wording, Month month) {
        boolean hasYear = month.year().verdict() == Verdict.CHANGE;
        Comparison comparison =
                hasYear ? month.year().comparison() : month.previous().comparison();
        if (comparison.common() == 0) {
            return null;
        }
        List<Chart.Line> lines = List.of(
                line(wording, "footfall.month.line", comparison, Comparison.Day::now),
                line(
                        wording,
                        hasYear ? "footfall.month.line.year" : "footfall.month.line.previous",
                        comparison,
                        Comparison.Day::before));
        return Chart.of(wording, MonthOfPlace.days(month.month()), Step.DAY, lines)
                .saying(List.of(wording.say(
                        "footfall.month.chart.sentence",
                        wording.number(Math.rint(comparison.now())),
                        wording.number(Math.rint(comparison.before())))));
    }

    private static Chart.Line line(
            Wording wording, String name, Comparison comparison, Function<Comparison.Day, double[]> part) {
        return new Chart.Line(
                wording.say(name),
                "",
                Chart.Kind.SUM,
                comparison.days().stream()
                        .filter(day -> day.common() > 0)
                        .map(day -> new Chart.Value(
                                day.day().atStartOfDay(wording.zone()).toInstant(),
                                java.util.Arrays.stream(part.apply(day)).sum()))
                        .toList());
    }

    private static List<String> gaps(Wording wording, Month month) {
        return month.places().stream()
                .filter(place -> place.hoursMissing() + place.hoursEstimated() + place.hoursExcused() > 0)
                .map(place -> wording.say(
                        "footfall.month.gap",
                        place.counter().wish().name(),
                        place.hoursMissing(),
                        place.hoursEstimated(),
                        place.hoursExcused()))
                .toList();
    }

    private static List<String> notes(Wording wording, Month month) {
        return month.notes().stream()
                .map(period -> wording.say(
                        "footfall.month.note",
                        month.places().stream()
                                .map(MonthOfPlace::counter)
                                .filter(counter -> period.counterId() != null && period.counterId() == counter.id())
                                .map(counter -> counter.wish().name())
                                .findFirst()
                                .orElseGet(() -> wording.say("footfall.period.everywhere")),
                        PlacePage.said(wording, period)))
                .toList();
    }

    private static List<TableColumn<MonthOfPlace>> columns(Wording wording) {
        return List.of(
                new TableColumn<>(
                        "place",
                        wording.say("footfall.month.place"),
                        false,
                        month -> TableCell.link(
                                month.counter().wish().name(), month.counter().address())),
                number(wording, "counted", MonthOfPlace::counted),
                number(wording, "estimated", MonthOfPlace::estimated),
                new TableColumn<>(
                        "completeness",
                        wording.say("footfall.month.completeness"),
                        true,
                        month -> share(wording, month.completeness())),
                change(wording, "to_weeks_before", month -> month.previous().change()),
                change(wording, "to_year", month -> month.year().change()),
                new TableColumn<>(
                        "busiest_day",
                        wording.say("footfall.month.busiest_day"),
                        false,
                        month -> month.busiest()
                                .map(day -> busiest(wording, day))
                                .orElse(TableCell.text("–"))),
                new TableColumn<>(
                        "fullest_hour",
                        wording.say("footfall.month.fullest_hour"),
                        true,
                        month -> hour(wording, month)));
    }

    private static TableCell busiest(Wording wording, DaySum day) {
        return new TableCell(
                day.day().toString(),
                wording.say(
                        "footfall.month.busiest",
                        wording.shortDay(day.day()),
                        wording.number(Math.rint(day.counted()))),
                "");
    }

    private static TableCell hour(Wording wording, MonthOfPlace month) {
        return month.fullest().isEmpty()
                ? TableCell.number(null, "–")
                : TableCell.number(
                        (double) month.fullest().getAsInt(),
                        wording.say(
                                "footfall.month.hour",
                                month.fullest().getAsInt(),
                                month.fullest().getAsInt() + 1));
    }

    private static TableColumn<MonthOfPlace> number(
            Wording wording, String key, Function<MonthOfPlace, Double> number) {
        return new TableColumn<>(key, wording.say("footfall.month.%s.column".formatted(key)), true, month -> {
            double value = Math.rint(number.apply(month));
            boolean isKnown = month.hoursCounted() + month.hoursEstimated() > 0;
            return isKnown ? TableCell.number(value, wording.number(value)) : TableCell.number(null, "–");
        });
    }

    private static TableColumn<MonthOfPlace> change(
            Wording wording, String key, Function<MonthOfPlace, @Nullable Double> change) {
        return new TableColumn<>(key, wording.say("footfall.month." + key), true, month -> {
            Double percent = change.apply(month);
            return TableCell.number(
                    percent, percent == null ? "–" : (percent > 0 ? "+" : "") + wording.number(percent) + "\u00a0%");
        });
    }

    private static TableCell share(Wording wording, @Nullable Double share) {
        return share == null
                ? TableCell.number(null, "–")
                : TableCell.number(
                        Math.floor(1000 * share) / 10, wording.number(Math.floor(1000 * share) / 10) + "\u00a0%");
    }
}
