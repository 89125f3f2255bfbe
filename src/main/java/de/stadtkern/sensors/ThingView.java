package de.stadtkern.sensors;

import java.util.List;

/// @param coordinates in words, empty if the place is not known
/// @param points      address of its place for the map
/// @param places      where it was, the present place first
record ThingView(
        String name,
        String description,
        List<SeriesCard> series,
        String coordinates,
        String points,
        List<PlaceView> places,
        Origin origin,
        String api) {

    /// @param since when it came there, in words
    record PlaceView(String since, String name, String coordinates) {}
}
