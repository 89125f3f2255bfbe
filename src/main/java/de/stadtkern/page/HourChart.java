package de.stadtkern.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The hours of some days as a drawing, as a sentence and as a table; all three say the same. An hour without a value
/// stays a gap in each of them. Its markup is `page/hour-chart.jte`.
///
/// @param sentence what the drawing shows, for whoever does not see it
/// @param days     short names of the days, the columns of drawing and table
/// @param scale    labels of the value axis, from top to bottom, evenly spaced
/// @param drawing  the paths of the drawing
/// @param table    the same hours in numbers
public record HourChart(String sentence, List<String> days, List<String> scale, HourDrawing drawing, HourTable table) {

    /// How an hour's one value came about.
    public enum Kind {
        /// Counted together: drawn as bars from zero.
        SUM,
        /// Averaged: drawn as a line, whose axis need not begin at zero.
        MEAN
    }

    /// One hour that has a value.
    public record Hour(Instant start, double value) {}

    /// The days of a chart, of the town's time zone.
    ///
    /// @param last included
    public record Days(LocalDate first, LocalDate last) {

        public static Days endingOn(LocalDate last, int number) {
            return new Days(last.minusDays(number - 1L), last);
        }

        public Instant from(Wording wording) {
            return first.atStartOfDay(wording.zone()).toInstant();
        }

        public Instant to(Wording wording) {
            return last.plusDays(1).atStartOfDay(wording.zone()).toInstant();
        }

        List<LocalDate> list() {
            return first.datesUntil(last.plusDays(1)).toList();
        }
    }

    public HourChart {
        days = List.copyOf(days);
        scale = List.copyOf(scale);
    }

    /// @param hours oldest first, each within `days`, at least one
    /// @param unit  said behind the numbers, may be empty
    public static HourChart of(Wording wording, Days days, List<Hour> hours, Kind kind, String unit) {
        Map<Instant, Double> values = hours.stream().collect(Collectors.toMap(Hour::start, Hour::value));
        Scale scale = Scale.of(
                hours.stream().mapToDouble(Hour::value).summaryStatistics().getMin(),
                hours.stream().mapToDouble(Hour::value).summaryStatistics().getMax(),
                kind == Kind.SUM);
        HourTable table = HourTable.of(wording, days, values);
        return new HourChart(
                sentence(wording, days, hours, kind, unit, table),
                days.list().stream().map(wording::shortDay).toList(),
                scale.labels(wording),
                HourDrawing.of(wording, days, values, scale, kind),
                table);
    }

    private static String sentence(
            Wording wording, Days days, List<Hour> hours, Kind kind, String unit, HourTable table) {
        Hour highest = hours.getFirst();
        Hour lowest = hours.getFirst();
        double sum = 0;
        for (Hour hour : hours) {
            highest = hour.value() > highest.value() ? hour : highest;
            lowest = hour.value() < lowest.value() ? hour : lowest;
            sum += hour.value();
        }
        String first = wording.date(days.first());
        String last = wording.date(days.last());
        String text = switch (kind) {
            case SUM ->
                wording.say(
                        "page.chart.sum",
                        first,
                        last,
                        withUnit(wording, sum, unit),
                        wording.number(highest.value()),
                        moment(wording, highest));
            case MEAN ->
                wording.say(
                        "page.chart.mean",
                        first,
                        last,
                        withUnit(wording, lowest.value(), unit),
                        moment(wording, lowest),
                        withUnit(wording, highest.value(), unit),
                        moment(wording, highest));
        };
        return table.missing() == 0
                ? text
                : text + " " + wording.say("page.chart.missing", table.missing(), table.missing() + hours.size());
    }

    private static String withUnit(Wording wording, double value, String unit) {
        return unit.isEmpty() ? wording.number(value) : wording.number(value) + "\u00a0" + unit;
    }

    private static String moment(Wording wording, Hour hour) {
        return wording.say(
                "page.chart.moment",
                wording.weekday(wording.day(hour.start())),
                wording.time(hour.start()),
                wording.endTime(hour.start().plus(Duration.ofHours(1))));
    }
}
