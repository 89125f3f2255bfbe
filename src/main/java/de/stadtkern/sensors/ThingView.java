package de.stadtkern.sensors;

import java.util.List;
import java.util.Objects;

/// @param coordinates in words, empty if the place is not known
/// @param points      address of its place for the map
/// @param places      where it was, the present place first
/// @param edit        address of the page to change it, empty for who may not
record ThingView(
        String name,
        String description,
        List<SeriesCard> series,
        List<Multi> multi,
        String coordinates,
        String points,
        List<PlaceView> places,
        Origin origin,
        String edit,
        String api) {

    /// For whoever only hears of the page: what the Thing is, or what it measured last.
    String summary() {
        return description.isEmpty()
                ? series.stream()
                        .filter(card -> card.chart() != null)
                        .map(card -> card.name() + ": "
                                + String.join(
                                        " ",
                                        Objects.requireNonNull(card.chart()).sentences()))
                        .findFirst()
                        .orElse("")
                : description;
    }

    /// A MultiDatastream.
    ///
    /// @param said   what its newest values are
    /// @param age    when that was, in words
    /// @param time   the same by the clock, empty if there was nothing yet
    /// @param silent older than three usual intervals
    record Multi(String name, String said, String age, String time, boolean silent, String address) {}

    /// @param since when it came there, in words
    record PlaceView(String since, String name, String coordinates) {}
}
