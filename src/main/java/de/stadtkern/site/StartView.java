package de.stadtkern.site;

import de.stadtkern.page.HourChart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param points   those of this page
/// @param total    how many there are on all pages
/// @param previous number of the page before, 0 if there is none
/// @param next     number of the page after, 0 if there is none
record StartView(List<Point> points, int total, int page, int pages, int previous, int next) {

    /// @param attribution whom the data's licence wants to be named, empty for nobody
    /// @param source      address or name of where the data come from, may be empty
    record Point(
            long id,
            String name,
            String description,
            List<Series> series,
            String attribution,
            String licence,
            String source,
            String api) {

        boolean hasOrigin() {
            return !attribution.isEmpty() || !licence.isEmpty() || !source.isEmpty();
        }
    }

    /// @param value     the last value; empty if there is none or if it is no number
    /// @param age       when it was, in words
    /// @param old       whether it says nothing about today
    /// @param remark    instead of a value, why there is none
    /// @param simulated no sensor stands behind the values
    /// @param assumed   hours are averaged only because nobody said how values combine
    /// @param chart     null where there are no hours to draw
    record Series(
            String name,
            String value,
            String unit,
            String age,
            String time,
            boolean old,
            String remark,
            boolean simulated,
            boolean assumed,
            String days,
            @Nullable HourChart chart,
            String api) {}
}
