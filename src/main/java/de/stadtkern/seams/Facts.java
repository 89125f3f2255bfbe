package de.stadtkern.seams;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// "Here is an answer I can give", from what is known at this moment. Implemented by modules that know something live;
/// collected by whoever is asked.
public interface Facts {

    /// The answers to a question, the best one first; none where it is about something else.
    ///
    /// @param question as it was typed
    /// @param language in which is answered
    List<Fact> facts(String question, Locale language);

    /// What all modules say. What one has said something about already is not said again by the next.
    static List<Fact> of(List<Facts> modules, String question, Locale language) {
        List<Fact> all = new ArrayList<>();
        for (Facts module : modules) {
            List<Fact> more = module.facts(question, language).stream()
                    .filter(fact ->
                            all.stream().noneMatch(said -> fact.subject().startsWith(said.subject())))
                    .toList();
            all.addAll(more);
        }
        return List.copyOf(all);
    }
}
