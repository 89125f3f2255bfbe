package de.stadtkern.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The values of a chart in numbers: the hours of some days with the hours of the day as rows and the days as columns,
/// everything else with a row for each time and a column for each line.
///
/// @param corner  what the rows are
/// @param columns names of the columns
/// @param missing whether a cell says that its value is missing
record ChartTable(String corner, List<String> columns, List<Row> rows, boolean missing) {

    static final String MISSING = "–";
    private static final int MOST_COLUMNS_OF_DAYS = 8;

    /// @param cells one for each column; empty where there is nothing to have a value, or not yet
    record Row(String name, List<String> cells) {}

    ChartTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    static ChartTable of(Wording wording, TimeAxis axis, List<Chart.Line> lines) {
        return axis.step() == Step.HOUR && lines.size() == 1 && axis.days().count() <= MOST_COLUMNS_OF_DAYS
                ? hoursOfDays(wording, axis, numbers(lines.getFirst()))
                : list(wording, axis, lines);
    }

    private static Map<Instant, Double> numbers(Chart.Line line) {
        Map<Instant, Double> numbers = new HashMap<>();
        line.values().forEach(value -> numbers.put(value.start(), value.number()));
        return numbers;
    }

    private static ChartTable list(Wording wording, TimeAxis axis, List<Chart.Line> lines) {
        List<Map<Instant, Double>> numbers =
                lines.stream().map(ChartTable::numbers).toList();
        TreeSet<Instant> starts = new TreeSet<>();
        numbers.forEach(line -> starts.addAll(line.keySet()));
        axis.slots().stream().filter(slot -> slot.isOver(axis.now())).forEach(slot -> starts.add(slot.start()));
        List<Row> rows = starts.stream()
                .map(start -> new Row(
                        wording.stepName(axis.step(), start),
                        numbers.stream()
                                .map(line -> cell(wording, line.get(start)))
                                .toList()))
                .toList();
        return new ChartTable(
                wording.say("page.chart.table." + axis.step().key()),
                lines.stream()
                        .map(line -> line.unit().isEmpty() ? line.name() : line.name() + " (" + line.unit() + ")")
                        .toList(),
                rows,
                rows.stream().anyMatch(row -> row.cells().contains(MISSING)));
    }

    private static String cell(Wording wording, @org.jspecify.annotations.Nullable Double value) {
        return value == null ? MISSING : wording.number(value);
    }

    /// The order of the rows. When summer time ends an hour comes twice, and so does its row.
    private record Hour(LocalTime time, boolean again) implements Comparable<Hour> {
        @Override
        public int compareTo(Hour other) {
            int byTime = time.compareTo(other.time);
            return byTime != 0 ? byTime : Boolean.compare(again, other.again);
        }
    }

    private static ChartTable hoursOfDays(Wording wording, TimeAxis axis, Map<Instant, Double> values) {
        List<LocalDate> columns =
                axis.days().first().datesUntil(axis.days().last().plusDays(1)).toList();
        Map<Hour, List<String>> rows = new TreeMap<>();
        boolean missing = false;
        for (Step.Slot slot : axis.slots()) {
            Double value = values.get(slot.start());
            boolean gap = value == null && slot.isOver(axis.now());
            missing |= gap;
            rows.computeIfAbsent(
                            key(wording, slot.start()), _ -> new ArrayList<>(Collections.nCopies(columns.size(), "")))
                    .set(
                            columns.indexOf(wording.day(slot.start())),
                            value != null ? wording.number(value) : gap ? MISSING : "");
        }
        return new ChartTable(
                wording.say("page.chart.table.hour"),
                columns.stream().map(wording::shortDay).toList(),
                rows.entrySet().stream()
                        .map(row -> new Row(name(wording, row.getKey()), row.getValue()))
                        .toList(),
                missing);
    }

    private static Hour key(Wording wording, Instant hour) {
        ZonedDateTime local = hour.atZone(wording.zone());
        boolean again = local.getOffset()
                        .equals(local.withLaterOffsetAtOverlap().getOffset())
                && !local.getOffset().equals(local.withEarlierOffsetAtOverlap().getOffset());
        return new Hour(local.toLocalTime(), again);
    }

    private static String name(Wording wording, Hour hour) {
        return hour.again()
                ? wording.say("page.chart.again", hour.time().toString())
                : hour.time().toString();
    }
}
