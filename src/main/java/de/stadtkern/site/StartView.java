package de.stadtkern.site;

import de.stadtkern.sensors.Origin;
import de.stadtkern.sensors.SeriesCard;
import java.util.List;

/// @param now      the first measuring points of all that have a current value, in words
/// @param points   those of this page
/// @param located  whether any of all has a place on a map
/// @param total    how many there are on all pages
/// @param previous address of the page before, empty if there is none
/// @param next     address of the page after, empty if there is none
record StartView(
        List<Now> now,
        List<Point> points,
        boolean located,
        int total,
        int page,
        int pages,
        String previous,
        String next) {

    record Now(String point, String address, String value, String unit, String during, boolean simulated) {}

    record Point(long id, String name, String address, String description, List<SeriesCard> series, Origin origin) {}
}
