package de.stadtkern.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two parts of a whole against each other, as a drawing and as a table: at each place one bar goes up from the middle
/// and the other one down, on the same scale. Its markup is `page/mirror-chart.jte`.
///
/// @param scale labels of the value axis, from top to bottom; both ways are numbers above zero
/// @param up    bars of the one
/// @param down  bars of the other
/// @param gaps  areas of places without a value
/// @param heads of the table; the first is that of the places
public record MirrorChart(
        List<String> scale,
        String grid,
        String up,
        String down,
        String gaps,
        List<Chart.Tick> ticks,
        int width,
        List<String> heads,
        List<List<String>> rows) {

    private static final int SLOT = 10;
    private static final double BAR = 0.75;

    /// @param tick  below the drawing, empty for none
    /// @param up    null where there is none
    /// @param down  null where there is none
    /// @param cells of the table, its own name first
    public record Slot(
            String tick, @Nullable Double up, @Nullable Double down, List<String> cells) {
        public Slot {
            cells = List.copyOf(cells);
        }
    }

    public MirrorChart {
        scale = List.copyOf(scale);
        ticks = List.copyOf(ticks);
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
    }

    /// @param slots at least one
    public static MirrorChart of(Wording wording, List<String> heads, List<Slot> slots) {
        double max = 1;
        for (Slot slot : slots) {
            max = Math.max(max, Math.max(or0(slot.up()), or0(slot.down())));
        }
        Scale scale = Scale.of(-max, max, true);
        var up = new StringBuilder();
        var down = new StringBuilder();
        var gaps = new StringBuilder();
        List<Chart.Tick> ticks = new ArrayList<>();
        for (int at = 0; at < slots.size(); at++) {
            Slot slot = slots.get(at);
            if (slot.up() == null && slot.down() == null) {
                gaps.append("M%d 0h%dv%dh-%dz".formatted(at * SLOT, SLOT, ChartDrawing.HEIGHT, SLOT));
            } else {
                up.append(bar(scale, at * SLOT, or0(slot.up())));
                down.append(bar(scale, at * SLOT, -or0(slot.down())));
            }
            if (!slot.tick().isEmpty()) {
                ticks.add(new Chart.Tick((double) at / slots.size(), false, slot.tick()));
            }
        }
        int width = slots.size() * SLOT;
        return new MirrorChart(
                labels(wording, scale),
                ChartDrawing.grid(scale, width),
                up.toString(),
                down.toString(),
                gaps.toString(),
                ticks,
                width,
                heads,
                slots.stream().map(Slot::cells).toList());
    }

    private static double or0(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private static String bar(Scale scale, int x, double value) {
        String zero = y(scale, 0);
        return "M%d %sV%sh%sV%sz".formatted(x, zero, y(scale, value), ChartDrawing.number(SLOT * BAR), zero);
    }

    private static String y(Scale scale, double value) {
        return ChartDrawing.number(scale.fromTop(value) * ChartDrawing.HEIGHT);
    }

    private static List<String> labels(Wording wording, Scale scale) {
        List<String> labels = new ArrayList<>();
        for (double value = scale.high(); value > scale.low() - scale.step() / 2; value -= scale.step()) {
            labels.add(wording.number(Math.abs(value)));
        }
        return labels;
    }
}
