package de.stadtkern.footfall;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/// What stood beside the counts, hour by hour, and is known for the hours to be forecast: columns of numbers.
///
/// @param names   of the columns
/// @param columns one value for each hour of the series; NaN where it is missing
record Weather(List<String> names, List<float[]> columns) {

    static final Weather NONE = new Weather(List.of(), List.of());

    Weather {
        names = List.copyOf(names);
        columns = List.copyOf(columns);
    }

    /// Whether the hours before `end` have the same.
    boolean isLike(Weather other, int end) {
        boolean isLike = names.equals(other.names);
        for (int column = 0; isLike && column < columns.size(); column++) {
            float[] own = columns.get(column);
            float[] others = other.columns.get(column);
            isLike = own.length >= end && others.length >= end && Arrays.equals(own, 0, end, others, 0, end);
        }
        return isLike;
    }

    /// The same on other days.
    ///
    /// @param hours those of the columns
    Weather reaching(LocalHours hours, LocalDate from, LocalDate to) {
        return new Weather(
                names,
                columns.stream()
                        .map(column -> reaching(column, hours, from, to))
                        .toList());
    }

    private static float[] reaching(float[] column, LocalHours hours, LocalDate from, LocalDate to) {
        var wider = LocalHours.ofDays(hours.zone(), from, to);
        float[] values = new float[wider.size()];
        Arrays.fill(values, Float.NaN);
        for (int at = 0; at < column.length; at++) {
            int there = wider.at(hours.start(at));
            if (there >= 0 && there < values.length) {
                values[there] = column[at];
            }
        }
        return values;
    }
}
