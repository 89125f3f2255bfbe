package de.stadtkern.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Hours of the day as rows, days as columns.
///
/// @param days    names of the columns
/// @param missing how many hours that are over have no value
record HourTable(List<String> days, List<Row> rows, int missing) {

    static final String MISSING = "–";

    /// @param cells one per day; empty where that day has no such hour or has not come so far yet
    record Row(String hour, List<String> cells) {}

    /// The order of the rows. When summer time ends an hour comes twice, and so does its row.
    private record Hour(LocalTime time, boolean again) implements Comparable<Hour> {
        @Override
        public int compareTo(Hour other) {
            int byTime = time.compareTo(other.time);
            return byTime != 0 ? byTime : Boolean.compare(again, other.again);
        }
    }

    HourTable {
        days = List.copyOf(days);
        rows = List.copyOf(rows);
    }

    static HourTable of(Wording wording, HourChart.Days days, Map<Instant, Double> values) {
        List<LocalDate> columns = days.list();
        Map<Hour, List<String>> rows = new TreeMap<>();
        int missing = 0;
        for (int column = 0; column < columns.size(); column++) {
            Instant end =
                    columns.get(column).plusDays(1).atStartOfDay(wording.zone()).toInstant();
            Instant hour = columns.get(column).atStartOfDay(wording.zone()).toInstant();
            for (; hour.isBefore(end); hour = hour.plus(Duration.ofHours(1))) {
                Double value = values.get(hour);
                boolean gap = value == null && HourDrawing.isOver(hour, wording.now());
                missing += gap ? 1 : 0;
                rows.computeIfAbsent(key(wording, hour), _ -> new ArrayList<>(Collections.nCopies(columns.size(), "")))
                        .set(column, value != null ? wording.number(value) : gap ? MISSING : "");
            }
        }
        return new HourTable(
                columns.stream().map(wording::shortDay).toList(),
                rows.entrySet().stream()
                        .map(row -> new Row(name(wording, row.getKey()), row.getValue()))
                        .toList(),
                missing);
    }

    private static Hour key(Wording wording, Instant hour) {
        ZonedDateTime local = hour.atZone(wording.zone());
        boolean again = local.getOffset()
                        .equals(local.withLaterOffsetAtOverlap().getOffset())
                && !local.getOffset().equals(local.withEarlierOffsetAtOverlap().getOffset());
        return new Hour(local.toLocalTime(), again);
    }

    private static String name(Wording wording, Hour hour) {
        return hour.again()
                ? wording.say("page.chart.again", hour.time().toString())
                : hour.time().toString();
    }
}
