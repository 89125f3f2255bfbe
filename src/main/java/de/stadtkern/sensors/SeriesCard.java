package de.stadtkern.sensors;

import de.stadtkern.page.Chart;
import de.stadtkern.page.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Datastream in short: its latest value in words, and its last days. Its markup is `sensors/card.jte`.
///
/// @param address   of its own page
/// @param value     the last value; empty if there is none or if it is no number
/// @param during    such as `in der letzten Stunde`, empty where that would not be true
/// @param age       when it was, in words
/// @param silent    older than three usual intervals
/// @param remark    instead of a value, why there is none
/// @param simulated no sensor stands behind the values
/// @param assumed   hours are averaged only because nobody said how values combine
/// @param chart     null where there are no hours to draw
/// @param files     what the chart shows, to take home
public record SeriesCard(
        String name,
        String address,
        String value,
        String unit,
        String during,
        String age,
        String time,
        boolean silent,
        String remark,
        boolean simulated,
        boolean assumed,
        String days,
        @Nullable Chart chart,
        List<Table.File> files) {}
