package de.stadtkern.page;

import java.time.Instant;

/// What a line of a chart shows, in words.
final class ChartSentence {

    private ChartSentence() {}

    /// @param named whether the line's name is said, because it is not the only one
    static String of(Wording wording, TimeAxis axis, Chart.Line line, boolean named) {
        String text = line.values().isEmpty()
                ? wording.say(
                        "page.chart.none",
                        wording.date(axis.days().first()),
                        wording.date(axis.days().last()))
                : extremes(wording, axis, line);
        int missing = axis.missing(line.values());
        if (missing > 0 && !line.values().isEmpty()) {
            text += " "
                    + wording.say(
                            "page.chart.missing." + axis.step().key(),
                            missing,
                            missing + line.values().size());
        }
        if (isRunning(axis, line)) {
            text += " " + wording.say("page.chart.running");
        }
        return named ? line.name() + ": " + text : text;
    }

    private static boolean isRunning(TimeAxis axis, Chart.Line line) {
        return !line.values().isEmpty()
                && axis.slots().stream()
                        .anyMatch(slot ->
                                slot.start().equals(line.values().getLast().start()) && !slot.isOver(axis.now()));
    }

    private static String extremes(Wording wording, TimeAxis axis, Chart.Line line) {
        Chart.Value highest = line.values().getFirst();
        Chart.Value lowest = line.values().getFirst();
        double sum = 0;
        for (Chart.Value value : line.values()) {
            highest = value.number() > highest.number() ? value : highest;
            lowest = value.number() < lowest.number() ? value : lowest;
            sum += value.number();
        }
        String first = wording.date(axis.days().first());
        String last = wording.date(axis.days().last());
        return switch (line.kind()) {
            case SUM ->
                wording.say(
                        "page.chart.sum",
                        first,
                        last,
                        withUnit(wording, sum, line.unit()),
                        wording.number(highest.number()),
                        moment(wording, axis.step(), highest.start()));
            case MEAN ->
                wording.say(
                        "page.chart.mean",
                        first,
                        last,
                        withUnit(wording, lowest.number(), line.unit()),
                        moment(wording, axis.step(), lowest.start()),
                        withUnit(wording, highest.number(), line.unit()),
                        moment(wording, axis.step(), highest.start()));
        };
    }

    static String withUnit(Wording wording, double value, String unit) {
        return unit.isEmpty() ? wording.number(value) : wording.number(value) + "\u00a0" + unit;
    }

    private static String moment(Wording wording, Step step, Instant start) {
        String key = "page.chart.moment." + step.key();
        return switch (step) {
            case RAW -> wording.say(key, wording.weekday(wording.day(start)), wording.time(start));
            case HOUR ->
                wording.say(
                        key,
                        wording.weekday(wording.day(start)),
                        wording.time(start),
                        wording.endTime(start.plusSeconds(3600)));
            case DAY -> wording.say(key, wording.weekday(wording.day(start)), wording.year(start));
            case WEEK -> wording.say(key, wording.date(wording.day(start)));
            case MONTH -> wording.say(key, wording.month(start));
        };
    }
}
