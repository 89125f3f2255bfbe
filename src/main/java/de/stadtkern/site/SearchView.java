package de.stadtkern.site;

import java.util.List;

/// @param answers what is known at this moment
/// @param total   how many hits there are, of which only the best are listed
record SearchView(String text, List<Answer> answers, List<Hit> hits, int total) {

    /// @param source who says so, and until when it is known
    record Answer(String subject, String sentence, String source, String address) {}

    /// @param kind what it is, in words
    /// @param data whether name and text are the town's data and not this page's words
    record Hit(String kind, String name, String text, String address, boolean data) {}
}
