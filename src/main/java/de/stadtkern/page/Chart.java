package de.stadtkern.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Values over time as a drawing, as sentences and as a table; all three say the same. A time without a value stays a
/// gap in each of them. Its markup is `page/chart.jte`; as a file of its own it is made by [ChartFile].
///
/// @param sentences what the drawing shows, for whoever does not see it; one for each line
/// @param panels    one for each unit, below one another over the same time
/// @param ticks     names of times below the drawing
/// @param width     of the drawings, in their own units
/// @param table     the same values in numbers
/// @param gaps      whether a value is missing somewhere
/// @param readings  each place in words; made only for a page on which a chart can be read
public record Chart(
        List<String> sentences,
        List<Panel> panels,
        List<Tick> ticks,
        int width,
        ChartTable table,
        boolean gaps,
        Supplier<List<ChartReading>> readings) {

    /// How the one value of an hour or a day came about.
    public enum Kind {
        /// Counted together: drawn as bars from zero.
        SUM,
        /// Averaged: drawn as a line, whose axis need not begin at zero.
        MEAN
    }

    /// What is drawn.
    ///
    /// @param unit   said behind the numbers, may be empty
    /// @param values oldest first, each within the days of the chart
    public record Line(String name, String unit, Kind kind, List<Value> values) {
        public Line {
            values = List.copyOf(values);
        }
    }

    /// @param start of the hour, day … that it is the value of, or its moment
    public record Value(java.time.Instant start, double number) {}

    /// The lines of one unit.
    ///
    /// @param scale      labels of the value axis, from top to bottom, evenly spaced
    /// @param grid       a stroke at each step of the scale
    /// @param boundaries a stroke where days, months or years begin
    /// @param paths      of the values, one for each line
    /// @param gaps       areas of times that are over and have no value
    record Panel(String unit, List<String> scale, String grid, String boundaries, List<Path> paths, String gaps) {
        Panel {
            scale = List.copyOf(scale);
            paths = List.copyOf(paths);
        }
    }

    /// @param number of the line in the whole chart, from 1; decides its colour and its dashes
    /// @param bars   or a stroke
    record Path(String name, int number, boolean bars, String points) {}

    /// @param at     share of the width, 0 to 1
    /// @param middle whether the text is centred there or begins there
    record Tick(double at, boolean middle, String text) {

        /// Where nothing is left of the width, the text ends there instead.
        private static final double EDGE = 0.96;

        String percent() {
            return ChartDrawing.number(at * 100) + "%";
        }

        String anchor() {
            return at > EDGE ? "end" : middle ? "middle" : "start";
        }
    }

    public Chart {
        sentences = List.copyOf(sentences);
        panels = List.copyOf(panels);
        ticks = List.copyOf(ticks);
    }

    /// @param lines at least one, not all of them empty
    public static Chart of(Wording wording, Days days, Step step, List<Line> lines) {
        TimeAxis axis = TimeAxis.of(wording, days, step);
        List<Panel> panels = new ArrayList<>();
        Map<String, List<Line>> byUnit = new LinkedHashMap<>();
        lines.forEach(line ->
                byUnit.computeIfAbsent(line.unit(), _ -> new ArrayList<>()).add(line));
        byUnit.forEach((unit, same) -> panels.add(panel(wording, axis, unit, same, lines)));
        ChartTable table = ChartTable.of(wording, axis, lines);
        return new Chart(
                lines.stream()
                        .map(line -> ChartSentence.of(wording, axis, line, lines.size() > 1))
                        .toList(),
                panels,
                axis.ticks(wording),
                axis.width(),
                table,
                panels.stream().anyMatch(panel -> !panel.gaps().isEmpty()),
                () -> ChartReading.of(wording, axis, lines));
    }

    /// The same drawing with other words, where its lines do not all lie in its own time.
    public Chart saying(List<String> others) {
        return new Chart(others, panels, ticks, width, table, gaps, readings);
    }

    boolean hasLegend() {
        return panels.stream().mapToInt(panel -> panel.paths().size()).sum() > 1;
    }

    private static Panel panel(Wording wording, TimeAxis axis, String unit, List<Line> same, List<Line> all) {
        boolean fromZero = same.stream().anyMatch(line -> line.kind() == Kind.SUM);
        var numbers = same.stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(Value::number)
                .summaryStatistics();
        Scale scale =
                numbers.getCount() == 0 ? Scale.of(0, 1, true) : Scale.of(numbers.getMin(), numbers.getMax(), fromZero);
        List<Path> paths = new ArrayList<>();
        @Nullable List<TimeAxis.Cell> cells = null;
        for (Line line : same) {
            cells = axis.cells(line.values());
            boolean bars = line.kind() == Kind.SUM && same.size() == 1;
            paths.add(new Path(
                    line.name(),
                    all.indexOf(line) + 1,
                    bars,
                    bars ? ChartDrawing.bars(cells, scale) : ChartDrawing.line(cells, scale)));
        }
        String gaps = cells != null && same.size() == 1 ? ChartDrawing.gaps(cells) : "";
        return new Panel(
                unit,
                scale.labels(wording),
                ChartDrawing.grid(scale, axis.width()),
                ChartDrawing.boundaries(axis.boundaries(wording)),
                paths,
                gaps);
    }
}
