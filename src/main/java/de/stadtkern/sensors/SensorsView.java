package de.stadtkern.sensors;

import de.stadtkern.page.Field;
import de.stadtkern.page.Table;
import java.util.List;

/// @param things     how many measuring points the filters leave
/// @param filters    text, what is measured, and the district where the town has given any
/// @param points     address of the same places for the map
/// @param located    how many of the measuring points have a place
/// @param any        whether the town has any measuring point at all
record SensorsView(
        Table table, int things, List<Field> filters, String points, int located, boolean any, boolean filtered) {}
