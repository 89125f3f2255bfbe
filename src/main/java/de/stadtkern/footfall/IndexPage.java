package de.stadtkern.footfall;

import de.stadtkern.footfall.FootfallIndex.Point;
import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.FileKind;
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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How busy the town is, month by month, as one number.
@Component
class IndexPage {

    static final String PATH = FootfallController.PATH + "/index";

    private final Counters counters;
    private final Baskets baskets;
    private final BasketStore store;
    private final PeriodStore periods;
    private final OpeningStore openingStore;
    private final CalibratedFigures calibrated;

    IndexPage(
            Counters counters,
            Baskets baskets,
            BasketStore store,
            PeriodStore periods,
            OpeningStore openingStore,
            CalibratedFigures calibrated) {
        this.calibrated = calibrated;
        this.openingStore = openingStore;
        this.counters = counters;
        this.baskets = baskets;
        this.store = store;
        this.periods = periods;
    }

    /// @param isChosen  whether there is a basket
    /// @param sentence  the last month; empty where nothing is known
    /// @param remarks   what else has to be known to read it rightly
    /// @param chart     null where nothing is known
    /// @param edit      for editors, else empty
    /// @param permalink the same up to this month
    /// @param embed     markup with which another page shows it
    record View(
            boolean isChosen,
            String sentence,
            List<String> remarks,
            @Nullable Chart chart,
            @Nullable Table table,
            List<Place> places,
            String edit,
            String permalink,
            String embed) {}

    record Place(String name, String address) {}

    /// @param since change to the same month a year before, in per cent; null where one of them is not known
    private record Row(
            Point point, @Nullable Double month, @Nullable Double since) {}

    /// @param isBased whether something is known of the months that were to be the hundred
    /// @param calibrated at how many of the places
    private record Answer(Basket basket, List<Counter> places, List<Point> points, boolean isBased, long calibrated) {

        Optional<Point> last() {
            return points.reversed().stream().filter(Point::isKnown).findFirst();
        }

        List<Row> rows() {
            Map<YearMonth, Point> byMonth =
                    points.stream().collect(Collectors.toMap(Point::month, Function.identity()));
            return points.reversed().stream()
                    .map(point -> new Row(
                            point,
                            change(point, byMonth.get(point.month().minusMonths(1))),
                            change(point, byMonth.get(point.month().minusYears(1)))))
                    .toList();
        }

        private static @Nullable Double change(Point point, @Nullable Point before) {
            return before == null || !before.isKnown() || !point.isKnown()
                    ? null
                    : Math.rint(1000 * (point.index() - before.index()) / before.index()) / 10;
        }
    }

    /// @param until the last month it is about; null for the last one that is over
    View view(Frame frame, @Nullable YearMonth until, TableQuestion question, String base) {
        Wording wording = frame.wording();
        Optional<Answer> found = answer(wording, until);
        String edit = counters.mayEdit() ? BasketController.PATH : "";
        if (found.isEmpty() || found.get().last().isEmpty()) {
            return new View(found.isPresent(), "", List.of(), null, null, places(found), edit, "", "");
        }
        Answer answer = found.get();
        Point last = answer.last().orElseThrow();
        String query = "?until=" + (until == null ? answer.points().getLast().month() : until);
        return new View(
                true,
                sentence(wording, answer, last),
                remarks(wording, answer),
                chart(wording, answer),
                Table.of(wording, frame.say("footfall.index.title"), columns(wording), answer.rows(), question),
                places(found),
                edit,
                base + PATH + query,
                "<iframe src=\"%s/embed%s\" title=\"%s\" width=\"100%%\" height=\"560\"></iframe>"
                        .formatted(base, PATH, frame.say("footfall.index.title")));
    }

    void write(Wording wording, @Nullable YearMonth until, TableQuestion question, FileKind kind, OutputStream out)
            throws IOException {
        Table.write(
                wording,
                columns(wording),
                answer(wording, until).map(Answer::rows).orElse(List.of()),
                question,
                kind,
                out);
    }

    private static List<Place> places(Optional<Answer> answer) {
        return answer.map(Answer::places).orElse(List.of()).stream()
                .map(counter -> new Place(counter.wish().name(), counter.address()))
                .toList();
    }

    private Optional<Answer> answer(Wording wording, @Nullable YearMonth until) {
        Optional<Basket> chosen = baskets.find();
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Basket basket = chosen.get();
        List<Counter> places = counters.shown().stream()
                .filter(counter -> basket.counters().contains(counter.id()))
                .toList();
        List<Long> ids = places.stream().map(Counter::id).toList();
        YearMonth running = YearMonth.from(wording.day(wording.now()));
        YearMonth end = until == null || !until.isBefore(running) ? running : until.plusMonths(1);
        Map<Long, Factors> factors = calibrated.factors(true);
        var index = new FootfallIndex(
                ids.size(),
                weekdays(store.wholeDays(ids, end.atDay(1)), factors, wording.zone()),
                breaks(wording, ids));
        return Optional.of(new Answer(
                basket,
                places,
                index.points(basket::isBase),
                index.base(basket::isBase).isPresent(),
                ids.stream().filter(factors::containsKey).count()));
    }

    /// Whole days by month and weekday; special days are left out, and days in which a factor begins or ends. Where
    /// directions have factors of their own, the middle of both is taken: how a day divides is not told.
    private List<FootfallIndex.Weekdays> weekdays(
            List<BasketStore.WholeDays> whole, Map<Long, Factors> factors, ZoneId zone) {
        Map<Long, OpeningHours> openings = openingStore.all();
        var occasions = new Occasions();
        Map<Integer, Boolean> special = new HashMap<>();
        List<FootfallIndex.Weekdays> weekdays = new ArrayList<>();
        for (BasketStore.WholeDays place : whole) {
            Map<YearMonth, double[]> sums = new HashMap<>();
            Map<YearMonth, int[]> days = new HashMap<>();
            OpeningHours opening = openings.getOrDefault(place.counter(), OpeningHours.NONE);
            var factor = new DayFactors(factors.getOrDefault(place.counter(), Factors.NONE), zone);
            for (int at = 0; at < place.days().size(); at++) {
                double sum = place.sums().get(at) * factor.of(place.days().get(at));
                if (Double.isNaN(sum) || !place.isWhole(at, opening, zone)) {
                    continue;
                }
                LocalDate day = LocalDate.ofEpochDay(place.days().get(at));
                if (!special.computeIfAbsent(
                        place.days().get(at), _ -> occasions.on(day).isPresent())) {
                    int weekday = day.getDayOfWeek().getValue();
                    sums.computeIfAbsent(YearMonth.from(day), _ -> new double[8])[weekday] += sum;
                    days.computeIfAbsent(YearMonth.from(day), _ -> new int[8])[weekday]++;
                }
            }
            days.forEach((month, numbers) -> {
                for (int weekday = 1; weekday < numbers.length; weekday++) {
                    double sum = sums.getOrDefault(month, new double[8])[weekday];
                    if (numbers[weekday] > 0) {
                        weekdays.add(
                                new FootfallIndex.Weekdays(place.counter(), month, weekday, numbers[weekday], sum));
                    }
                }
            });
        }
        return weekdays;
    }

    private List<FootfallIndex.Break> breaks(Wording wording, List<Long> ids) {
        return periods.list().stream()
                .filter(period -> period.kind() == CounterPeriod.Kind.BREAK)
                .flatMap(period -> ids.stream()
                        .filter(period::concerns)
                        .map(id -> new FootfallIndex.Break(id, YearMonth.from(wording.day(period.from())))))
                .toList();
    }

    private static String month(Wording wording, YearMonth month) {
        return wording.month(start(wording, month));
    }

    private static Instant start(Wording wording, YearMonth month) {
        return month.atDay(1).atStartOfDay(wording.zone()).toInstant();
    }

    private static String sentence(Wording wording, Answer answer, Point last) {
        Row row = answer.rows().stream()
                .filter(one -> one.point().equals(last))
                .findFirst()
                .orElseThrow();
        String said = wording.say(
                "footfall.index.sentence",
                month(wording, last.month()),
                wording.number(rounded(last.index())),
                hundred(wording, answer));
        if (row.since() == null) {
            return said + " " + wording.say("footfall.index.no-year");
        }
        String key = row.since() > 0 ? "more" : row.since() < 0 ? "less" : "same";
        return said + " " + wording.say("footfall.index." + key, wording.number(Math.abs(row.since())));
    }

    private static String hundred(Wording wording, Answer answer) {
        Basket basket = answer.basket();
        if (!answer.isBased()) {
            return month(wording, answer.points().getFirst().month());
        }
        return basket.from().equals(basket.to())
                ? month(wording, basket.from())
                : wording.say("footfall.compare.span", month(wording, basket.from()), month(wording, basket.to()));
    }

    private static List<String> remarks(Wording wording, Answer answer) {
        List<String> remarks = new ArrayList<>();
        if (!answer.isBased()) {
            remarks.add(wording.say("footfall.index.no-base"));
        }
        if (!answer.points().getLast().isKnown()) {
            remarks.add(wording.say(
                    "footfall.index.ends",
                    month(wording, answer.points().getLast().month())));
        }
        long few = answer.points().stream()
                .filter(point ->
                        point.isKnown() && point.places() < answer.places().size())
                .count();
        if (few > 0) {
            remarks.add(wording.say("footfall.index.partly", few));
        }
        if (answer.calibrated() > 0) {
            remarks.add(wording.say("footfall.calibrated.some", answer.calibrated()));
        }
        return remarks;
    }

    private static double rounded(double index) {
        return Math.rint(10 * index) / 10;
    }

    private static Chart chart(Wording wording, Answer answer) {
        List<Chart.Value> values = answer.points().stream()
                .filter(Point::isKnown)
                .map(point -> new Chart.Value(start(wording, point.month()), rounded(point.index())))
                .toList();
        return Chart.of(
                wording,
                new Days(
                        answer.points().getFirst().month().atDay(1),
                        answer.points().getLast().month().atEndOfMonth()),
                Step.MONTH,
                List.of(new Chart.Line(wording.say("footfall.index.line"), "", Chart.Kind.MEAN, values)));
    }

    private static List<TableColumn<Row>> columns(Wording wording) {
        return List.of(
                new TableColumn<>(
                        "month",
                        wording.say("footfall.index.month"),
                        false,
                        row -> new TableCell(
                                row.point().month().toString(),
                                month(wording, row.point().month()),
                                "")),
                new TableColumn<>(
                        "index",
                        wording.say("footfall.index.line"),
                        true,
                        row -> row.point().isKnown()
                                ? TableCell.number(
                                        rounded(row.point().index()),
                                        wording.number(rounded(row.point().index())))
                                : TableCell.number(null, "–")),
                new TableColumn<>(
                        "to_month", wording.say("footfall.index.to-month"), true, row -> percent(wording, row.month())),
                new TableColumn<>(
                        "to_year", wording.say("footfall.index.to-year"), true, row -> percent(wording, row.since())),
                new TableColumn<>(
                        "places",
                        wording.say("footfall.index.carriers"),
                        true,
                        row -> TableCell.number(
                                (double) row.point().places(),
                                String.valueOf(row.point().places()))));
    }

    private static TableCell percent(Wording wording, @Nullable Double percent) {
        return TableCell.number(
                percent, percent == null ? "–" : (percent > 0 ? "+" : "") + wording.number(percent) + "\u00a0%");
    }
}
