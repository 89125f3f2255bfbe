package de.stadtkern.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The time of a chart from left to right. Hours, days, weeks and months are equally wide, whatever the clock change
/// does; single values stand where their moment is.
///
/// @param slots empty for single values
/// @param now   what is after it misses nothing
record TimeAxis(Days days, Step step, Instant from, Instant to, List<Step.Slot> slots, Instant now) {

    private static final int SLOT = 4;
    private static final int WIDTH_OF_MOMENTS = 1_000;
    private static final int MOST_TICKS = 7;

    /// A value and the room it has; or a gap, or room that is neither because it is not over.
    ///
    /// @param start of the hour or day, or the moment; of a gap between single values, the last one before it
    /// @param end   likewise; of such a gap the first value after it
    record Cell(
            double left,
            double width,
            Instant start,
            Instant end,
            @Nullable Double value,
            boolean gap) {

        double middle() {
            return left + width / 2;
        }
    }

    private record Boundary(double x, String name) {}

    static TimeAxis of(Wording wording, Days days, Step step) {
        Days whole = step.whole(days);
        return new TimeAxis(
                whole,
                step,
                whole.from(wording.zone()),
                whole.to(wording.zone()),
                step.slots(whole, wording.zone()),
                wording.now());
    }

    int width() {
        return step == Step.RAW ? WIDTH_OF_MOMENTS : slots.size() * SLOT;
    }

    /// How many values are missing of those that there should be by now; single values are not known beforehand.
    int missing(List<Chart.Value> values) {
        return (int) cells(values).stream().filter(Cell::gap).count() * (step == Step.RAW ? 0 : 1);
    }

    List<Cell> cells(List<Chart.Value> values) {
        return step == Step.RAW ? moments(values) : ofSlots(values);
    }

    private List<Cell> ofSlots(List<Chart.Value> values) {
        Map<Instant, Double> byStart = new HashMap<>();
        values.forEach(value -> byStart.put(value.start(), value.number()));
        List<Cell> cells = new ArrayList<>();
        for (int index = 0; index < slots.size(); index++) {
            Step.Slot slot = slots.get(index);
            Double value = byStart.get(slot.start());
            cells.add(new Cell(index * SLOT, SLOT, slot.start(), slot.end(), value, value == null && slot.isOver(now)));
        }
        return cells;
    }

    /// Each value has the room of the usual distance between two; where the next is three times as far, one is
    /// missing.
    private List<Cell> moments(List<Chart.Value> values) {
        double usual = x(from.plus(usual(values)));
        List<Cell> cells = new ArrayList<>();
        double end = 0;
        Instant last = from;
        for (Chart.Value value : values) {
            Instant start = value.start();
            double left = x(start);
            if (left - end > 2 * usual) {
                cells.add(new Cell(end, left - end, last, start, null, true));
            }
            if (!cells.isEmpty() && cells.getLast().left() + cells.getLast().width() > left) {
                Cell before = cells.removeLast();
                cells.add(new Cell(
                        before.left(),
                        left - before.left(),
                        before.start(),
                        before.end(),
                        before.value(),
                        before.gap()));
            }
            cells.add(new Cell(left, usual, start, start, value.number(), false));
            end = left + usual;
            last = start;
        }
        Instant present = now.isBefore(to) ? now : to;
        if (x(present) - end > 2 * usual) {
            cells.add(new Cell(end, x(present) - end, last, present, null, true));
        }
        return cells;
    }

    private Duration usual(List<Chart.Value> values) {
        List<Duration> distances = new ArrayList<>();
        for (int index = 1; index < values.size(); index++) {
            distances.add(Duration.between(
                    values.get(index - 1).start(), values.get(index).start()));
        }
        distances.sort(null);
        return distances.isEmpty() ? Duration.between(from, to).dividedBy(50) : distances.get(distances.size() / 2);
    }

    private double x(Instant moment) {
        if (step == Step.RAW) {
            return (double) Duration.between(from, moment).toMillis()
                    / Duration.between(from, to).toMillis()
                    * WIDTH_OF_MOMENTS;
        }
        int index = 0;
        while (index < slots.size() && slots.get(index).start().isBefore(moment)) {
            index++;
        }
        return (double) index * SLOT;
    }

    List<Double> boundaries(Wording wording) {
        return parts(wording).stream().map(Boundary::x).filter(x -> x > 0).toList();
    }

    List<Chart.Tick> ticks(Wording wording) {
        List<Boundary> parts = parts(wording);
        int every = Math.ceilDiv(parts.size(), MOST_TICKS);
        List<Chart.Tick> ticks = new ArrayList<>();
        for (int index = 0; index < parts.size(); index += every) {
            double left = parts.get(index).x();
            double right = index + 1 < parts.size() ? parts.get(index + 1).x() : width();
            boolean middle = part() != ChronoUnit.HOURS;
            // A part cut off by the border has no room for its name.
            if (right - left > width() * 0.03 || every > 1) {
                ticks.add(new Chart.Tick(
                        (middle ? (left + right) / 2 : left) / width(),
                        middle,
                        parts.get(index).name()));
            }
        }
        return ticks;
    }

    /// What the time is divided into by strokes and names.
    private ChronoUnit part() {
        long count = days.count();
        return switch (step) {
            case RAW, HOUR -> count <= 2 ? ChronoUnit.HOURS : ChronoUnit.DAYS;
            case DAY -> count <= 31 ? ChronoUnit.DAYS : count <= 750 ? ChronoUnit.MONTHS : ChronoUnit.YEARS;
            case WEEK, MONTH -> count <= 750 ? ChronoUnit.MONTHS : ChronoUnit.YEARS;
        };
    }

    private List<Boundary> parts(Wording wording) {
        List<Boundary> parts = new ArrayList<>();
        ZonedDateTime at = from.atZone(wording.zone());
        while (at.toInstant().isBefore(to)) {
            parts.add(new Boundary(x(at.toInstant()), wording.partOfTime(part(), step, at)));
            at = switch (part()) {
                case HOURS -> at.plusHours(days.count() == 1 ? 3 : 6);
                case DAYS -> at.toLocalDate().plusDays(1).atStartOfDay(wording.zone());
                case MONTHS -> at.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(wording.zone());
                default -> at.toLocalDate().withDayOfYear(1).plusYears(1).atStartOfDay(wording.zone());
            };
        }
        return parts;
    }
}
