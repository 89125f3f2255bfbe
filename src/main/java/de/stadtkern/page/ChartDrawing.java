package de.stadtkern.page;

import java.util.List;
import java.util.Locale;

/// SVG paths in a box of [#HEIGHT] and the width of the time axis, which the style sheet stretches; so there is no
/// text in it.
final class ChartDrawing {

    static final int HEIGHT = 100;

    private ChartDrawing() {}

    static String bars(List<TimeAxis.Cell> cells, Scale scale) {
        StringBuilder path = new StringBuilder();
        String zero = y(scale, 0);
        for (TimeAxis.Cell cell : cells) {
            if (cell.value() instanceof Double value) {
                path.append("M%s %sV%sh%sV%sz"
                        .formatted(number(cell.left()), zero, y(scale, value), number(cell.width() * 0.75), zero));
            }
        }
        return path.toString();
    }

    /// From the middle of a cell to the middle of the next. A value alone becomes a short level stroke.
    static String line(List<TimeAxis.Cell> cells, Scale scale) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (TimeAxis.Cell cell : cells) {
            if (cell.value() instanceof Double value) {
                path.append(
                        drawing
                                ? "L%s %s".formatted(number(cell.middle()), y(scale, value))
                                : "M%s %sh%s"
                                        .formatted(number(cell.left()), y(scale, value), number(cell.width() / 2)));
            }
            drawing = cell.value() != null;
        }
        return path.toString();
    }

    static String gaps(List<TimeAxis.Cell> cells) {
        StringBuilder path = new StringBuilder();
        double begin = -1;
        double end = 0;
        for (TimeAxis.Cell cell : cells) {
            if (cell.gap()) {
                begin = begin < 0 ? cell.left() : begin;
                end = cell.left() + cell.width();
            } else if (begin >= 0) {
                path.append(area(begin, end - begin));
                begin = -1;
            }
        }
        return begin < 0
                ? path.toString()
                : path.append(area(begin, end - begin)).toString();
    }

    private static String area(double left, double width) {
        return "M%s 0h%sv%dh-%sz".formatted(number(left), number(width), HEIGHT, number(width));
    }

    static String boundaries(List<Double> places) {
        StringBuilder path = new StringBuilder();
        places.forEach(x -> path.append("M%s 0V%d".formatted(number(x), HEIGHT)));
        return path.toString();
    }

    static String grid(Scale scale, int width) {
        StringBuilder path = new StringBuilder();
        int steps = (int) Math.round((scale.high() - scale.low()) / scale.step());
        for (int step = 0; step <= steps; step++) {
            path.append("M0 %sH%d".formatted(y(scale, scale.low() + step * scale.step()), width));
        }
        return path.toString();
    }

    private static String y(Scale scale, double value) {
        return number(scale.fromTop(value) * HEIGHT);
    }

    /// With one decimal place where it has one.
    static String number(double value) {
        String exact = String.format(Locale.ROOT, "%.1f", value);
        return exact.endsWith(".0") ? exact.substring(0, exact.length() - 2) : exact;
    }
}
