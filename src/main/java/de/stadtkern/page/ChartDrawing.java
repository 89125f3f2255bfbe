package de.stadtkern.page;

import java.util.List;

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
                path.append('M').append(number(cell.left())).append(' ').append(zero);
                path.append('V').append(y(scale, value)).append('h').append(number(cell.width() * 0.75));
                path.append('V').append(zero).append('z');
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
                String y = y(scale, value);
                path.append(
                        drawing
                                ? "L" + number(cell.middle()) + " " + y
                                : "M" + number(cell.left()) + " " + y + "h" + number(cell.width() / 2));
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

    /// With one decimal place where it has one. A page draws thousands, and `String.format` would be half of its time.
    static String number(double value) {
        long tenths = Math.round(value * 10);
        if (tenths % 10 == 0) {
            return Long.toString(tenths / 10);
        }
        return (tenths < 0 ? "-" : "") + Math.abs(tenths / 10) + "." + Math.abs(tenths % 10);
    }
}
