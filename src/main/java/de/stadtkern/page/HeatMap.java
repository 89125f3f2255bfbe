package de.stadtkern.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers in rows and columns as shades, with the same as a table. What has no number is hatched, not light. Its
/// markup is `page/heat-map.jte`.
///
/// @param columns names, for the table
/// @param ticks   of them below the drawing
/// @param legend  what each shade stands for, the lightest first
public record HeatMap(
        List<String> rows,
        List<String> columns,
        List<Chart.Tick> ticks,
        List<Cell> cells,
        List<String> legend,
        boolean gaps,
        List<List<String>> texts) {

    static final int SHADES = 5;

    /// @param shade 1 to 5; 0 for nothing known
    record Cell(int x, int y, int shade) {}

    public HeatMap {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        ticks = List.copyOf(ticks);
        cells = List.copyOf(cells);
        legend = List.copyOf(legend);
        texts = List.copyOf(texts);
    }

    /// @param numbers null where nothing is known; where they end, there is nothing to be known
    public record Row(String name, List<@Nullable Double> numbers) {}

    /// Shades are even steps from zero, at numbers people would choose, up to the largest one.
    ///
    /// @param every which columns are named below the drawing: each so-manieth
    /// @param unit  of the numbers in the legend, such as `%`; may be empty
    public static HeatMap of(Wording wording, List<String> columns, int every, List<Row> rows, String unit) {
        double max = 0;
        for (Row row : rows) {
            for (Double number : row.numbers()) {
                max = Math.max(max, number == null ? 0 : number);
            }
        }
        double step = max <= 0 ? 1 : roundUp(max / SHADES);
        List<Cell> cells = new ArrayList<>();
        List<List<String>> texts = new ArrayList<>();
        boolean gaps = false;
        for (int y = 0; y < rows.size(); y++) {
            List<String> said = new ArrayList<>();
            int there = rows.get(y).numbers().size();
            for (int x = 0; x < there; x++) {
                Double number = rows.get(y).numbers().get(x);
                gaps |= number == null;
                cells.add(new Cell(
                        x, y, number == null ? 0 : Math.clamp((long) Math.ceil(number / step - 1e-9), 1, SHADES)));
                said.add(number == null ? "–" : wording.number(number));
            }
            said.addAll(Collections.nCopies(columns.size() - there, ""));
            texts.add(List.copyOf(said));
        }
        List<Chart.Tick> ticks = new ArrayList<>();
        for (int x = 0; x < columns.size(); x += every) {
            ticks.add(new Chart.Tick((x + 0.5) / columns.size(), true, columns.get(x)));
        }
        List<String> legend = new ArrayList<>();
        for (int shade = 1; shade <= SHADES; shade++) {
            legend.add("%s–%s%s"
                    .formatted(
                            wording.number(Math.rint((shade - 1) * step * 10) / 10),
                            wording.number(Math.rint(shade * step * 10) / 10),
                            unit.isEmpty() ? "" : "\u00a0" + unit));
        }
        return new HeatMap(rows.stream().map(Row::name).toList(), columns, ticks, cells, legend, gaps, texts);
    }

    /// The next of 1, 2, 4, 5, 10, 20 …
    private static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : new double[] {1, 2, 4, 5}) {
            if (value <= factor * power * 1.000001) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
