package de.stadtkern.footfall;

import de.stadtkern.footfall.FigureStore.DaySum;
import de.stadtkern.footfall.FigureStore.Figure;
import de.stadtkern.footfall.HourStore.Stretch;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.page.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// All counters at once: what each says of today in one sentence, and a table to compare them.
@Component
class FootfallPage {

    private static final int WEEK = 7;
    private static final double ENOUGH = 0.9;

    private final Counters counters;
    private final FigureStore figures;

    FootfallPage(Counters counters, FigureStore figures) {
        this.counters = counters;
        this.figures = figures;
    }

    record View(List<Place> places, @Nullable Table ranking, boolean editor) {}

    /// @param today  what it says of its day
    /// @param compared with the usual, in words; empty where nothing is usual yet
    /// @param known  until when; null where nothing was counted
    record Place(
            String name,
            String address,
            boolean simulated,
            String today,
            String compared,
            String level,
            @Nullable Instant known) {}

    /// @param week    sum of the seven days before today; null where too much of it is missing
    /// @param change  to the seven days before, as a share; null where it cannot be told
    /// @param completeness of the week
    private record Row(
            Counter counter,
            @Nullable Double today,
            @Nullable Double week,
            @Nullable Double change,
            @Nullable Double completeness) {}

    /// What is known of one day of a counter so far.
    ///
    /// @param expected of the hours that are there; NaN where that is not known for each of them
    record SoFar(
            double sum,
            double estimated,
            double expected,
            int hours,
            @Nullable Instant until) {}

    View view(Frame frame, TableQuestion question) {
        List<Counter> all = counters.shown();
        if (all.isEmpty()) {
            return new View(List.of(), null, counters.mayEdit());
        }
        Map<Long, LocalDate> days = days(frame.wording(), all);
        Map<Long, SoFar> soFar = soFar(frame.wording().zone(), days);
        return new View(
                places(frame.wording(), all, days, soFar),
                Table.of(
                        frame.wording(),
                        frame.say("footfall.ranking.caption", all.size()),
                        columns(frame.wording()),
                        rows(frame.wording(), all, days, soFar),
                        question),
                counters.mayEdit());
    }

    /// What each of these counters says of its day.
    List<Place> places(Wording wording, List<Counter> wanted) {
        Map<Long, LocalDate> days = days(wording, wanted);
        return places(wording, wanted, days, soFar(wording.zone(), days));
    }

    private static List<Place> places(
            Wording wording, List<Counter> wanted, Map<Long, LocalDate> days, Map<Long, SoFar> soFar) {
        return wanted.stream()
                .map(counter -> place(wording, counter, days.get(counter.id()), soFar.get(counter.id())))
                .toList();
    }

    void write(Frame frame, TableQuestion question, FileKind kind, OutputStream out) throws IOException {
        List<Counter> all = counters.shown();
        Map<Long, LocalDate> days = days(frame.wording(), all);
        Table.write(
                frame.wording(),
                columns(frame.wording()),
                rows(frame.wording(), all, days, soFar(frame.wording().zone(), days)),
                question,
                kind,
                out);
    }

    /// Of each counter the day it is about; one that never counted is absent.
    private Map<Long, LocalDate> days(Wording wording, List<Counter> all) {
        LocalDate today = wording.day(wording.now());
        Map<Long, LocalDate> days = new HashMap<>();
        figures.lastDays(all.stream().map(Counter::id).toList())
                .forEach((id, last) -> days.put(id, CounterLearning.shownDay(last, today)));
        return days;
    }

    private Map<Long, SoFar> soFar(ZoneId zone, Map<Long, LocalDate> days) {
        Map<Long, Stretch> stretches = new HashMap<>();
        days.forEach((id, day) -> stretches.put(id, stretch(day, zone)));
        Map<Long, List<Figure>> hours = figures.hours(stretches);
        Map<Long, Map<Instant, ProfileStore.Expected>> expected = figures.expected(stretches);
        Map<Long, SoFar> soFar = new HashMap<>();
        days.keySet()
                .forEach(id ->
                        soFar.put(id, soFar(hours.getOrDefault(id, List.of()), expected.getOrDefault(id, Map.of()))));
        return soFar;
    }

    static Stretch stretch(LocalDate day, ZoneId zone) {
        return new Stretch(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant());
    }

    static SoFar soFar(List<Figure> hours, Map<Instant, ProfileStore.Expected> expected) {
        double sum = 0;
        double estimated = 0;
        double usual = 0;
        int there = 0;
        Instant until = null;
        for (Figure hour : hours) {
            if (hour.value() instanceof Double value && !hour.state().isExcused()) {
                ProfileStore.Expected known = expected.get(hour.hour());
                sum += value;
                estimated += hour.state() == HourState.ESTIMATED ? value : 0;
                usual += known == null ? Double.NaN : known.expected();
                there++;
                until = hour.hour().plusSeconds(3600);
            }
        }
        return new SoFar(sum, estimated, there == 0 ? Double.NaN : usual, there, until);
    }

    private static Place place(Wording wording, Counter counter, @Nullable LocalDate day, @Nullable SoFar soFar) {
        boolean today = wording.day(wording.now()).equals(day);
        String said;
        if (day == null || soFar == null) {
            said = wording.say("footfall.never");
        } else if (soFar.until() == null) {
            said = wording.say(today ? "footfall.today.nothing" : "footfall.day.nothing", wording.date(day));
        } else {
            String mixed = soFar.estimated() > 0 ? ".mixed" : "";
            said = wording.say(
                    (today ? "footfall.today" : "footfall.day") + mixed,
                    today ? wording.endTime(soFar.until()) : wording.date(day),
                    wording.number(soFar.sum()),
                    wording.number(soFar.estimated()));
        }
        String level = soFar == null ? "" : level(soFar);
        return new Place(
                counter.wish().name(),
                counter.address(),
                counter.wish().simulated(),
                said,
                level.isEmpty() || soFar == null
                        ? ""
                        : wording.say(
                                "footfall.level.%s".formatted(level),
                                wording.number(Math.abs(percent(soFar.sum(), soFar.expected()))),
                                wording.number(Math.rint(soFar.expected()))),
                level,
                soFar == null ? null : soFar.until());
    }

    /// `more`, `less`, `usual`, or empty where that cannot be told.
    static String level(SoFar soFar) {
        if (Double.isNaN(soFar.expected()) || soFar.expected() < 1) {
            return "";
        }
        double percent = percent(soFar.sum(), soFar.expected());
        return percent >= 10 ? "more" : percent <= -10 ? "less" : "usual";
    }

    static double percent(double now, double before) {
        return Math.rint(100 * (now - before) / before);
    }

    private List<Row> rows(Wording wording, List<Counter> all, Map<Long, LocalDate> days, Map<Long, SoFar> soFar) {
        LocalDate today = wording.day(wording.now());
        Map<Long, List<DaySum>> byCounter =
                figures
                        .days(all.stream().map(Counter::id).toList(), today.minusDays(2 * WEEK), today.minusDays(1))
                        .stream()
                        .collect(Collectors.groupingBy(DaySum::counterId));
        List<Row> rows = new ArrayList<>();
        for (Counter counter : all) {
            List<DaySum> own = byCounter.getOrDefault(counter.id(), List.of());
            Double week = week(own, today.minusDays(WEEK));
            Double before = week(own, today.minusDays(2 * WEEK));
            SoFar now = today.equals(days.get(counter.id())) ? soFar.get(counter.id()) : null;
            rows.add(new Row(
                    counter,
                    now == null || now.until() == null ? null : now.sum(),
                    week,
                    week == null || before == null || before == 0 ? null : percent(week, before),
                    completeness(own, today.minusDays(WEEK))));
        }
        return rows;
    }

    /// Null unless nearly all of its hours have a figure.
    private static @Nullable Double week(List<DaySum> days, LocalDate from) {
        List<DaySum> own = of(days, from);
        int there = own.stream()
                .mapToInt(day -> day.hoursCounted() + day.hoursEstimated())
                .sum();
        return there < ENOUGH * WEEK * 24
                ? null
                : own.stream()
                        .mapToDouble(day -> day.counted() + day.estimated())
                        .sum();
    }

    private static @Nullable Double completeness(List<DaySum> days, LocalDate from) {
        List<DaySum> own = of(days, from);
        int all = own.stream()
                .mapToInt(day -> day.hoursCounted() + day.hoursEstimated() + day.hoursMissing())
                .sum();
        int counted = own.stream().mapToInt(DaySum::hoursCounted).sum();
        return all == 0 ? null : Math.rint(100.0 * counted / all);
    }

    private static List<DaySum> of(List<DaySum> days, LocalDate from) {
        return days.stream()
                .filter(day -> !day.day().isBefore(from) && day.day().isBefore(from.plusDays(WEEK)))
                .toList();
    }

    private static List<TableColumn<Row>> columns(Wording wording) {
        return List.of(
                new TableColumn<>(
                        "place",
                        wording.say("footfall.ranking.place"),
                        false,
                        row -> TableCell.link(
                                row.counter().wish().name(), row.counter().address())),
                number(wording, "today", Row::today, ""),
                number(wording, "week", Row::week, ""),
                new TableColumn<>(
                        "change",
                        wording.say("footfall.ranking.change"),
                        true,
                        row -> TableCell.number(
                                row.change(),
                                row.change() == null
                                        ? "–"
                                        : (row.change() > 0 ? "+" : "") + wording.number(row.change()) + "\u00a0%")),
                number(wording, "completeness", Row::completeness, "\u00a0%"));
    }

    private static TableColumn<Row> number(
            Wording wording, String key, java.util.function.Function<Row, @Nullable Double> number, String unit) {
        return new TableColumn<>(key, wording.say("footfall.ranking.%s".formatted(key)), true, row -> {
            Double value = number.apply(row);
            return TableCell.number(value, value == null ? "–" : wording.number(value) + unit);
        });
    }
}
