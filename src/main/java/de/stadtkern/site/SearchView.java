package de.stadtkern.site;

import de.stadtkern.knowledge.Knowledge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param kind     what it is narrowed to, empty for nothing
/// @param answers  what is known at this moment
/// @param total    how many hits there are of that kind
/// @param kinds    to choose from, empty where there is nothing to choose
/// @param meant    the question that may be meant; null for none
/// @param loosely  whether not all words are in what was found
/// @param previous address of the page before, empty if there is none
record SearchView(
        String text,
        String kind,
        List<Answer> answers,
        List<Knowledge.Hit> hits,
        int total,
        List<Kind> kinds,
        @Nullable Kind meant,
        boolean loosely,
        int page,
        int pages,
        String previous,
        String next) {

    /// @param source who says so, and until when it is known
    record Answer(String subject, String sentence, String source, String address) {}

    /// @param count of hits
    record Kind(String name, String address, int count, boolean chosen) {}
}
