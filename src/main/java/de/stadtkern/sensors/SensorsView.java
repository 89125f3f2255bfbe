package de.stadtkern.sensors;

import de.stadtkern.page.Table;
import java.util.List;

/// @param things     how many measuring points the filters leave
/// @param text       what is looked for
/// @param properties what is measured, to choose from
/// @param areas      districts to choose from, empty if the town has given none
/// @param points     address of the same places for the map
/// @param located    how many of the measuring points have a place
/// @param any        whether the town has any measuring point at all
record SensorsView(
        Table table,
        int things,
        String text,
        List<Choice> properties,
        List<Choice> areas,
        String points,
        int located,
        boolean any,
        boolean filtered) {

    record Choice(String name, boolean chosen) {}
}
