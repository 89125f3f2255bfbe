package de.stadtkern.footfall;

import de.stadtkern.footfall.FigureStore.DaySum;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.HeatMap;
import de.stadtkern.people.Menu;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How all counters are, for editors: what was counted of each day, and what does not look right.
@Component
class CounterHealthPage {

    static final String PATH = CountersPage.PATH + "/health";
    private static final int DAYS = 30;

    private final Counters counters;
    private final CounterFlags flags;
    private final FigureStore figures;
    private final Menu menu;

    CounterHealthPage(Counters counters, CounterFlags flags, FigureStore figures, Menu menu) {
        this.counters = counters;
        this.flags = flags;
        this.figures = figures;
        this.menu = menu;
    }

    /// @param availability null where there is no counter
    record View(
            List<Menu.Entry> menu, @Nullable HeatMap availability, String sentence, List<Row> open, List<Row> judged) {}

    /// @param said  what was usual and what came
    /// @param fields of its form; empty once somebody said
    record Row(
            long id,
            String name,
            String address,
            String fault,
            String when,
            String said,
            String cause,
            List<Field> fields) {}

    /// @param typed the form that was not accepted, or an empty one
    View view(Frame frame, Form typed) {
        List<Counter> all = counters.list();
        Map<Long, Counter> byId = all.stream().collect(Collectors.toMap(Counter::id, Function.identity()));
        List<HeatMap.Row> rows = rows(frame, all);
        long poor = rows.stream()
                .filter(row -> row.numbers().stream().anyMatch(share -> share != null && share < 90))
                .count();
        return new View(
                menu.entries(frame, CountersPage.PATH),
                all.isEmpty() ? null : HeatMap.of(frame.wording(), days(frame), 7, rows, "%"),
                all.isEmpty() ? "" : frame.say("footfall.health.sentence", all.size(), poor, DAYS),
                flags.open().stream().map(flag -> row(frame, flag, byId, typed)).toList(),
                flags.judged().stream()
                        .map(flag -> row(frame, flag, byId, typed))
                        .toList());
    }

    private static List<String> days(Frame frame) {
        LocalDate today = frame.wording().day(frame.wording().now());
        return IntStream.range(0, DAYS)
                .mapToObj(at -> frame.wording().shortDay(today.minusDays(DAYS - (long) at)))
                .toList();
    }

    private List<HeatMap.Row> rows(Frame frame, List<Counter> all) {
        LocalDate today = frame.wording().day(frame.wording().now());
        Map<Long, Map<LocalDate, DaySum>> days =
                figures.days(all.stream().map(Counter::id).toList(), today.minusDays(DAYS), today.minusDays(1)).stream()
                        .collect(Collectors.groupingBy(
                                DaySum::counterId, Collectors.toMap(DaySum::day, Function.identity())));
        List<HeatMap.Row> rows = new ArrayList<>();
        for (Counter counter : all) {
            Map<LocalDate, DaySum> own = days.getOrDefault(counter.id(), Map.of());
            List<@Nullable Double> shares = new ArrayList<>();
            for (int at = 0; at < DAYS; at++) {
                DaySum day = own.get(today.minusDays(DAYS - (long) at));
                shares.add(
                        day == null || Double.isNaN(day.completeness()) ? null : Math.rint(100 * day.completeness()));
            }
            rows.add(new HeatMap.Row(counter.wish().name(), shares));
        }
        return rows;
    }

    private static Row row(Frame frame, RaisedFlag flag, Map<Long, Counter> byId, Form typed) {
        Counter counter = byId.get(flag.counterId());
        String field = "cause-" + flag.id();
        Double counted = flag.counted();
        return new Row(
                flag.id(),
                counter == null ? "" : counter.wish().name(),
                counter == null
                        ? ""
                        : counter.address() + "?day=" + frame.wording().day(flag.from()),
                frame.say("footfall.fault.%s".formatted(FlagStore.key(flag.fault()))),
                frame.say(
                        "footfall.from-to",
                        frame.wording().dateTime(flag.from()),
                        frame.wording().dateTime(flag.to())),
                frame.say(
                        counted == null ? "footfall.fault.said.nothing" : "footfall.fault.said",
                        frame.wording().number(Math.rint(flag.low())),
                        frame.wording().number(Math.rint(flag.high())),
                        counted == null ? "" : frame.wording().number(counted)),
                flag.verdict() == RaisedFlag.Verdict.OPEN
                        ? ""
                        : frame.say(
                                "footfall.verdict.%s".formatted(flag.verdict().key()), flag.cause()),
                flag.verdict() == RaisedFlag.Verdict.OPEN
                        ? List.of(typed.field(field, frame.say("footfall.fault.cause")))
                        : List.of());
    }
}
