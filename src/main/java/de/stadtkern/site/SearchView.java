package de.stadtkern.site;

import java.util.List;

/// @param total how many there are, of which only the best are listed
record SearchView(String text, List<Hit> hits, int total) {

    /// @param kind what it is, in words
    /// @param data whether name and text are the town's data and not this page's words
    record Hit(String kind, String name, String text, String address, boolean data) {}
}
