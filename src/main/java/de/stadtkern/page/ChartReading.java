package de.stadtkern.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One place of a chart in words, for whoever moves along it: the time and what each line has there, or that it has
/// nothing. Numbers and times are said as in the table.
///
/// @param at    from the left, in units of the drawing
/// @param first day of its time
/// @param last  day of its time
record ChartReading(String at, LocalDate first, LocalDate last, String time, String values) {

    /// What the lines have at one time.
    ///
    /// @param any of them
    private record Place(TimeAxis.Cell any, @Nullable Double[] numbers) {}

    /// From left to right.
    static List<ChartReading> of(Wording wording, TimeAxis axis, List<Chart.Line> lines) {
        boolean raw = axis.step() == Step.RAW;
        Map<Instant, Place> places = new TreeMap<>();
        for (int index = 0; index < lines.size(); index++) {
            for (TimeAxis.Cell cell : axis.cells(lines.get(index).values())) {
                // Where there are several lines of single values, each has its own moments: none misses those of
                // others.
                if (cell.value() != null || cell.gap() && !(raw && lines.size() > 1)) {
                    places.computeIfAbsent(
                                            raw && cell.gap() ? middle(cell) : cell.start(),
                                            _ -> new Place(cell, new Double[lines.size()]))
                                    .numbers()[index] =
                            cell.value();
                }
            }
        }
        return places.values().stream()
                .map(place -> new ChartReading(
                        ChartDrawing.number(Math.min(place.any().middle(), axis.width())),
                        wording.day(place.any().start()),
                        lastDay(wording, place.any()),
                        time(wording, axis.step(), place.any()),
                        values(wording, raw, lines, place.numbers())))
                .toList();
    }

    private static LocalDate lastDay(Wording wording, TimeAxis.Cell cell) {
        boolean isMoment = cell.start().equals(cell.end());
        return wording.day(isMoment ? cell.end() : cell.end().minusMillis(1));
    }

    private static Instant middle(TimeAxis.Cell cell) {
        return cell.start().plus(Duration.between(cell.start(), cell.end()).dividedBy(2));
    }

    private static String time(Wording wording, Step step, TimeAxis.Cell cell) {
        String start = wording.stepName(step, cell.start());
        return step == Step.RAW && cell.gap()
                ? wording.say("page.chart.between", start, wording.stepName(step, cell.end()))
                : start;
    }

    private static String values(Wording wording, boolean raw, List<Chart.Line> lines, @Nullable Double[] numbers) {
        List<String> said = new ArrayList<>();
        for (int index = 0; index < numbers.length; index++) {
            Chart.Line line = lines.get(index);
            Double number = numbers[index];
            if (number != null || !raw || lines.size() == 1) {
                String value = number == null
                        ? wording.say("page.chart.gap")
                        : ChartSentence.withUnit(wording, number, line.unit());
                said.add(lines.size() == 1 ? value : line.name() + ": " + value);
            }
        }
        return String.join("; ", said);
    }
}
