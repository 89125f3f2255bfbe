package de.stadtkern.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hours against what is usual at them, as a drawing and as a table: bars for what was counted, hatched ones for what
/// was worked out, behind them the band in which most counts lie, and its middle as a line. Its markup is
/// `page/band-chart.jte`.
///
/// @param scale     labels of the value axis, from top to bottom
/// @param band      area of the band
/// @param middle    stroke along what is expected
/// @param bars      of what was counted
/// @param estimated bars of what was worked out
/// @param gaps      areas of hours that are over and have no value
/// @param beside    what stood beside the counts, row by row below the hours
/// @param heads     of the table; the first is that of the hours
public record BandChart(
        List<String> scale,
        String grid,
        String band,
        String middle,
        String bars,
        List<Bar> estimated,
        String gaps,
        List<Chart.Tick> ticks,
        List<Beside> beside,
        int width,
        List<String> heads,
        List<List<String>> rows) {

    private static final int SLOT = 10;
    private static final double BAR = 0.75;

    /// @param tick   below the drawing, empty for none
    /// @param value  null where there is none
    /// @param isOver whether a value could be there
    /// @param low    the band goes from here, null where nothing is usual
    /// @param cells  of the table, its own name first
    public record Hour(
            String tick,
            @Nullable Double value,
            boolean isEstimated,
            boolean isOver,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double middle,
            List<String> cells) {
        public Hour {
            cells = List.copyOf(cells);
        }
    }

    /// One row of small values below the hours.
    ///
    /// @param unit   before the row
    /// @param name   what the values are, for the legend
    /// @param labels one for each stretch of equal length; empty for none
    public record Beside(String unit, String name, List<String> labels) {
        public Beside {
            labels = List.copyOf(labels);
        }

        List<Chart.Tick> ticks() {
            List<Chart.Tick> ticks = new ArrayList<>();
            for (int at = 0; at < labels.size(); at++) {
                ticks.add(new Chart.Tick((double) at / labels.size(), false, labels.get(at)));
            }
            return ticks;
        }
    }

    /// A rectangle, in the units of the drawing.
    record Bar(String x, String y, String width, String height) {}

    public BandChart {
        scale = List.copyOf(scale);
        estimated = List.copyOf(estimated);
        ticks = List.copyOf(ticks);
        beside = List.copyOf(beside);
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
    }

    /// @param hours at least one
    public static BandChart of(Wording wording, List<String> heads, List<Hour> hours) {
        double max = 1;
        for (Hour hour : hours) {
            max = Math.max(max, hour.value() == null ? 0 : hour.value());
            max = Math.max(max, hour.high() == null ? 0 : hour.high());
        }
        Scale scale = Scale.of(0, max, true);
        int width = hours.size() * SLOT;
        var bars = new StringBuilder();
        var gaps = new StringBuilder();
        var middle = new StringBuilder();
        List<Bar> estimated = new ArrayList<>();
        List<Chart.Tick> ticks = new ArrayList<>();
        boolean drawing = false;
        for (int at = 0; at < hours.size(); at++) {
            Hour hour = hours.get(at);
            int x = at * SLOT;
            if (hour.value() instanceof Double value) {
                if (hour.isEstimated()) {
                    estimated.add(bar(scale, x, value));
                } else {
                    bars.append("M%d %sV%sh%sV%sz"
                            .formatted(
                                    x, y(scale, 0.0), y(scale, value), ChartDrawing.number(SLOT * BAR), y(scale, 0.0)));
                }
            } else if (hour.isOver()) {
                gaps.append("M%d 0h%dv%dh-%dz".formatted(x, SLOT, ChartDrawing.HEIGHT, SLOT));
            }
            if (hour.middle() instanceof Double expected) {
                middle.append("%s%d %sh%d".formatted(drawing ? "L" : "M", x, y(scale, expected), SLOT));
            }
            drawing = hour.middle() != null;
            if (!hour.tick().isEmpty()) {
                ticks.add(new Chart.Tick((double) at / hours.size(), false, hour.tick()));
            }
        }
        return new BandChart(
                scale.labels(wording),
                ChartDrawing.grid(scale, width),
                band(scale, hours),
                middle.toString(),
                bars.toString(),
                estimated,
                gaps.toString(),
                ticks,
                List.of(),
                width,
                heads,
                hours.stream().map(Hour::cells).toList());
    }

    /// The same with rows below.
    public BandChart with(List<Beside> rowsBeside) {
        return new BandChart(scale, grid, band, middle, bars, estimated, gaps, ticks, rowsBeside, width, heads, rows);
    }

    private static Bar bar(Scale scale, int x, double value) {
        double top = scale.fromTop(value) * ChartDrawing.HEIGHT;
        double bottom = scale.fromTop(0) * ChartDrawing.HEIGHT;
        return new Bar(
                String.valueOf(x),
                ChartDrawing.number(top),
                ChartDrawing.number(SLOT * BAR),
                ChartDrawing.number(bottom - top));
    }

    /// Each stretch with a band as one area: along its upper end, and back along the lower one.
    private static String band(Scale scale, List<Hour> hours) {
        var area = new StringBuilder();
        int from = 0;
        while (from < hours.size()) {
            int to = from;
            while (to < hours.size()
                    && hours.get(to).low() != null
                    && hours.get(to).high() != null) {
                to++;
            }
            for (int at = from; at < to; at++) {
                area.append("%s%d %sh%d"
                        .formatted(
                                at == from ? "M" : "L",
                                at * SLOT,
                                y(scale, hours.get(at).high()),
                                SLOT));
            }
            for (int at = to - 1; at >= from; at--) {
                area.append("L%d %sh-%d"
                        .formatted((at + 1) * SLOT, y(scale, hours.get(at).low()), SLOT));
            }
            area.append(to > from ? "z" : "");
            from = to + 1;
        }
        return area.toString();
    }

    private static String y(Scale scale, @Nullable Double value) {
        return ChartDrawing.number(scale.fromTop(value == null ? 0 : value) * ChartDrawing.HEIGHT);
    }
}
