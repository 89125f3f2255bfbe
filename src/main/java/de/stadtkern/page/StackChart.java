package de.stadtkern.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The parts of a whole one upon the other, as a drawing and as a table: at each place one bar, from the first part at
/// the bottom to the last at the top. Its markup is `page/stack-chart.jte`.
///
/// @param scale  labels of the value axis, from top to bottom
/// @param layers bars of each part, in their order
/// @param gaps   areas of places without a value
/// @param names  of the parts
/// @param heads  of the table; the first is that of the places
public record StackChart(
        List<String> scale,
        String grid,
        List<String> layers,
        String gaps,
        List<Chart.Tick> ticks,
        int width,
        List<String> names,
        List<String> heads,
        List<List<String>> rows) {

    private static final int SLOT = 10;
    private static final double BAR = 0.75;

    /// @param tick   below the drawing, empty for none
    /// @param values one for each part, none below zero; empty where there is none
    /// @param cells  of the table, its own name first
    public record Slot(String tick, List<Double> values, List<String> cells) {
        public Slot {
            values = List.copyOf(values);
            cells = List.copyOf(cells);
        }

        private double sum() {
            return values.stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    public StackChart {
        scale = List.copyOf(scale);
        layers = List.copyOf(layers);
        ticks = List.copyOf(ticks);
        names = List.copyOf(names);
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
    }

    /// @param unit  behind the labels of the value axis; may be empty
    /// @param slots at least one
    public static StackChart of(
            Wording wording, String unit, List<String> names, List<String> heads, List<Slot> slots) {
        double max = Stream.concat(Stream.of(1.0), slots.stream().map(Slot::sum))
                .max(Double::compare)
                .orElseThrow();
        // Shares add up to a whole but for what is lost in rounding.
        Scale scale = Scale.of(0, Math.rint(max * 1e6) / 1e6, true);
        List<StringBuilder> layers =
                names.stream().map(_ -> new StringBuilder()).toList();
        var gaps = new StringBuilder();
        List<Chart.Tick> ticks = new ArrayList<>();
        for (int at = 0; at < slots.size(); at++) {
            Slot slot = slots.get(at);
            if (slot.values().isEmpty()) {
                gaps.append("M%d 0h%dv%dh-%dz".formatted(at * SLOT, SLOT, ChartDrawing.HEIGHT, SLOT));
            }
            draw(layers, scale, at * SLOT, slot.values());
            if (!slot.tick().isEmpty()) {
                ticks.add(new Chart.Tick((double) at / slots.size(), false, slot.tick()));
            }
        }
        int width = slots.size() * SLOT;
        return new StackChart(
                scale.labels(wording).stream().map(label -> label + unit).toList(),
                ChartDrawing.grid(scale, width),
                layers.stream().map(StringBuilder::toString).toList(),
                gaps.toString(),
                ticks,
                width,
                names,
                heads,
                slots.stream().map(Slot::cells).toList());
    }

    private static void draw(List<StringBuilder> layers, Scale scale, int x, List<Double> values) {
        double below = 0;
        for (int part = 0; part < values.size(); part++) {
            double above = below + values.get(part);
            if (above > below) {
                layers.get(part)
                        .append("M%d %sV%sh%sV%sz"
                                .formatted(
                                        x,
                                        y(scale, below),
                                        y(scale, above),
                                        ChartDrawing.number(SLOT * BAR),
                                        y(scale, below)));
            }
            below = above;
        }
    }

    private static String y(Scale scale, double value) {
        return ChartDrawing.number(scale.fromTop(value) * ChartDrawing.HEIGHT);
    }

    /// Colours repeat after eight.
    public static int colour(int part) {
        return part % 8 + 1;
    }
}
