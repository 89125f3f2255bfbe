package de.stadtkern.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

/// SVG paths in a box of [#width] by [#HEIGHT], which the style sheet stretches; so there is no text in it.
///
/// @param bars     hours as bars; empty if they are a line
/// @param line     hours as a line, interrupted where a value is missing; empty if they are bars
/// @param gaps     areas of hours that are over and have no value
/// @param midnight a line where each day but the first begins
/// @param grid     a line at each step of the scale
/// @param hours    how many hours wide it is
record HourDrawing(String bars, String line, String gaps, String midnight, String grid, int hours) {

    static final int HEIGHT = 100;
    private static final int HOUR = 4;

    int width() {
        return hours * HOUR;
    }

    static HourDrawing of(
            Wording wording, HourChart.Days days, Map<Instant, Double> values, Scale scale, HourChart.Kind kind) {
        Instant from = days.from(wording);
        int hours = (int) Duration.between(from, days.to(wording)).toHours();
        return new HourDrawing(
                kind == HourChart.Kind.SUM ? bars(from, hours, values, scale) : "",
                kind == HourChart.Kind.MEAN ? line(from, hours, values, scale) : "",
                gaps(from, hours, values, wording.now()),
                midnight(wording, days, from),
                grid(scale, hours * HOUR),
                hours);
    }

    private static String bars(Instant from, int hours, Map<Instant, Double> values, Scale scale) {
        StringBuilder path = new StringBuilder();
        String zero = y(scale, 0);
        for (int hour = 0; hour < hours; hour++) {
            Double value = values.get(from.plus(Duration.ofHours(hour)));
            if (value != null) {
                int left = hour * HOUR;
                path.append("M%d %sV%sh3V%sz".formatted(left, zero, y(scale, value), zero));
            }
        }
        return path.toString();
    }

    /// From the middle of an hour to the middle of the next. An hour alone becomes a short level stroke.
    private static String line(Instant from, int hours, Map<Instant, Double> values, Scale scale) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int hour = 0; hour < hours; hour++) {
            Double value = values.get(from.plus(Duration.ofHours(hour)));
            if (value != null) {
                int left = hour * HOUR;
                path.append(
                        drawing
                                ? "L%d %s".formatted(left + 2, y(scale, value))
                                : "M%d %sh2".formatted(left, y(scale, value)));
            }
            drawing = value != null;
        }
        return path.toString();
    }

    private static String gaps(Instant from, int hours, Map<Instant, Double> values, Instant now) {
        StringBuilder path = new StringBuilder();
        int begin = -1;
        for (int hour = 0; hour <= hours; hour++) {
            Instant start = from.plus(Duration.ofHours(hour));
            boolean gap = hour < hours && !values.containsKey(start) && isOver(start, now);
            if (gap && begin < 0) {
                begin = hour;
            } else if (!gap && begin >= 0) {
                path.append("M%d 0h%dv%dh-%dz"
                        .formatted(begin * HOUR, (hour - begin) * HOUR, HEIGHT, (hour - begin) * HOUR));
                begin = -1;
            }
        }
        return path.toString();
    }

    /// An hour that is still running misses nothing yet.
    static boolean isOver(Instant hour, Instant now) {
        return !hour.plus(Duration.ofHours(1)).isAfter(now);
    }

    private static String midnight(Wording wording, HourChart.Days days, Instant from) {
        StringBuilder path = new StringBuilder();
        for (LocalDate day : days.list()) {
            long hour = Duration.between(from, day.atStartOfDay(wording.zone()).toInstant())
                    .toHours();
            if (hour > 0) {
                path.append("M%d 0V%d".formatted(hour * HOUR, HEIGHT));
            }
        }
        return path.toString();
    }

    private static String grid(Scale scale, int width) {
        StringBuilder path = new StringBuilder();
        int steps = (int) Math.round((scale.high() - scale.low()) / scale.step());
        for (int step = 0; step <= steps; step++) {
            path.append("M0 %sH%d".formatted(y(scale, scale.low() + step * scale.step()), width));
        }
        return path.toString();
    }

    private static String y(Scale scale, double value) {
        String exact = String.format(Locale.ROOT, "%.1f", scale.fromTop(value) * HEIGHT);
        return exact.endsWith(".0") ? exact.substring(0, exact.length() - 2) : exact;
    }
}
