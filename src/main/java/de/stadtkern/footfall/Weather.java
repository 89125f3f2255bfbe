package de.stadtkern.footfall;

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
}
