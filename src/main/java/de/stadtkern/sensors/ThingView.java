package de.stadtkern.sensors;

import java.util.List;

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

    /// A MultiDatastream.
    ///
    /// @param said what its newest values are and when that was
    record Multi(String name, String said, String address) {}

    /// @param since when it came there, in words
    record PlaceView(String since, String name, String coordinates) {}
}
